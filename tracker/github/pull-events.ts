import { z } from "zod";
import {
  type Answer,
  addressOf,
  ask,
  type Cursors,
  createTrail,
  endsBefore,
  isBeyond,
  isGone,
  loadCursor,
  newestId,
  overlap,
  type Pulled,
  spanOf,
} from "./ask.ts";
import type { Client } from "./client.ts";

/** The first pass, cut off: where it stopped, and the newest event known when it began. */
const pass = z.object({ cursor: z.string(), newest: z.number() });
type Pass = z.infer<typeof pass>;

/** Names under which a sync remembers how far it knows a repository's events; instants in epoch milliseconds. */
export const eventKeys = {
  /** Every event up to here is known; an event may land late, hence the overlap. */
  frontier: "github.events.frontier",
  /** The greatest id of an event that is known. */
  newestId: "github.events.newestId",
  etag: "github.events.etag",
  pass: "github.events.pass",
  /** Set where GitHub stopped giving older pages: events before this instant were never shown. */
  horizon: "github.events.horizon",
} as const;

/**
 * The repository's issue events, which GitHub lists newest first and no other way. The frontier is the instant up to
 * which every event is known; a later pass reads down to it, less the overlap. A pass that is cut off leaves the
 * frontier where it was, so that no gap can hide between what it read and what was known; only the very first pass,
 * which is long, remembers the page it had reached.
 */
export async function* pullEvents(
  client: Client,
  repository: string,
  memory: Cursors,
): AsyncGenerator<Pulled> {
  const source: Source = {
    client,
    top: addressOf(repository, "issues/events", { per_page: "100" }),
    marks: marksOf(memory),
  };
  const left = source.marks.frontier() === 0 ? source.marks.pass() : null;
  if (left !== null) {
    try {
      yield* walk(source, left);
    } catch (error) {
      if (!isGone(error)) throw error;
      source.marks.dropPass();
    }
  }
  // After a resumed pass too: it has not seen what happened since it was cut off.
  yield* walk(source, null);
}

interface Source {
  client: Client;
  /** Address of the newest page. */
  top: string;
  marks: Marks;
}

/** How far the events are known, as the database keeps it. */
interface Marks {
  frontier(): number;
  etag(): string | null;
  pass(): Pass | null;
  savePass(pass: Pass): void;
  dropPass(): void;
  endsAt(horizon: number): void;
  newestId(): number | undefined;
  /** Everything is known up to `newest`, as far as the server's clock has come; no event's id is above `id`. */
  finish(newest: number, clock: number, etag: string | null, id: number): void;
}

function marksOf(memory: Cursors): Marks {
  const frontier = () => Number(memory.get(eventKeys.frontier) ?? 0);
  const dropPass = () => memory.delete(eventKeys.pass);
  return {
    frontier,
    dropPass,
    etag: () => memory.get(eventKeys.etag),
    pass: () => loadCursor(memory, eventKeys.pass, pass),
    savePass: (reached) => memory.set(eventKeys.pass, JSON.stringify(reached)),
    endsAt: (horizon) => memory.set(eventKeys.horizon, String(horizon)),
    newestId: () => Number(memory.get(eventKeys.newestId) ?? 0) || undefined,
    finish(newest, clock, etag, id) {
      dropPass();
      if (id > 0) memory.set(eventKeys.newestId, String(id));
      // A repository without events has no frontier; 1 says that a pass was finished. What is dated ahead is no frontier.
      memory.set(eventKeys.frontier, String(Math.min(Math.max(newest, frontier(), 1), clock)));
      if (etag !== null) memory.set(eventKeys.etag, etag);
    },
  };
}

/** Reads on from `left`, or from the top, down to what is known. */
async function* walk({ client, top, marks }: Source, left: Pass | null): AsyncGenerator<Pulled> {
  let known = marks.frontier();
  let url: string | null = left?.cursor ?? top;
  let clock = Number.POSITIVE_INFINITY;
  let newest = left?.newest ?? 0;
  let etag: string | null = null;
  let oldest: number | null = null;
  const knownId = marks.newestId();
  let id = knownId ?? 0;
  const pass = createTrail();
  while (url !== null) {
    pass(url);
    let answer: Answer | null;
    try {
      answer = await ask(client, url, url === top && known > 0 ? marks.etag() : null);
    } catch (error) {
      // Beyond a certain depth GitHub refuses older pages; what it showed is all that can be had.
      if (!isBeyond(error) || oldest === null) throw error;
      marks.endsAt(oldest);
      marks.finish(newest, clock, etag, id);
      return;
    }
    if (answer === null) return;
    clock = Math.min(clock, answer.at);
    // The server's clock was ahead when that was noted: up to where events are known, is unknown.
    if (known > clock + overlap) known = 0;
    const span = spanOf(answer.items, "created_at");
    if (url === top) {
      etag = answer.etag;
      newest = span?.newest ?? 0;
    }
    oldest = span?.oldest ?? oldest;
    id = newestId(answer.items, id);
    const reached = answer.items.length === 0 || endsBefore(answer.items, known - overlap, knownId);
    const next: string | null = reached ? null : answer.next;
    yield {
      page: { kind: "events", items: answer.items, observedAt: answer.at },
      saveCursor: () => {
        if (next === null) marks.finish(newest, clock, etag, id);
        else if (known === 0) marks.savePass({ cursor: next, newest });
      },
      place: answer.place,
    };
    url = next;
  }
}
