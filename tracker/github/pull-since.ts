import { z } from "zod";
import {
  addressOf,
  ask,
  type Cursors,
  createTrail,
  isGone,
  loadCursor,
  overlap,
  type Pulled,
  spanOf,
} from "./ask.ts";
import type { Client } from "./client.ts";
import { type OpenPage, openAddress, openPageOf, saveOpenListing } from "./open-pages.ts";
import type { Listing } from "./pull-whole.ts";
import { idsOf, saveRecent, vanishedFrom } from "./recent.ts";

/**
 * A pass under way. `goal` and `etag` are of the moment it began: what changed later is left to the next pass. `rest`:
 * the listing that is read after the one of `cursor`.
 */
const pass = z.object({
  cursor: z.string(),
  goal: z.number(),
  etag: z.string().nullable(),
  rest: z.string().nullable().default(null),
});
type Pass = z.infer<typeof pass>;

export interface Watch {
  /** Called with the issues of what the page of the newest updates should show and lacks. */
  onVanished(issues: readonly number[]): void;
  /** Called with the ids of a listing that was read whole and at once, as its last page is kept. */
  onWhole(ids: ReadonlySet<number>): void;
  /** Called when the first pass begins, epoch milliseconds: it shows all that is there then. */
  onBegin?(at: number): void;
}

/**
 * A listing that can be asked for `since` an instant: issues and comments.
 *
 * The page of what was updated last is asked for first, by its ETag. Where it reaches back to what is known, it is
 * all there is to fetch. Otherwise a pass reads everything since the watermark by order of creation: an order by
 * update would shift under the reader's feet and skip what moved. The watermark then rises to the newest update that
 * was known when the pass BEGAN, for what changes on pages already read belongs to the next pass. The first pass of
 * issues reads the open ones and then the closed ones, so that the pages of open issues are known by their ETags; its
 * result says so.
 */
export async function* pullSince(
  client: Client,
  repository: string,
  listing: Listing<"issues" | "comments">,
  memory: Cursors,
  watch: Watch,
): AsyncGenerator<Pulled, boolean> {
  const source: Source = {
    client,
    kind: listing.kind,
    ...(listing.kind === "issues" ? { openFirst: openAddress(repository) } : {}),
    onNewest: (items, isWhole) => {
      const missing = vanishedFrom(memory, listing.kind, items, isWhole);
      if (missing.length > 0) watch.onVanished(missing);
      saveRecent(memory, listing.kind, items);
    },
    onWhole: (ids) => watch.onWhole(ids),
    onBegin: (at) => watch.onBegin?.(at),
    onOpen: (seen) => saveOpenListing(memory, { at: null, pages: [...seen] }),
    marks: marksOf(memory, listing.kind),
    address: (query) =>
      addressOf(repository, listing.path, {
        ...(listing.kind === "issues" ? { state: "all" } : {}),
        ...query,
        per_page: "100",
      }),
  };
  const left = source.marks.pass();
  if (left !== null) {
    try {
      yield* walk(source, left, false);
    } catch (error) {
      // A cursor of long ago: the pass begins anew. What was kept stays; nothing is stored twice.
      if (!isGone(error)) throw error;
      source.marks.dropPass();
    }
  }
  const start = yield* begin(source);
  if (start !== null) yield* walk(source, start, source.marks.watermark() === 0);
  return (start?.rest ?? left?.rest ?? null) !== null;
}

interface Source {
  client: Client;
  kind: "issues" | "comments";
  marks: Marks;
  /** Where the open ones are listed by themselves; the first pass begins there. */
  openFirst?: string;
  onBegin(at: number): void;
  onWhole(ids: ReadonlySet<number>): void;
  /** Called with what was updated last, and whether that is all there is. */
  onNewest(items: readonly unknown[], isWhole: boolean): void;
  /** Called with the pages of that listing, once they are all kept. */
  onOpen(pages: readonly OpenPage[]): void;
  address(query: Record<string, string>): string;
}

/** How far a listing is known, as the database keeps it. */
interface Marks {
  watermark(): number;
  etag(): string | null;
  pass(): Pass | null;
  savePass(pass: Pass): void;
  dropPass(): void;
  /** `clock`: the server's, epoch milliseconds. */
  finish(pass: Pick<Pass, "goal" | "etag"> & { clock: number }): void;
}

function marksOf(memory: Cursors, kind: Source["kind"]): Marks {
  const key = (name: string) => `github.${kind}.${name}`;
  const watermark = () => Number(memory.get(key("watermark")) ?? 0);
  const dropPass = () => memory.delete(key("pass"));
  return {
    watermark,
    dropPass,
    etag: () => memory.get(key("etag")),
    pass: () => loadCursor(memory, key("pass"), pass),
    savePass: (reached) => memory.set(key("pass"), JSON.stringify(reached)),
    finish({ goal, etag, clock }) {
      dropPass();
      // What is dated ahead would hide all that changes until then.
      memory.set(key("watermark"), String(Math.min(Math.max(goal, watermark()), clock)));
      if (etag !== null) memory.set(key("etag"), etag);
    },
  };
}

/** Reads what was updated last; returns the pass that is needed where that does not reach back to what is known. */
async function* begin({
  client,
  kind,
  marks,
  address,
  openFirst,
  onNewest,
  onBegin,
  onWhole,
}: Source): AsyncGenerator<Pulled, Pass | null> {
  const known = marks.watermark();
  const newest = await ask(client, address({ sort: "updated", direction: "desc" }), marks.etag());
  if (newest === null) return null;
  const { items, etag, at } = newest;
  if (known === 0) onBegin(at);
  onNewest(items, newest.next === null);
  const span = spanOf(items, "updated_at");
  const goal = span?.newest ?? 0;
  // The server's clock was ahead when that was noted: up to where the listing is known, is unknown.
  const isAhead = known > at + overlap;
  if (newest.next === null || (!isAhead && (span?.oldest ?? 0) < known - overlap)) {
    yield {
      page: { kind, items, observedAt: at },
      saveCursor: () => {
        marks.finish({ goal, etag, clock: at });
        if (newest.next === null) onWhole(new Set(idsOf(kind, items)));
      },
      place: null,
    };
    return null;
  }
  const order = { sort: "created", direction: "asc" };
  if (known > 0 && !isAhead) {
    const since = new Date(known - overlap).toISOString().replace(/\.\d+Z$/, "Z");
    return { cursor: address({ ...order, since }), rest: null, goal, etag };
  }
  return openFirst === undefined
    ? { cursor: address(order), rest: null, goal, etag }
    : { cursor: openFirst, rest: address({ ...order, state: "closed" }), goal, etag };
}

/** Reads on from where a pass stands. `isWhole`: it reads everything that there is, from the beginning. */
async function* walk(
  { client, kind, marks, onOpen, onWhole }: Source,
  start: Pass,
  isWhole: boolean,
): AsyncGenerator<Pulled> {
  const ids = new Set<number>();
  let url: string | null = start.cursor;
  let { rest } = start;
  const open: OpenPage[] = [];
  const pass = createTrail();
  while (url !== null) {
    pass(url);
    const answer = await ask(client, url, null);
    if (answer === null) break;
    for (const id of idsOf(kind, answer.items)) ids.add(id);
    const isLastOpen = rest !== null && answer.next === null;
    if (rest !== null) open.push(openPageOf(url, answer));
    const next: string | null = isLastOpen ? rest : answer.next;
    if (isLastOpen) rest = null;
    const left = rest;
    yield {
      page: { kind, items: answer.items, observedAt: answer.at },
      saveCursor: () => {
        if (isLastOpen) onOpen(open);
        if (next !== null) {
          marks.savePass({ ...start, cursor: next, rest: left });
          return;
        }
        marks.finish({ ...start, clock: answer.at });
        if (isWhole) onWhole(ids);
      },
      place: answer.place,
    };
    url = next;
  }
}
