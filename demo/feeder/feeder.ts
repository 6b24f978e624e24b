import { type Bell, createBell } from "./bell.ts";
import { createDelivery } from "./delivery.ts";
import type { Source } from "./fleet-source.ts";
import type { Journal } from "./journal.ts";
import { createOutbox, type Outbox, type OutboxEntry } from "./outbox.ts";
import { type ProductionSettings, produce } from "./production.ts";
import { createSender, type SenderSettings } from "./sender.ts";

export interface FeederSettings extends SenderSettings, ProductionSettings {
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
  const stopSource = new AbortController();
  const stopSending = new AbortController();
  const changed = createBell();
  const report: FeederReport = { acknowledged: 0, rejected: 0, left: 0 };
  const send = createLoggingSender(settings, outbox, clock, log);
  const deliver = createDelivery({
    ...{ outbox, journal, send, stop: stopSending.signal },
    acknowledged: (readings) => {
      report.acknowledged += readings;
    },
    refused(entry, count, reason) {
      report.rejected += count;
      log.warn({ batch: entry.id, count, reason }, "readings were refused for good");
    },
  });

  async function run(): Promise<FeederReport> {
    let hasEnded = false;
    const parts = { journal, outbox, changed };
    const producing = produce(makeSource, parts, settings, clock, stopSource.signal)
      .catch((error) => {
        if (stopSource.signal.aborted) return;
        const waiting = outbox.readings();
        log.warn({ err: error, waiting }, "the source has ended early; what waits is still sent");
        throw error;
      })
      .finally(() => {
        hasEnded = true;
        changed.ring();
      });
    const ended = () => hasEnded;
    const delivering = deliverAll(outbox, deliver, changed, clock, ended, stopSending.signal).catch(
      (error) => {
        stopSource.abort();
        changed.ring();
        if (!stopSending.signal.aborted) throw error;
      },
    );
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

function createLoggingSender(settings: SenderSettings, outbox: Outbox, clock: () => number, log: FeederLog) {
  return createSender(settings, clock, (reason, delayMs) =>
    log.warn(
      { reason, delayMs: Math.round(delayMs), waiting: outbox.readings() },
      "eater not reached, will resend",
    ),
  );
}

/**
 * Sends one entry at a time, so that the readings of a source arrive in the order they were packed, until the source
 * `hasEnded` and nothing is left.
 */
async function deliverAll(
  outbox: Outbox,
  deliver: (entry: OutboxEntry) => Promise<void>,
  changed: Bell,
  clock: () => number,
  hasEnded: () => boolean,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const entry = outbox.next(hasEnded() ? Number.POSITIVE_INFINITY : clock());
    if (entry) {
      await deliver(entry);
      changed.ring();
    } else if (hasEnded()) return;
    else await changed.wait(waitMs(outbox.due(), clock()));
  }
}

function waitMs(due: number | null, now: number): number | undefined {
  return due === null ? undefined : Math.max(1, due - now);
}
