import { z } from "zod";
import { type Cursors, instantOf, loadCursor, spanOf } from "./ask.ts";
import { numberAtEnd } from "./map-fields.ts";

type Kind = "issues" | "comments";

const objects = z.array(z.object({ id: z.number(), issue: z.number(), updatedAt: z.number() }));
type Objects = z.infer<typeof objects>;

const keyOf = (kind: Kind): string => `github.${kind}.recent`;

const named = z.object({ number: z.number().optional(), id: z.number(), issue_url: z.string().optional() });

/** Numbers of issues, ids of comments. */
export const idsOf = (kind: Kind, items: readonly unknown[]): number[] =>
  objectsOf(kind, items).map(({ id }) => id);

function objectsOf(kind: Kind, items: readonly unknown[]): Objects {
  return items.flatMap((item) => {
    const { data } = named.safeParse(item);
    const updatedAt = instantOf(item, "updated_at");
    const issue = kind === "issues" ? data?.number : numberAtEnd(data?.issue_url ?? "");
    return data === undefined || updatedAt === null || issue == null
      ? []
      : [{ id: kind === "issues" ? issue : data.id, issue, updatedAt }];
  });
}

/**
 * Issues of what stood on the page of the newest updates last time and, though nothing older than it has left that page,
 * stands there no more: an object that is there can only ever move up. `isWhole`: the page is the whole listing.
 */
export function vanishedFrom(
  memory: Cursors,
  kind: Kind,
  items: readonly unknown[],
  isWhole: boolean,
): number[] {
  const now = new Set(idsOf(kind, items));
  const oldest = isWhole ? -1 : (spanOf(items, "updated_at")?.oldest ?? Number.POSITIVE_INFINITY);
  const before = loadCursor(memory, keyOf(kind), objects) ?? [];
  return before.filter(({ id, updatedAt }) => updatedAt > oldest && !now.has(id)).map(({ issue }) => issue);
}

/** Remembers the page for the next time. */
export const saveRecent = (memory: Cursors, kind: Kind, items: readonly unknown[]): void =>
  memory.set(keyOf(kind), JSON.stringify(objectsOf(kind, items)));
