import { z } from "zod";
import { type Answer, addressOf, type Cursors, loadCursor } from "./ask.ts";

/** A page of the listing of open issues, as it was last answered: with the numbers on it, pull requests included. */
const openPage = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  next: z.string().nullable(),
  numbers: z.array(z.number()),
});
export type OpenPage = z.infer<typeof openPage>;

const listing = z.object({
  /** When all pages were last seen, epoch milliseconds; null: not all of them. */
  at: z.number().nullable(),
  pages: z.array(openPage),
});
export type OpenListing = z.infer<typeof listing>;

const key = "github.open.pages";

/** By creation, so that what changes does not move, and the newest stand on the last page. */
export const openAddress = (repository: string): string =>
  addressOf(repository, "issues", { state: "open", sort: "created", direction: "asc", per_page: "100" });

export const loadOpenListing = (memory: Cursors): OpenListing =>
  loadCursor(memory, key, listing) ?? { at: null, pages: [] };

export const saveOpenListing = (memory: Cursors, seen: OpenListing): void =>
  memory.set(key, JSON.stringify(seen));

export function openPageOf(url: string, { etag, next, items }: Answer): OpenPage {
  const numbers = items.map((item) => Number((item as { number?: unknown } | null)?.number));
  return { url, etag, next, numbers: numbers.filter(Number.isSafeInteger) };
}
