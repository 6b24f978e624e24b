import { setTimeout as sleep } from "node:timers/promises";
import { type ConsumerMessages, DeliverPolicy } from "@nats-io/jetstream";
import type { Batch } from "../protocol.ts";
import { batchAfter, endOf } from "./batch.ts";
import type { Position, Subscription } from "./bus.ts";
import { decodeBatch } from "./encode.ts";
import { ensureStream, type NatsParts, type NatsSettings, readId } from "./nats-stream.ts";
import { findStart } from "./stream-search.ts";

const RETRY_MS = 250;

/**
 * Follows the stream with an ordered consumer, which the client library makes anew on the server as needed. After a
 * reconnect, and after every failure, the place to go on from is sought again by offset: a server that lost its tail
 * may have given the same sequence to another batch.
 */
export async function follow(
  parts: Promise<NatsParts>,
  settings: NatsSettings,
  after: Position | null,
  deliver: (batch: Batch) => void,
  warn: (error: unknown) => void,
): Promise<Subscription> {
  const stop = new AbortController();
  let held = after;
  let messages: ConsumerMessages | null = null;
  let told = "";

  /** The same failure, of the same attempt again and again, is told once. */
  function warnOnce(error: unknown): void {
    const text = String(error);
    if (stop.signal.aborted || text === told) return;
    told = text;
    warn(error);
  }

  /** Null for what somebody else has put there: waited for, it would keep all that stands behind it. */
  function batchOf(data: Uint8Array): Batch | null {
    try {
      return decodeBatch(data);
    } catch (cause) {
      warnOnce(new TypeError("a message of the stream is no batch, and is passed over", { cause }));
      return null;
    }
  }

  async function consume(): Promise<void> {
    messages = await begin(await parts, settings, held);
    told = "";
    if (stop.signal.aborted) messages.stop();
    for await (const message of messages) {
      const brought = batchOf(message.data);
      const batch = brought && batchAfter(brought, held);
      if (!batch) continue;
      held = endOf(batch);
      deliver(batch);
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await consume().catch(warnOnce);
      await sleep(RETRY_MS, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  }

  async function beginAnewOnReconnect(): Promise<void> {
    const { connection } = await parts;
    for await (const status of connection.status()) {
      if (stop.signal.aborted) return;
      if (status.type === "reconnect") messages?.stop();
    }
  }

  const running = run();
  void beginAnewOnReconnect();
  return {
    async close() {
      stop.abort();
      messages?.stop();
      await Promise.race([running, sleep(settings.timeoutMs, undefined, { ref: false })]);
    },
  };
}

/** Consumes from the first message that a holder of `held` lacks. */
async function begin(
  { manager, client }: NatsParts,
  settings: NatsSettings,
  held: Position | null,
): Promise<ConsumerMessages> {
  await ensureStream(manager, settings);
  const { state } = await manager.streams.info(settings.stream);
  // An empty stream has nothing to look at; NATS 2.9 says that its first sequence is 0, and refuses to be asked for it.
  const isEmpty = state.messages === 0;
  const start = isEmpty
    ? state.last_seq + 1
    : await findStart(state.first_seq, state.last_seq, held, (sequence) =>
        readId(manager, settings.stream, sequence),
      );
  const consumer = await client.consumers.get(settings.stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, start),
  });
  return consumer.consume({ max_messages: 500, expires: 5000, idle_heartbeat: 1000 });
}
