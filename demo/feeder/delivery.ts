import { untilAborted } from "../abort.ts";
import type { Journal } from "./journal.ts";
import { type Outbox, type OutboxEntry, split } from "./outbox.ts";
import type { Sent } from "./sender.ts";

export interface DeliveryParts {
  outbox: Outbox;
  journal: Journal;
  send(entry: OutboxEntry, stop: AbortSignal): Promise<Sent>;
  stop: AbortSignal;
  /** `count` readings of a batch will never be taken. */
  refused(entry: OutboxEntry, count: number, reason: string): void;
  acknowledged(readings: number): void;
}

/** Makes the function that sends one entry until it is answered for good, and strikes it off outbox and journal. */
export function createDelivery({ outbox, journal, send, stop, refused, acknowledged }: DeliveryParts) {
  async function strikeOff(entry: OutboxEntry): Promise<void> {
    await journal.write({ ack: entry.id });
    outbox.remove(entry.id);
  }

  async function divide(entry: OutboxEntry): Promise<void> {
    const parts = split(entry);
    if (!parts) {
      refused(entry, 1, "a single reading is too large for the eater");
      return strikeOff(entry);
    }
    await journal.write({ split: entry.id, parts });
    outbox.replace(entry.id, parts);
  }

  return async (entry: OutboxEntry): Promise<void> => {
    // The policy sleeps through an abort; the shutdown must not.
    const sent = await untilAborted(send(entry, stop), stop);
    if (sent.kind === "split") return divide(entry);
    acknowledged(entry.readings - sent.rejected);
    if (sent.rejected > 0) refused(entry, sent.rejected, sent.report);
    await strikeOff(entry);
  };
}
