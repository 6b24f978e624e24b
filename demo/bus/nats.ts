import { JetStreamApiCodes, JetStreamApiError, jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { ExponentialBackoff, fullJitterGenerator, handleAll, retry } from "cockatiel";
import { untilAborted } from "../abort.ts";
import { DemoError } from "../errors.ts";
import type { Batch } from "../protocol.ts";
import { batchId } from "./batch.ts";
import type { Bus } from "./bus.ts";
import { encodeBatch } from "./encode.ts";
import { follow } from "./nats-follow.ts";
import { ensureStream, type NatsParts, type NatsSettings, readId } from "./nats-stream.ts";
import { findNewest } from "./stream-search.ts";

/** The stream has grown past what this bus knew of: another eater has published, or an earlier life of this one. */
export class BusConflict extends DemoError<"BUS_CONFLICT"> {
  override name = "BusConflict";

  constructor(message: string, options?: ErrorOptions) {
    super("BUS_CONFLICT", message, options);
  }
}

/**
 * The bus over NATS JetStream. Makes its stream on first use. Every batch carries its identity as Nats-Msg-Id, which
 * the server drops if it comes twice within the duplicate window, and the sequence it must follow
 * (Nats-Expected-Last-Sequence), which holds for ever and against a second eater. Connects, and reconnects, for ever.
 */
export function createNatsBus(settings: NatsSettings, warn: (error: unknown) => void): Bus {
  // Not awaited: a process must be able to start, and to say that it is not ready, before NATS answers.
  const stop = new AbortController();
  const warnOfNew = (error: unknown) => {
    if (!stop.signal.aborted) warn(error);
  };
  const parts = open(settings, stop.signal, warnOfNew);
  // Whoever needs the connection awaits it; that nobody does must not end the process.
  parts.catch(() => {});
  let lastSequence: number | null = null;
  const isConnected = watchConnection(parts);

  async function locate() {
    const { manager } = await parts;
    await ensureStream(manager, settings);
    const { first_seq: first, last_seq: last } = (await manager.streams.info(settings.stream)).state;
    return { first, last };
  }

  async function publish(batch: Batch): Promise<void> {
    lastSequence ??= (await locate()).last;
    const { client } = await parts;
    try {
      const ack = await client.publish(settings.subject, encodeBatch(batch), {
        msgID: batchId(batch),
        expect: { lastSequence },
        timeout: settings.timeoutMs,
      });
      lastSequence = Math.max(lastSequence, ack.seq);
    } catch (error) {
      lastSequence = null;
      throw publishError(error, settings.stream, batch);
    }
  }

  return {
    publish,
    async latest() {
      lastSequence = null;
      const { first, last } = await locate();
      const { manager } = await parts;
      // NATS 2.9 says of an empty stream that its first sequence is 0, and refuses to be asked for it.
      const id = await findNewest(Math.max(1, first), last, (sequence) =>
        readId(manager, settings.stream, sequence),
      );
      lastSequence = last;
      return id && { epoch: id.epoch, offset: id.to };
    },
    async subscribe(after, deliver) {
      return follow(parts, settings, after, deliver, (error) => {
        if (!stop.signal.aborted) warn(error);
      });
    },
    connected: isConnected,
    async close() {
      stop.abort();
      const opened = await parts.catch(() => null);
      await opened?.connection.close();
    },
  };
}

/** Follows the connection's state. Returns whether it is there. */
function watchConnection(parts: Promise<NatsParts>): () => boolean {
  let isConnected = false;
  async function watch(): Promise<void> {
    const opened = await parts.catch(() => null);
    if (!opened) return;
    isConnected = true;
    for await (const { type } of opened.connection.status()) {
      if (type === "disconnect" || type === "close") isConnected = false;
      if (type === "reconnect") isConnected = true;
    }
    isConnected = false;
  }
  void watch();
  return () => isConnected;
}

function publishError(error: unknown, stream: string, batch: Batch): unknown {
  const isConflict =
    error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;
  if (!isConflict) return error;
  const message = `stream ${stream} has moved on: batch ${batchId(batch)} no longer follows its end`;
  return new BusConflict(message, { cause: error });
}

/** Tries until a server answers, or `stop` aborts. */
async function open(
  settings: NatsSettings,
  stop: AbortSignal,
  warn: (error: unknown) => void,
): Promise<NatsParts> {
  const policy = retry(handleAll, {
    maxAttempts: Number.POSITIVE_INFINITY,
    backoff: new ExponentialBackoff({ generator: fullJitterGenerator, initialDelay: 100, maxDelay: 2000 }),
  }).dangerouslyUnref();
  // A server that refuses us says so at every attempt; it is passed on once.
  let told = "";
  policy.onFailure(({ reason }) => {
    if (!("error" in reason) || reason.error.message === told) return;
    told = reason.error.message;
    warn(reason.error);
  });
  const connecting = policy.execute(
    () =>
      connect({
        ...settings.access,
        name: "sprintcast-demo",
        maxReconnectAttempts: -1,
        // A credentials file may have been renewed by the next attempt.
        ignoreAuthErrorAbort: true,
        reconnectTimeWait: 200,
        reconnectJitter: 200,
        timeout: settings.timeoutMs,
      }),
    stop,
  );
  // A connection that comes about after all is nobody's.
  stop.addEventListener("abort", () => void connecting.then((late) => late.close()).catch(() => {}), {
    once: true,
  });
  const connection = await untilAborted(connecting, stop);
  const client = jetstream(connection, { timeout: settings.timeoutMs });
  return { connection, client, manager: await client.jetstreamManager(false) };
}
