import { z } from "zod";
import type { CommentCount } from "../core/model/page.ts";
import { instant, wholeNumber } from "./map-fields.ts";

const counted = z.object({ number: wholeNumber, updated_at: instant, comments: z.int().nonnegative() });

/** How many comments an issue says it has; null where it does not say. */
export function mapCount(raw: unknown): CommentCount | null {
  const { data } = counted.safeParse(raw);
  return data === undefined ? null : { issue: data.number, at: data.updated_at, count: data.comments };
}
