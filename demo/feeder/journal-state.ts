import { z } from "zod";
import { DemoError } from "../errors.ts";
import { createOutbox, type OutboxEntry, readingsOf } from "./outbox.ts";

/** One line of the journal. A `put` is one line, so that what was produced together is kept or lost together. */
export type JournalRecord =
  | {
      begin: { feeder: string; nextBatch: number; nextSeq: Record<string, number>; cursor: number };
    }
  | { put: OutboxEntry[]; cursor: number; nextBatch: number; handed?: readonly string[] }
  | { ack: string }
  | { split: string; parts: OutboxEntry[] };

export interface JournalState {
  /** Names this feeder in batch ids. */
  feeder: string;
  nextBatch: number;
  nextSeq: Map<string, number>;
  /** What a source that is not in `nextSeq` begins with. */
  firstSeq: number;
  /** How far the source was read: ticks of a fleet, records of a file. */
  cursor: number;
  entries: OutboxEntry[];
  /** What was handed over last, and may be again. */
  handed: readonly string[];
}

/** More than brokers have under way; what is older was acknowledged. */
const MAX_HANDED = 2000;

/** The journal has a line in its middle that is none of its own. */
export class JournalError extends DemoError<"JOURNAL_DAMAGED"> {
  override name = "JournalError";

  constructor(message: string, options?: ErrorOptions) {
    super("JOURNAL_DAMAGED", message, options);
  }
}

export function emptyJournal(feeder: string): JournalState {
  return { feeder, nextBatch: 1, nextSeq: new Map(), firstSeq: 1, cursor: 0, entries: [], handed: [] };
}

/** Folds records, in the order they were written, into a state. */
export function createFold(newFeeder: string) {
  const state = emptyJournal(newFeeder);
  const outbox = createOutbox();
  return {
    apply(record: JournalRecord): void {
      if ("begin" in record) {
        const { feeder, nextBatch, nextSeq, cursor } = record.begin;
        Object.assign(state, { feeder, nextBatch, cursor, nextSeq: new Map(Object.entries(nextSeq)) });
      } else if ("put" in record) {
        state.cursor = record.cursor;
        state.nextBatch = record.nextBatch;
        if (record.handed) state.handed = [...state.handed, ...record.handed].slice(-MAX_HANDED);
        for (const entry of record.put) {
          outbox.add(entry);
          raiseSeqs(state.nextSeq, entry);
        }
      } else if ("ack" in record) outbox.remove(record.ack);
      else {
        const parts = record.parts.reduce((sum, entry) => sum + entry.readings, 0);
        if (parts !== outbox.get(record.split)?.readings) throw new TypeError("the parts are not the whole");
        for (const entry of record.parts) raiseSeqs(state.nextSeq, entry);
        outbox.replace(record.split, record.parts);
      }
    },
    state: (): JournalState => ({ ...state, nextSeq: new Map(state.nextSeq), entries: outbox.entries() }),
  };
}

/**
 * Folds a journal's text. A last line without its newline was being written when the process died; nothing of it was
 * ever sent, so it is dropped.
 * @throws JournalError
 */
export function replayJournal(text: string, newFeeder: string) {
  const fold = createFold(newFeeder);
  const lines = text.split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    try {
      fold.apply(parseRecord(line, index === 0));
    } catch (cause) {
      const message = `line ${index + 1} of the feeder's state file is damaged; restore the file, or move it away to begin a new fleet`;
      throw new JournalError(message, { cause });
    }
  }
  return fold;
}

/** The shortest records that fold into `state`. */
export function recordsOf(state: JournalState): JournalRecord[] {
  const { feeder, nextBatch, nextSeq, cursor, entries, handed } = state;
  return [
    { begin: { feeder, nextBatch, nextSeq: Object.fromEntries(nextSeq), cursor } },
    { put: entries, cursor, nextBatch, ...(handed.length > 0 ? { handed } : {}) },
  ];
}

const count = z.int().nonnegative();

const entrySchema = z.object({ id: z.string(), body: z.string(), readings: count, notBefore: z.number() });

/** What every record of a kind has; a line without is of another program, or was changed by hand. */
const recordSchema: z.ZodType<JournalRecord> = z.union([
  z.object({
    begin: z.object({
      feeder: z.string(),
      nextBatch: count,
      // Behind the largest seq that is taken comes what is no safe integer any more.
      nextSeq: z.record(z.string(), z.number().nonnegative()),
      cursor: count,
    }),
  }),
  z.object({
    put: z.array(entrySchema),
    cursor: count,
    nextBatch: count,
    handed: z.array(z.string()).optional(),
  }),
  z.strictObject({ split: z.string(), parts: z.array(entrySchema) }),
  z.strictObject({ ack: z.string() }),
]);

/** @throws what is wrong with it */
function parseRecord(line: string, isFirst: boolean): JournalRecord {
  if (line.includes("\uFFFD")) throw new TypeError("bytes that are no UTF-8");
  const record = recordSchema.parse(JSON.parse(line));
  if ("begin" in record && !isFirst) throw new TypeError("another journal begins here");
  return record;
}

/** @throws TypeError for an entry that does not hold the readings it says */
function raiseSeqs(nextSeq: Map<string, number>, entry: OutboxEntry): void {
  const readings = readingsOf(entry);
  if (readings.length !== entry.readings) throw new TypeError(`batch ${entry.id} is not whole`);
  for (const { source, seq } of readings) {
    if (typeof source !== "string" || !Number.isSafeInteger(seq))
      throw new TypeError(`batch ${entry.id} holds what is no reading`);
    nextSeq.set(source, Math.max(nextSeq.get(source) ?? 1, seq + 1));
  }
}
