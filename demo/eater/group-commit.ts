import { DemoError } from "../errors.ts";
import type { Batch, Reading } from "../protocol.ts";
import { RowOutcome, toColumns, transferables } from "./columns.ts";
import type { Committed } from "./commit.ts";
import type { Writer } from "./writer.ts";

export interface GroupCommitSettings {
  /** Most readings in one transaction. */
  maxGroup: number;
  /** Readings that may wait for their commit before further ones are turned away. */
  maxWaiting: number;
}

export interface GroupCommitEvents {
  /** A group is on disk; called in offset order, before its requests are answered. */
  committed(batch: Batch, ms: number): void;
}

/** More readings wait than the settings allow; the sender is to come back later. */
export class Overloaded extends DemoError<"OVERLOADED"> {
  override name = "Overloaded";

  constructor(message: string) {
    super("OVERLOADED", message);
  }
}

interface Pending {
  readings: Reading[];
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** What became of one request's readings, after its commit. */
export interface Outcome {
  /** One `RowOutcome` per reading. */
  fates: Uint8Array;
  /** The last offset committed with or before this request. */
  offset: number;
}

// One that the thread works on, and one that is there when it has finished.
const GROUPS_UNDER_WAY = 2;

/**
 * Gathers what arrives while the previous transaction runs and commits it as the next one: alone a request waits for
 * nobody, under load the cost of the disk's sync is shared by all that came meanwhile.
 */
export function createGroupCommit(
  writer: Writer,
  settings: GroupCommitSettings,
  clock: () => number,
  events: GroupCommitEvents,
) {
  const pending: Pending[] = [];
  let waiting = 0;
  const running = new Set<Promise<void>>();

  async function commitGroup(group: Pending[]): Promise<void> {
    const lists = group.map((request) => request.readings);
    const columns = toColumns(lists);
    const size = columns.seq.length;
    try {
      const { epoch, committed, ms } = await writer.ask(
        { do: "commit", columns, now: clock() },
        transferables(columns),
      );
      if (committed.to >= committed.from) events.committed(toBatch(epoch, lists, committed), ms);
      answer(group, committed);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    waiting -= size;
  }

  function begin(): void {
    while (running.size < GROUPS_UNDER_WAY && pending.length > 0) {
      const group = commitGroup(takeGroup(pending, settings.maxGroup)).finally(() => {
        running.delete(group);
        begin();
      });
      running.add(group);
    }
  }

  return {
    /** Resolves when the readings are on disk. @throws Overloaded, WriterError */
    commit(readings: Reading[]): Promise<Outcome> {
      if (waiting > 0 && waiting + readings.length > settings.maxWaiting) {
        return Promise.reject(new Overloaded("too many readings wait for their commit; try again later"));
      }
      waiting += readings.length;
      return new Promise((resolve, reject) => {
        pending.push({ readings, resolve, reject });
        begin();
      });
    },
    waiting: () => waiting,
    /** Resolves when nothing waits any more. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Takes what may go into one transaction: whole requests, the first one however large it is. */
function takeGroup(pending: Pending[], maxGroup: number): Pending[] {
  let size = 0;
  let count = 0;
  for (const { readings } of pending) {
    size += readings.length;
    if (count > 0 && size > maxGroup) break;
    count += 1;
  }
  return pending.splice(0, count);
}

function answer(group: readonly Pending[], { fates, to }: Committed): void {
  let row = 0;
  for (const { readings, resolve } of group) {
    resolve({ fates: fates.subarray(row, row + readings.length), offset: to });
    row += readings.length;
  }
}

function toBatch(epoch: string, lists: Reading[][], committed: Committed): Batch {
  const readings: Reading[] = [];
  let row = 0;
  for (const list of lists) {
    for (const reading of list) {
      if (committed.fates[row] === RowOutcome.stored) readings.push(reading);
      row += 1;
    }
  }
  return { epoch, from: committed.from, to: committed.to, readings };
}
