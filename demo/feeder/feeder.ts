import { untilAborted } from "../abort.ts";
import type { Source } from "./fleet-source.ts";
import type { Journal } from "./journal.ts";
import { createOutbox, type OutboxEntry, pack, split } from "./outbox.ts";
import { createSender, type SenderSettings } from "./sender.ts";

export interface FeederSettings extends SenderSettings {
  maxBatch: number;
  /** Readings that may wait unacknowledged before the source is paused. */
  outboxLimit: number;
  /** How long a shutdown may wait for the outbox to drain, ms. */
  drainMs: number;
}

export interface FeederLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface FeederReport {
  /** Readings acknowledged by the eater. */
  acknowledged: number;
  rejected: number;
  /** Readings still in the outbox: kept in the state file, or lost where there is none. */
  left: number;
}

export interface Feeder {
  /** Settles when the source has ended or `stop` was called, and the outbox is drained or the time for it is over. */
  done: Promise<FeederReport>;
  stop(): void;
}

/** Starts feeding. `done` rejects with FeederError when the eater refuses the token, or SourceError for a bad file. */
export function startFeeder(
  makeSource: (signal: AbortSignal) => Source,
  journal: Journal,
  settings: FeederSettings,
  clock: () => number,
  log: FeederLog,
): Feeder {
  const outbox = createOutbox(journal.state.entries);
  let nextBatch = journal.state.nextBatch;
  const report: FeederReport = { acknowledged: 0, rejected: 0, left: 0 };
  const stopSource = new AbortController();
  const stopSending = new AbortController();
  const changed = createBell();
  let sourceEnded = false;

  const send = createSender(settings, clock, (reason, delayMs) =>
    log.warn(
      { reason, delayMs: Math.round(delayMs), waiting: outbox.readings() },
      "eater not reached, will resend",
    ),
  );

  async function produce(): Promise<void> {
    for await (const { emissions, cursor } of makeSource(stopSource.signal)) {
      const name = () => `${journal.state.feeder}:${nextBatch++}`;
      const entries = pack(emissions, clock(), settings.maxBatch, name);
      await journal.write({ put: entries, cursor, nextBatch });
      entries.forEach(outbox.add);
      changed.ring();
      while (outbox.readings() >= settings.outboxLimit && !stopSource.signal.aborted) await changed.wait();
    }
  }

  /** Sends one entry at a time, so that the readings of a source arrive in the order they were packed. */
  async function deliver(): Promise<void> {
    while (!stopSending.signal.aborted) {
      const entry = outbox.next(sourceEnded ? Number.POSITIVE_INFINITY : clock());
      if (entry) await deliverOne(entry);
      else if (sourceEnded) return;
      else await changed.wait(waitMs());
    }
  }

  function waitMs(): number | undefined {
    const due = outbox.due();
    return due === null ? undefined : Math.max(1, due - clock());
  }

  async function deliverOne(entry: OutboxEntry): Promise<void> {
    // The policy sleeps through an abort; the shutdown must not.
    const sent = await untilAborted(send(entry, stopSending.signal), stopSending.signal);
    if (sent.kind === "split") return divide(entry);
    report.acknowledged += entry.readings - sent.rejected;
    if (sent.rejected > 0) refuse(entry, sent.rejected, sent.report);
    await journal.write({ ack: entry.id });
    outbox.remove(entry.id);
    changed.ring();
  }

  async function divide(entry: OutboxEntry): Promise<void> {
    const parts = split(entry);
    if (!parts) {
      refuse(entry, 1, "a single reading is too large for the eater");
      await journal.write({ ack: entry.id });
      outbox.remove(entry.id);
      return;
    }
    await journal.write({ split: entry.id, parts });
    outbox.replace(entry.id, parts);
  }

  function refuse(entry: OutboxEntry, count: number, reason: string): void {
    report.rejected += count;
    log.warn({ batch: entry.id, count, reason }, "readings were refused for good");
  }

  async function run(): Promise<FeederReport> {
    const producing = produce()
      .catch((error) => {
        if (stopSource.signal.aborted) return;
        const waiting = outbox.readings();
        log.warn({ err: error, waiting }, "the source has ended early; what waits is still sent");
        throw error;
      })
      .finally(() => {
        sourceEnded = true;
        changed.ring();
      });
    const delivering = deliver().catch((error) => {
      stopSource.abort();
      changed.ring();
      if (!stopSending.signal.aborted) throw error;
    });
    const outcomes = await Promise.allSettled([producing, delivering]);
    await journal.close();
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    return { ...report, left: outbox.readings() };
  }

  return {
    done: run(),
    stop() {
      if (stopSource.signal.aborted) return;
      stopSource.abort();
      changed.ring();
      setTimeout(() => {
        stopSending.abort();
        changed.ring();
      }, settings.drainMs).unref();
    },
  };
}

/** Wakes whoever waits. To be waited for in the same turn in which the condition was found wanting. */
function createBell() {
  const listeners = new Set<() => void>();
  return {
    ring(): void {
      for (const listener of [...listeners]) listener();
    },
    wait(ms?: number): Promise<void> {
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const wake = () => {
          clearTimeout(timer);
          listeners.delete(wake);
          resolve();
        };
        listeners.add(wake);
        if (ms !== undefined) timer = setTimeout(wake, ms);
      });
    },
  };
}
