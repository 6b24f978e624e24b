import { createHash } from "node:crypto";

export type Json = Record<string, unknown>;
export type Query = Record<string, string | undefined>;

/** One page of a listing as GitHub gives it. */
export interface ListedPage {
  items: Json[];
  etag: string;
  /** `Link`; null where there is but one page. */
  link: string | null;
}

const text = (item: Json, key: string): string => String(item[key] ?? "");

/** What of a listing is asked for, in the order asked for. Events come newest first, whatever is asked. */
export function select(items: readonly Json[], kind: string, query: Query): Json[] {
  if (kind !== "events" && kind !== "issues" && kind !== "issues/comments") return [...items];
  const key = kind !== "events" && query.sort === "updated" ? "updated_at" : "created_at";
  const turn = kind !== "events" && query.direction === "asc" ? 1 : -1;
  const since = kind === "events" ? undefined : query.since;
  return items
    .filter((item) => since === undefined || Date.parse(text(item, "updated_at")) >= Date.parse(since))
    .sort((a, b) => {
      const [x, y] = [text(a, key), text(b, key)];
      return turn * (x === y ? Number(a.id) - Number(b.id) : x < y ? -1 : 1);
    });
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
  const etag = `W/"${createHash("sha256").update(JSON.stringify(items)).digest("hex")}"`;
  const at = (offset: number) => {
    const next = new URLSearchParams(query as Record<string, string>);
    if (paging === "counted") next.set("page", String(offset / size + 1));
    else next.set("after", Buffer.from(String(offset)).toString("base64url"));
    return `<${address}?${next}>`;
  };
  if (from + size >= all.length) return { items, etag, link: null };
  const next = `${at(from + size)}; rel="next"`;
  const last = `${at((Math.ceil(all.length / size) - 1) * size)}; rel="last"`;
  return { items, etag, link: paging === "counted" ? `${next}, ${last}` : next };
}

export type Paging = "opaque" | "counted";
