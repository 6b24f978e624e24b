import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
} from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { Batch } from "../protocol.ts";
import { batchId } from "./batch-step.ts";
import type { Bus } from "./bus.ts";
import { follow } from "./nats-follow.ts";
import { ensureStream, type NatsSettings, readId } from "./nats-stream.ts";

/** The stream has grown past what this bus knew of: another eater has published, or an earlier life of this one. */
export class BusConflict extends Error {
  readonly code = "BUS_CONFLICT";
  override name = "BusConflict";
}

export interface NatsParts {
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
}

/**
 * The bus over NATS JetStream. Makes its stream on first use. Every batch carries its identity as Nats-Msg-Id, which
 * the server drops if it comes twice within the duplicate window, and the sequence it must follow
 * (Nats-Expected-Last-Sequence), which holds for ever and against a second eater. Connects, and reconnects, for ever.
 */
export function createNatsBus(settings: NatsSettings, warn: (error: unknown) => void): Bus {
  // Not awaited: a process must be able to start, and to say that it is not ready, before NATS answers.
  const parts = open(settings);
  let lastSequence: number | null = null;
  let closed = false;

  async function locate(): Promise<number> {
    const { manager } = await parts;
    await ensureStream(manager, settings);
    return (await manager.streams.info(settings.stream)).state.last_seq;
  }

  async function publish(batch: Batch): Promise<void> {
    lastSequence ??= await locate();
    const { client } = await parts;
    try {
      const ack = await client.publish(settings.subject, JSON.stringify(batch), {
        msgID: batchId(batch),
        expect: { lastSequence },
        timeout: settings.timeoutMs,
      });
      lastSequence = Math.max(lastSequence, ack.seq);
    } catch (error) {
      lastSequence = null;
      if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamWrongLastSequence)
        throw error;
      const message = `stream ${settings.stream} has moved on: batch ${batchId(batch)} no longer follows its end`;
      throw new BusConflict(message, { cause: error });
    }
  }

  return {
    publish,
    async latest() {
      lastSequence = null;
      const last = await locate();
      const { manager } = await parts;
      const id = last === 0 ? null : await readId(manager, settings.stream, last);
      lastSequence = last;
      return id && { epoch: id.epoch, offset: id.to };
    },
    async subscribe(after, deliver) {
      return follow(parts, settings, after, deliver, (error) => {
        if (!closed) warn(error);
      });
    },
    async close() {
      closed = true;
      // A connection that never came about is abandoned, not waited for.
      const opened = await Promise.race([parts, Promise.resolve(null)]);
      if (opened) await opened.connection.close();
      else void parts.then(({ connection }) => connection.close());
    },
  };
}

async function open(settings: NatsSettings): Promise<NatsParts> {
  const connection = await connect({
    servers: settings.url.split(","),
    name: "sprintcast-demo",
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 200,
    reconnectJitter: 200,
    timeout: settings.timeoutMs,
  });
  const client = jetstream(connection, { timeout: settings.timeoutMs });
  return { connection, client, manager: await client.jetstreamManager(false) };
}
