import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import {
  emptyJournal,
  type JournalRecord,
  type JournalState,
  recordsOf,
  replayJournal,
} from "./journal-step.ts";

/** Where the outbox outlives its process, or, without a file, where it would. */
export interface Journal {
  /** What was found at the opening. */
  state: JournalState;
  /** Resolves once the record is on disk. */
  write(record: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * A journal that remembers nothing: a killed feeder loses its outbox. Its numbers begin with the milliseconds of the
 * clock, so that the next life, which cannot know them either, uses none again.
 */
export function createNoJournal(now: number): Journal {
  return { state: { ...emptyJournal(randomUUID()), firstSeq: now }, async write() {}, async close() {} };
}

// Past this the file is rewritten without what was acknowledged.
const COMPACT_AFTER_BYTES = 16_000_000;

/**
 * Opens the journal at `file`, replays it and rewrites it compactly. Batches are synced to disk before they are first
 * sent, so that no sequence number is ever used for two readings, whenever the process is killed.
 * @throws JournalError
 */
export async function openJournal(file: string): Promise<Journal> {
  await mkdir(dirname(file), { recursive: true });
  const fold = replayJournal(await readIfThere(file), randomUUID());
  const state = fold.state();
  let handle = await rewrite(file, state);
  let bytes = 0;
  let last: Promise<void> = Promise.resolve();

  async function append(record: JournalRecord): Promise<void> {
    const line = lineOf(record);
    fold.apply(record);
    await handle.appendFile(line);
    // A lost acknowledgement costs one resend, which the eater drops; only what was produced must be safe.
    if (!("ack" in record)) await handle.datasync();
    bytes += line.length;
    if (bytes < COMPACT_AFTER_BYTES) return;
    await handle.close();
    handle = await rewrite(file, fold.state());
    bytes = 0;
  }

  return {
    state,
    write(record) {
      // One after the other: two appends at once could mix their bytes.
      const written = last.then(() => append(record));
      last = written.catch(() => {});
      return written;
    },
    async close() {
      await last;
      await handle.close();
    },
  };
}

async function rewrite(file: string, state: JournalState): Promise<FileHandle> {
  await writeFileAtomic(file, recordsOf(state).map(lineOf).join(""));
  return open(file, "a");
}

function lineOf(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
