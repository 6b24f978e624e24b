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
  const key = (name: string) => `github.${listing.kind}.${name}`;
  const address = (query: Record<string, string>) =>
    addressOf(repository, listing.path, {
      ...(listing.kind === "issues" ? { state: "all" } : {}),
      ...query,
      per_page: "100",
    });
  const watermark = () => Number(memory.get(key("watermark")) ?? 0);
  const finish = ({ goal, etag }: Omit<Pass, "cursor">) => {
    memory.delete(key("pass"));
    memory.set(key("watermark"), String(Math.max(goal, watermark())));
    if (etag !== null) memory.set(key("etag"), etag);
  };

  async function* begin(): AsyncGenerator<Pulled, Pass | null> {
    const known = watermark();
    const newest = await ask(
      client,
      address({ sort: "updated", direction: "desc" }),
      memory.get(key("etag")),
    );
    if (newest === null) return null;
    const { items, etag, at } = newest;
    const span = spanOf(items, "updated_at");
    const goal = span?.newest ?? 0;
    if (newest.next === null || (span?.oldest ?? 0) < known - overlap) {
      yield {
        page: { kind: listing.kind, items, observedAt: at },
        saveCursor: () => finish({ goal, etag }),
        place: null,
      };
      return null;
    }
    const since: Record<string, string> =
      known === 0 ? {} : { since: new Date(known - overlap).toISOString().replace(/\.\d+Z$/, "Z") };
    return { cursor: address({ sort: "created", direction: "asc", ...since }), goal, etag };
  }

  async function* walk(start: Pass): AsyncGenerator<Pulled> {
    let url: string | null = start.cursor;
    while (url !== null) {
      const answer = await ask(client, url, null);
      if (answer === null) return;
      const next = answer.next;
      yield {
        page: { kind: listing.kind, items: answer.items, observedAt: answer.at },
        saveCursor: () =>
          next === null
            ? finish(start)
            : memory.set(key("pass"), JSON.stringify({ ...start, cursor: next } satisfies Pass)),
        place: answer.place,
      };
      url = next;
    }
  }

  const left = loadCursor(memory, key("pass"), pass);
  if (left !== null) {
    try {
      yield* walk(left);
    } catch (error) {
      // A cursor of long ago: the pass begins anew. What was kept stays; nothing is stored twice.
      if (!isGone(error)) throw error;
      memory.delete(key("pass"));
    }
  }
  const start = yield* begin();
  if (start !== null) yield* walk(start);
}
