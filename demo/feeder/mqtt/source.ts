import { createHash } from "node:crypto";
import type { DemoError } from "../../errors.ts";
import { ReadingRefused } from "../../reading.ts";
import { createBell } from "../bell.ts";
import type { Emission } from "../fleet.ts";
import type { Source } from "../fleet-source.ts";
import { toReading } from "../parse-record.ts";
import { type BrokerError, type Handed, type MqttAccess, openBroker } from "./connection.ts";
import { type Message, MessageError, type MessageRecord } from "./mapping.ts";

export interface MqttSourceSettings {
  access: MqttAccess;
  map(message: Message): MessageRecord[];
  maxBatch: number;
  nextSeq: ReadonlyMap<string, number>;
  /** What a source that is not in `nextSeq` begins with. */
  firstSeq: number;
  /** Messages that the outbox has, and the broker may not know of. */
  handed: readonly string[];
  clock(): number;
  refused(topic: string, error: DemoError | MessageError): void;
  warn(error: unknown): void;
}

/** Messages that are held back from the outbox before the broker is left waiting: QoS 0 knows no other bound. */
const MAX_HELD = 10_000;

/**
 * Readings out of a broker's messages. A message is acknowledged once what it held is in the outbox: where this
 * process ends before, the broker hands it over again, and where it ends just after, it is known by `handed`.
 */
export async function* mqttSource(settings: MqttSourceSettings, signal: AbortSignal): Source {
  const nextSeq = new Map(settings.nextSeq);
  const known = new Set(settings.handed);
  const bell = createBell();
  const waiting: Handed[] = [];
  let failure: BrokerError | null = null;
  let cursor = 0;
  signal.addEventListener("abort", () => bell.ring(), { once: true });
  const broker = await openBroker(settings.access, {
    handed(message) {
      if (message.id === null && waiting.length >= MAX_HELD) {
        const full = new MessageError("too many messages of QoS 0 wait; this one is lost");
        settings.refused(message.topic, full);
        return;
      }
      waiting.push(message);
      bell.ring();
    },
    ended(error) {
      failure = error;
      bell.ring();
    },
    warn: settings.warn,
  });
  try {
    while (!signal.aborted) {
      if (failure) throw failure;
      if (waiting.length === 0) {
        await bell.wait();
        continue;
      }
      const messages = waiting.splice(0, settings.maxBatch);
      const emissions = messages.flatMap((message) => readingsOf(message, settings, nextSeq, known));
      cursor += messages.length;
      const handed = messages.flatMap((message) => markOf(message) ?? []);
      yield { emissions, cursor, handed };
      // The outbox has them.
      for (const message of messages) message.acknowledge();
    }
  } finally {
    await broker.close();
  }
}

function readingsOf(
  message: Handed,
  { map, firstSeq, clock, refused }: MqttSourceSettings,
  nextSeq: Map<string, number>,
  known: Set<string>,
): Emission[] {
  const mark = markOf(message);
  // Only what comes again can be what an earlier life took.
  if (mark !== null && known.delete(mark) && message.isRepeated) return [];
  const { topic, payload } = message;
  try {
    const records = map({ topic, payload, arrivedAt: clock() });
    return records.flatMap((record) => {
      try {
        return [{ reading: toReading(record, nextSeq, firstSeq), delayMs: 0 }];
      } catch (error) {
        if (!(error instanceof ReadingRefused)) throw error;
        refused(topic, error);
        return [];
      }
    });
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    refused(topic, error);
    return [];
  }
}

/** What tells a message that comes again from another under the same number. */
function markOf({ id, topic, payload }: Handed): string | null {
  if (id === null) return null;
  const hash = createHash("sha256").update(topic).update("\0").update(payload).digest("base64url");
  return `${id}:${hash.slice(0, 22)}`;
}
