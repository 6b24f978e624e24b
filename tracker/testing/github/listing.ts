import { createHash } from "node:crypto";

export type Json = Record<string, unknown>;
export type Query = Record<string, string | undefined>;

/** One page of a listing as GitHub gives it. */
export interface ListedPage {
  items: Json[];
  /** The items as JSON: a page of events is long, and is written once for its etag and its answer. */
  body: string;
  etag: string;
  /** `Link`; null where there is but one page. */
  link: string | null;
}

const text = (item: Json, key: string): string => String(item[key] ?? "");

type Order = (items: readonly Json[], key: "created_at" | "updated_at") => readonly Json[];

const sorted: Order = (items, key) =>
  items
    .map((item) => ({ item, at: text(item, key), id: Number(item.id) }))
    .sort((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))
    .map(({ item }) => item);

/**
 * Oldest first. The order by creation is remembered for as long as the list holds the same objects, for they never
 * change when they were made, and a hundred pages of one listing are asked for in a row.
 */
export function createOrder(): Order {
  const known = new WeakMap<readonly Json[], { members: Json[]; ordered: readonly Json[] }>();
  return (items, key) => {
    if (key === "updated_at") return sorted(items, key);
    const before = known.get(items);
    const same = before?.members.length === items.length && before.members.every((m, i) => m === items[i]);
    if (before !== undefined && same) return before.ordered;
    const ordered = sorted(items, key);
    known.set(items, { members: [...items], ordered });
    return ordered;
  };
}

/** What of a listing is asked for, in the order asked for. Events come newest first, whatever is asked. */
export function select(items: readonly Json[], kind: string, query: Query, order: Order): readonly Json[] {
  if (kind !== "events" && kind !== "issues" && kind !== "issues/comments") return items;
  const ordered = order(items, kind !== "events" && query.sort === "updated" ? "updated_at" : "created_at");
  const since = kind === "events" ? undefined : query.since;
  const state = kind === "issues" ? (query.state ?? "open") : "all";
  const asked = ordered.filter(
    (item) =>
      (since === undefined || Date.parse(text(item, "updated_at")) >= Date.parse(since)) &&
      (state === "all" || item.state === state),
  );
  return kind !== "events" && query.direction === "asc" ? asked : asked.toReversed();
}

/**
 * Cuts one page. `opaque` cursors are what GitHub hands out where listings are long; `counted` pages name their
 * number, and the last one's.
 */
export function cutPage(all: readonly Json[], address: string, query: Query, paging: Paging): ListedPage {
  const size = Math.min(100, Number(query.per_page ?? 30));
  const from =
    query.after !== undefined
      ? Number(Buffer.from(query.after, "base64url").toString())
      : (Number(query.page ?? 1) - 1) * size;
  const items = all.slice(from, from + size);
  const body = JSON.stringify(items);
  const etag = `W/"${createHash("sha256").update(body).digest("hex")}"`;
  const at = (offset: number) => {
    const next = new URLSearchParams(query as Record<string, string>);
    if (paging === "counted") next.set("page", String(offset / size + 1));
    else next.set("after", Buffer.from(String(offset)).toString("base64url"));
    return `<${address}?${next}>`;
  };
  if (from + size >= all.length) return { items, body, etag, link: null };
  const next = `${at(from + size)}; rel="next"`;
  const last = `${at((Math.ceil(all.length / size) - 1) * size)}; rel="last"`;
  return { items, body, etag, link: paging === "counted" ? `${next}, ${last}` : next };
}

export type Paging = "opaque" | "counted";
