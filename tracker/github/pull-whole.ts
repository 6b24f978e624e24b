import { z } from "zod";
import type { RawPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import { addressOf, ask, type Cursors, createTrail, loadCursor, type Pulled, perPage } from "./ask.ts";
import type { Client } from "./client.ts";

const pages = z.array(z.object({ url: z.string(), etag: z.string(), next: z.string().nullable() }));

export interface Listing<K extends RawPage["kind"] = RawPage["kind"]> {
  kind: K;
  /** Path below the repository. */
  path: string;
}

/**
 * A listing that GitHub gives only whole: labels, milestones. Every page is asked for by its own ETag, so that a
 * change on the last page is seen and a quiet listing costs conditional requests alone.
 */
export async function* pullWhole(
  client: Client,
  repository: string,
  listing: Listing<"labels" | "milestones">,
  memory: Cursors,
): AsyncGenerator<Pulled> {
  const key = `github.${listing.kind}.pages`;
  const known = new Map((loadCursor(memory, key, pages) ?? []).map((page) => [page.url, page]));
  const seen: z.infer<typeof pages> = [];
  const pass = createTrail();
  let url: string | null = addressOf(repository, listing.path, {
    per_page: String(perPage),
    ...(listing.kind === "milestones" ? { state: "all" } : {}),
  });
  while (url !== null) {
    pass(url);
    const before = known.get(url);
    const answer = await ask(client, url, before?.etag ?? null);
    // "Not modified" is only ever said to an ETag that was sent.
    const page = answer ?? present(before);
    // A full last page says nothing of what comes behind it: with what follows it is still the same.
    const isFull = answer !== null && answer.items.length >= perPage && page.next === null;
    if (page.etag !== null && !isFull) seen.push({ url, etag: page.etag, next: page.next });
    if (answer !== null)
      yield {
        page: { kind: listing.kind, items: answer.items, observedAt: answer.at },
        saveCursor: () => {},
        place: answer.place,
      };
    url = page.next;
  }
  // Only here, when every page is kept: a listing that was cut off is asked for again.
  memory.set(key, JSON.stringify(seen));
}
