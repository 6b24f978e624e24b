import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { type NatsConnection, type NodeConnectionOptions, nanos } from "@nats-io/transport-node";
import { type MessageId, parseMessageId } from "./stream-search.ts";

/** Where the servers are, and how to get in. */
export type NatsAccess = { servers: string[] } & Pick<
  NodeConnectionOptions,
  "user" | "pass" | "token" | "authenticator" | "tls"
>;

export interface NatsSettings {
  access: NatsAccess;
  stream: string;
  subject: string;
  /** Copies of the stream in a cluster; 1 for a single server. */
  replicas: number;
  /** What the stream keeps for resuming, by age (ms) and size (bytes); 0 sets no limit by age. */
  maxAgeMs: number;
  maxBytes: number;
  /** How long an answer of the server is waited for, ms. */
  timeoutMs: number;
}

export interface NatsParts {
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
}

// Longer than any reconnect with its retries; an older repetition is caught by the expected sequence.
const DUPLICATE_WINDOW_MS = 120_000;

/**
 * The stream's configuration. File storage, so that a restarted server still has what viewers resume from. The server
 * syncs its files every two minutes by default; that is left so, because what it might lose when power fails is read
 * off its end and published again from the eater's own database, which is synced at every commit.
 */
export function streamConfig(settings: NatsSettings) {
  return {
    name: settings.stream,
    subjects: [settings.subject],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    num_replicas: settings.replicas,
    max_age: nanos(settings.maxAgeMs),
    max_bytes: settings.maxBytes,
    duplicate_window: nanos(
      settings.maxAgeMs > 0 ? Math.min(DUPLICATE_WINDOW_MS, settings.maxAgeMs) : DUPLICATE_WINDOW_MS,
    ),
    deny_delete: true,
  } satisfies Partial<StreamConfig>;
}

/** Makes the stream where it is not there, and brings its limits up to date where it is. */
export async function ensureStream(manager: JetStreamManager, settings: NatsSettings): Promise<void> {
  const wanted = streamConfig(settings);
  try {
    const { config } = await manager.streams.info(settings.stream);
    const { max_age, max_bytes, duplicate_window, num_replicas } = wanted;
    const isCurrent =
      config.max_age === max_age && config.max_bytes === max_bytes && config.num_replicas === num_replicas;
    if (isCurrent) return;
    await manager.streams.update(settings.stream, { max_age, max_bytes, duplicate_window, num_replicas });
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound) throw error;
    await manager.streams.add(wanted);
  }
}

export async function readId(
  manager: JetStreamManager,
  stream: string,
  sequence: number,
): Promise<MessageId | null> {
  const message = await manager.streams.getMessage(stream, { seq: sequence });
  return message && parseMessageId(message.header.get("Nats-Msg-Id"));
}
