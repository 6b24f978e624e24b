import { z } from "zod";
import { addressOf, ask, type Cursors, isGone, loadCursor, overlap, type Pulled, spanOf } from "./ask.ts";
import type { Client } from "./client.ts";
import type { Listing } from "./pull-whole.ts";

/** A pass under way. `goal` and `etag` are of the moment it began: what changed later is left to the next pass. */
const pass = z.object({ cursor: z.string(), goal: z.number(), etag: z.string().nullable() });
type Pass = z.infer<typeof pass>;

/**
 * A listing that can be asked for `since` an instant: issues and comments.
 *
 * The page of what was updated last is asked for first, by its ETag. Where it reaches back to what is known, it is
 * all there is to fetch. Otherwise a pass reads everything since the watermark by order of creation: an order by
 * update would shift under the reader's feet and skip what moved. The watermark then rises to the newest update that
 * was known when the pass BEGAN, for what changes on pages already read belongs to the next pass.
 */
export async function* pullSince(
  client: Client,
  repository: string,
  listing: Listing<"issues" | "comments">,
  memory: Cursors,
): AsyncGenerator<Pulled> {
  const source: Source = {
    client,
    kind: listing.kind,
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
      yield* walk(source, left);
    } catch (error) {
      // A cursor of long ago: the pass begins anew. What was kept stays; nothing is stored twice.
      if (!isGone(error)) throw error;
      source.marks.dropPass();
    }
  }
  const start = yield* begin(source);
  if (start !== null) yield* walk(source, start);
}

interface Source {
  client: Client;
  kind: "issues" | "comments";
  marks: Marks;
  address(query: Record<string, string>): string;
}

/** How far a listing is known, as the database keeps it. */
interface Marks {
  watermark(): number;
  etag(): string | null;
  pass(): Pass | null;
  savePass(pass: Pass): void;
  dropPass(): void;
  finish(pass: Omit<Pass, "cursor">): void;
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
    finish({ goal, etag }) {
      dropPass();
      memory.set(key("watermark"), String(Math.max(goal, watermark())));
      if (etag !== null) memory.set(key("etag"), etag);
    },
  };
}

/** Reads what was updated last; returns the pass that is needed where that does not reach back to what is known. */
async function* begin({ client, kind, marks, address }: Source): AsyncGenerator<Pulled, Pass | null> {
  const known = marks.watermark();
  const newest = await ask(client, address({ sort: "updated", direction: "desc" }), marks.etag());
  if (newest === null) return null;
  const { items, etag, at } = newest;
  const span = spanOf(items, "updated_at");
  const goal = span?.newest ?? 0;
  if (newest.next === null || (span?.oldest ?? 0) < known - overlap) {
    yield {
      page: { kind, items, observedAt: at },
      saveCursor: () => marks.finish({ goal, etag }),
      place: null,
    };
    return null;
  }
  const since: Record<string, string> =
    known === 0 ? {} : { since: new Date(known - overlap).toISOString().replace(/\.\d+Z$/, "Z") };
  return { cursor: address({ sort: "created", direction: "asc", ...since }), goal, etag };
}

async function* walk({ client, kind, marks }: Source, start: Pass): AsyncGenerator<Pulled> {
  let url: string | null = start.cursor;
  while (url !== null) {
    const answer = await ask(client, url, null);
    if (answer === null) return;
    const next = answer.next;
    yield {
      page: { kind, items: answer.items, observedAt: answer.at },
      saveCursor: () => (next === null ? marks.finish(start) : marks.savePass({ ...start, cursor: next })),
      place: answer.place,
    };
    url = next;
  }
}
