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
      else outbox.replace(record.split, record.parts);
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
  lines.forEach((line, index) => {
    fold.apply(parseRecord(line, index + 1));
  });
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

/** What every record of a kind has; a line without is of another program, or was changed by hand. */
function isRecord(value: unknown): value is JournalRecord {
  if (typeof value !== "object" || value === null) return false;
  if ("begin" in value)
    return hasParts(value.begin, {
      feeder: "string",
      nextBatch: "number",
      nextSeq: "object",
      cursor: "number",
    });
  if ("put" in value)
    return areEntries(value.put) && hasParts(value, { cursor: "number", nextBatch: "number" });
  if ("split" in value)
    return hasParts(value, { split: "string" }) && "parts" in value && areEntries(value.parts);
  return hasParts(value, { ack: "string" });
}

const areEntries = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => hasParts(entry, { id: "string", body: "string" }));

function hasParts(value: unknown, parts: Record<string, "number" | "object" | "string">): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(parts).every(([name, type]) => {
    const part: unknown = Reflect.get(value, name);
    return typeof part === type && part !== null;
  });
}

function parseRecord(line: string, number: number): JournalRecord {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecord(value)) return value;
    throw new TypeError("no record of a journal");
  } catch (cause) {
    throw new JournalError(
      `line ${number} of the feeder's state file is damaged; restore the file, or move it away to begin a new fleet`,
      { cause },
    );
  }
}

function raiseSeqs(nextSeq: Map<string, number>, entry: OutboxEntry): void {
  for (const { source, seq } of readingsOf(entry)) {
    nextSeq.set(source, Math.max(nextSeq.get(source) ?? 1, seq + 1));
  }
}
