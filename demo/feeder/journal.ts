import { randomUUID } from "node:crypto";
import { type FileHandle, open, readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { fileLockError, lockFile } from "../file-lock.ts";
import { type Opened, openAll } from "../opened.ts";
import {
  emptyJournal,
  JournalError,
  type JournalRecord,
  type JournalState,
  recordsOf,
  replayJournal,
} from "./journal-state.ts";

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
 * Opens the journal at `file`, replays it and rewrites it compactly; the file is this process' alone until `close`.
 * Batches are synced to disk before they are first sent, so that no sequence number is ever used for two readings,
 * whenever the process is killed. A record that could not be written whole is taken off the file again: what the
 * next life reads is what `write` resolved for.
 * @throws JournalError for a damaged file, FileLockError for one that cannot be used
 */
export async function openJournal(file: string): Promise<Journal> {
  const release = lockFile(file, "--state");
  try {
    return await openAll((opened) => {
      opened.add(release);
      return openHeld(file, opened);
    });
  } catch (error) {
    throw error instanceof JournalError ? error : fileLockError(file, "--state", error);
  }
}

async function openHeld(file: string, opened: Opened): Promise<Journal> {
  const fold = replayJournal(await readIfThere(file), randomUUID());
  const state = fold.state();
  let handle = await rewrite(file, state);
  opened.add(() => handle.close());
  let length = (await handle.stat()).size;
  let grown = 0;
  let last: Promise<void> = Promise.resolve();

  async function append(record: JournalRecord): Promise<void> {
    const line = Buffer.from(lineOf(record));
    try {
      await handle.appendFile(line);
      // A lost acknowledgement costs one resend, which the eater drops; only what was produced must be safe.
      if (!("ack" in record)) await handle.datasync();
    } catch (error) {
      await handle.truncate(length);
      throw fileLockError(file, "--state", error);
    }
    fold.apply(record);
    length += line.length;
    grown += line.length;
    if (grown >= COMPACT_AFTER_BYTES) await compact();
  }

  async function compact(): Promise<void> {
    grown = 0;
    // A disk without room for it keeps the long file, which says the same.
    const next = await rewrite(file, fold.state()).catch(() => null);
    if (!next) return;
    await handle.close();
    handle = next;
    length = (await handle.stat()).size;
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
      await opened.close();
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
