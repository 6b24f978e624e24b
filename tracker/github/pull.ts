import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import type { RawPage } from "../core/page.ts";
import type { Client } from "./client.ts";

/** Small texts kept between syncs, in the same database as the history. */
export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
  delete(key: string): void;
}

/** One answer of GitHub. `remember` must be run in the transaction that keeps `page`: it moves the cursor. */
export interface Pulled {
  page: RawPage;
  remember: () => void;
}

interface Answer {
  items: unknown[];
  next: string | null;
  etag: string | null;
  at: number;
}

const items = z.array(z.unknown());
/** Events land later than the change that they tell of, and clocks differ: what is asked for overlaps by this much. */
const overlap = 10 * 60_000;

/**
 * The next page's address below the API's base. Kept without its host: a cursor in the database can then never lead
 * a later sync, and the token with it, to another server than the one that is asked now.
 */
function nextOf(link: string | undefined, base: string): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  if (next === undefined) return null;
  if (next.startsWith(`${base}/`)) return next.slice(base.length);
  const { pathname, search } = new URL(next, base);
  return pathname + search;
}

/** Asks for one page; null where GitHub says that nothing changed since `etag`. Requests follow `Link` alone. */
async function ask(client: Client, url: string, etag: string | null): Promise<Answer | null> {
  try {
    const { data, headers } = await client.request({
      method: "GET",
      url,
      headers: etag === null ? {} : { "if-none-match": etag },
    });
    const date = Date.parse(headers.date ?? "");
    return {
      items: items.parse(data),
      next: nextOf(headers.link, client.request.endpoint.DEFAULTS.baseUrl),
      etag: headers.etag ?? null,
      at: Number.isNaN(date) ? Date.now() : date,
    };
  } catch (error) {
    if (error instanceof RequestError && error.status === 304) return null;
    throw error;
  }
}

const instantOf = (item: unknown, key: "updated_at" | "created_at"): number => {
  const value = item !== null && typeof item === "object" ? Reflect.get(item, key) : undefined;
  return typeof value === "string" ? Date.parse(value) || 0 : 0;
};

const isGone = (error: unknown): boolean =>
  error instanceof RequestError && (error.status === 404 || error.status === 422);

interface Listing {
  kind: RawPage["kind"];
  /** Path below the repository. */
  path: string;
}

function addressOf(repository: string, path: string, query: Record<string, string>): string {
  return `/repos/${repository}/${path}?${new URLSearchParams(query)}`;
}

/** A listing that is asked for whole each time, unless its first page is unchanged: labels, milestones. */
async function* pullWhole(
  client: Client,
  repository: string,
  listing: Listing,
  memory: Memory,
): AsyncGenerator<Pulled> {
  const key = `github.${listing.kind}.etag`;
  const query: Record<string, string> = {
    per_page: "100",
    ...(listing.kind === "milestones" ? { state: "all" } : {}),
  };
  let url: string | null = addressOf(repository, listing.path, query);
  let etag: string | null = null;
  for (let first = true; url !== null; first = false) {
    const answer: Answer | null = await ask(client, url, first ? memory.get(key) : null);
    if (answer === null) return;
    if (first) etag = answer.etag;
    url = answer.next;
    const last = url === null;
    yield {
      page: { kind: listing.kind, items: answer.items, observedAt: answer.at },
      remember: () => {
        if (last && etag !== null) memory.set(key, etag);
      },
    };
  }
}

/**
 * A listing that can be asked for `since` an instant: issues and comments. A probe for the newest one tells whether
 * anything changed at all. Pages are ordered by creation, for an order by update would shift under the reader's feet
 * and skip what moved; the watermark is the newest update that a whole pass has seen.
 */
async function* pullSince(
  client: Client,
  repository: string,
  listing: Listing,
  memory: Memory,
): AsyncGenerator<Pulled> {
  const key = (name: string) => `github.${listing.kind}.${name}`;
  const state: Record<string, string> = listing.kind === "issues" ? { state: "all" } : {};
  const probe = await ask(
    client,
    addressOf(repository, listing.path, { ...state, sort: "updated", direction: "desc", per_page: "1" }),
    memory.get(key("cursor")) === null ? memory.get(key("etag")) : null,
  );
  if (probe === null) return;
  const watermark = Number(memory.get(key("watermark")) ?? 0);
  const since: Record<string, string> =
    watermark === 0 ? {} : { since: new Date(watermark - overlap).toISOString() };
  const fresh = addressOf(repository, listing.path, {
    ...state,
    sort: "created",
    direction: "asc",
    per_page: "100",
    ...since,
  });
  let url: string | null = memory.get(key("cursor")) ?? fresh;
  let newest = Number(memory.get(key("newest")) ?? 0);
  while (url !== null) {
    let answer: Answer | null;
    try {
      answer = await ask(client, url, null);
    } catch (error) {
      // A cursor that GitHub no longer knows: begin the pass again. What was kept stays; nothing is stored twice.
      if (url === fresh || !isGone(error)) throw error;
      url = fresh;
      continue;
    }
    if (answer === null) return;
    for (const item of answer.items) newest = Math.max(newest, instantOf(item, "updated_at"));
    url = answer.next;
    const next = url;
    const seen = newest;
    yield {
      page: { kind: listing.kind, items: answer.items, observedAt: answer.at },
      remember: () => {
        if (next !== null) {
          memory.set(key("cursor"), next);
          memory.set(key("newest"), String(seen));
          return;
        }
        memory.delete(key("cursor"));
        memory.delete(key("newest"));
        if (seen > 0) memory.set(key("watermark"), String(Math.max(seen, watermark)));
        if (probe.etag !== null) memory.set(key("etag"), probe.etag);
      },
    };
  }
}

/**
 * The repository's issue events, which GitHub lists newest first and no other way. The frontier is the instant up to
 * which every event is known; a later pass reads down to it, less the overlap. A pass that is cut off leaves the
 * frontier where it was, so that no gap can hide between what it read and what was known; only the very first pass,
 * which is long, remembers the page it had reached.
 */
async function* pullEvents(client: Client, repository: string, memory: Memory): AsyncGenerator<Pulled> {
  const key = (name: string) => `github.events.${name}`;
  const top = addressOf(repository, "issues/events", { per_page: "100" });
  let frontier = Number(memory.get(key("frontier")) ?? 0);
  for (;;) {
    const cursor: string | null = frontier === 0 ? memory.get(key("cursor")) : null;
    let url: string | null = cursor ?? top;
    let newest = cursor === null ? 0 : Number(memory.get(key("newest")) ?? 0);
    let etag: string | null = null;
    while (url !== null) {
      let answer: Answer | null;
      try {
        answer = await ask(client, url, url === top && frontier > 0 ? memory.get(key("etag")) : null);
      } catch (error) {
        if (url === top || !isGone(error)) throw error;
        url = top;
        continue;
      }
      if (answer === null) return;
      if (url === top) {
        etag = answer.etag;
        newest = Math.max(0, ...answer.items.map((i) => instantOf(i, "created_at")));
      }
      const oldest = Math.min(...answer.items.map((i) => instantOf(i, "created_at")));
      const reached = answer.items.length === 0 || oldest < frontier - overlap;
      url = reached ? null : answer.next;
      const next = url;
      const firstPass = frontier === 0;
      yield {
        page: { kind: "events", items: answer.items, observedAt: answer.at },
        remember: () => {
          if (next !== null) {
            if (!firstPass) return;
            memory.set(key("cursor"), next);
            memory.set(key("newest"), String(newest));
            return;
          }
          memory.delete(key("cursor"));
          memory.delete(key("newest"));
          // A repository without events has no frontier; 1 says that a pass was finished.
          memory.set(key("frontier"), String(Math.max(newest, frontier, 1)));
          if (etag !== null) memory.set(key("etag"), etag);
        },
      };
    }
    // A resumed first pass has not seen what happened since it was cut off: read the top again, down to the frontier.
    if (cursor === null) return;
    frontier = Number(memory.get(key("frontier")) ?? 1);
  }
}

/**
 * Everything that GitHub has to tell of a repository's issues since the last pull, page by page. The caller keeps
 * each page and runs its `remember` in one transaction, before it asks for the next.
 */
export async function* pullRepository(
  client: Client,
  repository: string,
  memory: Memory,
): AsyncGenerator<Pulled> {
  yield* pullWhole(client, repository, { kind: "milestones", path: "milestones" }, memory);
  yield* pullWhole(client, repository, { kind: "labels", path: "labels" }, memory);
  yield* pullSince(client, repository, { kind: "issues", path: "issues" }, memory);
  yield* pullEvents(client, repository, memory);
  yield* pullSince(client, repository, { kind: "comments", path: "issues/comments" }, memory);
}
