import type { Reading } from "../protocol.ts";
import type { Emission } from "./fleet.ts";

/** A batch on its way: the same bytes under the same id, however often it is sent. */
export interface OutboxEntry {
  id: string;
  /** NDJSON, as it is sent. */
  body: string;
  readings: number;
  /** Not to be sent before this instant, epoch ms. */
  notBefore: number;
}

/**
 * What was produced and is not yet acknowledged, oldest first. An entry leaves by `remove` alone, and never changes.
 */
export interface Outbox {
  add(entry: OutboxEntry): void;
  /**
   * The oldest entry that may be sent at `now`; null when there is none. One that is held back for longer than any
   * device does was held back by a clock that has since been set back, and may be sent.
   */
  next(now: number): OutboxEntry | null;
  get(id: string): OutboxEntry | undefined;
  remove(id: string): void;
  /** Puts `parts` where the entry `id` stands. */
  replace(id: string, parts: OutboxEntry[]): void;
  /** When the next entry may be sent, epoch ms; null when the outbox is empty. */
  due(): number | null;
  entries(): OutboxEntry[];
  readings(): number;
}

/** No device holds a reading back for so long, ms. */
const LONGEST_HELD = 60_000;

export function createOutbox(initial: readonly OutboxEntry[] = []): Outbox {
  let held = new Map(initial.map((entry) => [entry.id, entry]));
  let readings = initial.reduce((sum, entry) => sum + entry.readings, 0);

  function put(entry: OutboxEntry): void {
    if (held.has(entry.id)) throw new TypeError(`batch id ${entry.id} is in the outbox already`);
    held.set(entry.id, entry);
    readings += entry.readings;
  }

  return {
    add: put,
    next(now) {
      for (const entry of held.values())
        if (entry.notBefore <= now || entry.notBefore > now + LONGEST_HELD) return entry;
      return null;
    },
    get: (id) => held.get(id),
    remove(id) {
      readings -= held.get(id)?.readings ?? 0;
      held.delete(id);
    },
    replace(id, parts) {
      const all = [...held.values()].flatMap((entry) => (entry.id === id ? parts : [entry]));
      held = new Map();
      readings = 0;
      all.forEach(put);
    },
    due() {
      let earliest: number | null = null;
      for (const { notBefore } of held.values()) {
        if (earliest === null || notBefore < earliest) earliest = notBefore;
      }
      return earliest;
    },
    entries: () => [...held.values()],
    readings: () => readings,
  };
}

export function bodyOf(readings: readonly Reading[]): string {
  return readings.map((reading) => `${JSON.stringify(reading)}\n`).join("");
}

export function readingsOf(entry: OutboxEntry): Reading[] {
  return entry.body
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Reading);
}

/**
 * Packs emissions into entries of at most `maxBatch` readings, those held back apart from the prompt ones. `name`
 * gives each entry its id.
 */
export function pack(
  emissions: readonly Emission[],
  now: number,
  maxBatch: number,
  name: () => string,
): OutboxEntry[] {
  const byDelay = Map.groupBy(emissions, ({ delayMs }) => delayMs);
  return [...byDelay]
    .sort(([a], [b]) => a - b)
    .flatMap(([delayMs, group]) =>
      chunks(group, maxBatch).map((chunk) => ({
        id: name(),
        body: bodyOf(chunk.map(({ reading }) => reading)),
        readings: chunk.length,
        notBefore: now + delayMs,
      })),
    );
}

/** An entry that is too large to be taken, as two under ids of their own; null when it holds a single reading. */
export function split(entry: OutboxEntry): [OutboxEntry, OutboxEntry] | null {
  const readings = readingsOf(entry);
  if (readings.length < 2) return null;
  const half = Math.ceil(readings.length / 2);
  const part = (mark: string, some: Reading[]): OutboxEntry => ({
    id: `${entry.id}.${mark}`,
    body: bodyOf(some),
    readings: some.length,
    notBefore: entry.notBefore,
  });
  return [part("1", readings.slice(0, half)), part("2", readings.slice(half))];
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < all.length; at += size) parts.push(all.slice(at, at + size));
  return parts;
}
