import { z } from "zod";
import { type Cursors, instantOf, loadCursor, spanOf } from "./ask.ts";
import { numberAtEnd } from "./map-fields.ts";

type Kind = "issues" | "comments";

const objects = z.array(z.object({ id: z.number(), issue: z.number(), updatedAt: z.number() }));
type Objects = z.infer<typeof objects>;

const keyOf = (kind: Kind): string => `github.${kind}.recent`;

/** Numbers of issues, ids of comments. */
export function idsOf(kind: Kind, items: readonly unknown[]): number[] {
  const field = kind === "issues" ? "number" : "id";
  const ids = items.map((item) => (item as Record<string, unknown> | null)?.[field]);
  return ids.filter((id) => typeof id === "number");
}

function objectsOf(kind: Kind, items: readonly unknown[]): Objects {
  return items.flatMap((item) => {
    const [id] = idsOf(kind, [item]);
    const updatedAt = instantOf(item, "updated_at");
    const address = (item as { issue_url?: unknown } | null)?.issue_url;
    const issue = kind === "issues" ? id : numberAtEnd(String(address));
    return id === undefined || issue == null || updatedAt === null ? [] : [{ id, issue, updatedAt }];
  });
}

/**
 * Issues of what stood on the page of the newest updates last time and stands there no more, though the page reaches
 * back beyond it: an object that is there can only ever move up. `isWhole`: the page is the whole listing.
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
