import type { Duplex } from "node:stream";
import type { IClientOptions, IPublishPacket, MqttClient } from "mqtt";
import { generate } from "mqtt-packet";
import { DemoError } from "../../errors.ts";

/** Where a broker is, how to get in, and what to ask it for. */
export interface MqttAccess {
  host: string;
  port: number;
  user: string | null;
  password: string | null;
  /** Null without TLS; PEM. `ca` null for the authorities that Node knows. */
  tls: { ca: string | null; cert: string | null; key: string | null } | null;
  /** The topic filter to subscribe to. */
  filter: string;
  /** Names the session that the broker keeps while nobody is there. */
  clientId: string;
  timeoutMs: number;
}

/** The broker does not let the feeder in, or not have this topic. */
export class BrokerError extends DemoError<"BROKER_REFUSED"> {
  override name = "BrokerError";

  constructor(message: string) {
    super("BROKER_REFUSED", message);
  }
}

/** A message that the broker keeps until `acknowledge` was called on the connection that brought it. */
export interface Handed {
  topic: string;
  payload: Buffer;
  /** The broker's number for it while it is under way; null where it keeps it no longer (QoS 0). */
  id: number | null;
  /** The broker handed it over before, and does not know that it came. */
  isRepeated: boolean;
  acknowledge(): void;
}

export interface BrokerEvents {
  handed(message: Handed): void;
  /** Nothing will come any more. */
  ended(error: BrokerError): void;
  warn(error: unknown): void;
}

/** How often a broker that is away is tried, ms. */
const RETRY_MS = 1000;

// CONNACK of MQTT 3.1.1: identifier rejected, bad user name or password, not authorized.
const REFUSALS = new Map([
  [2, "it refuses the client's name"],
  [4, "user or password are wrong"],
  [5, "the user may not connect"],
]);

/**
 * Follows a topic filter in a session that outlives this process, at QoS 1: what comes meanwhile waits at the broker,
 * and what was not acknowledged comes again. Connects, and reconnects, for ever.
 */
export async function openBroker(
  access: MqttAccess,
  events: BrokerEvents,
): Promise<{ close(): Promise<void> }> {
  // Some megabytes of code that nobody else needs.
  const { connect } = await import("mqtt");
  const client = connect(optionsOf(access));
  let told = "";
  let isResumed = false;

  const where = `the broker ${access.host}, port ${access.port},`;
  const end = (why: string) => events.ended(new BrokerError(`${where} does not serve us: ${why}`));
  client.on("error", (error) => {
    const refusal = "code" in error ? REFUSALS.get(Number(error.code)) : undefined;
    if (refusal) end(refusal);
    else if (error.message !== told) events.warn(error);
    told = error.message;
  });
  client.on("connect", ({ sessionPresent }) => {
    told = "";
    isResumed = sessionPresent;
    subscribe(client, access.filter, end);
  });
  client.handleMessage = (packet, callback) => {
    // Whoever subscribes anew, as at each connection, is told again what a topic last said: old news, by now wrongly dated.
    if (packet.retain && isResumed) {
      callback();
      return;
    }
    events.handed(handedOf(packet, client.stream));
    // An error here sends no acknowledgement and goes on with the next message: ours is sent later.
    callback(packet.qos === 0 ? undefined : new Error("acknowledged later"));
  };
  return { close: () => client.endAsync() };
}

function optionsOf({ host, port, user, password, tls, clientId, timeoutMs }: MqttAccess): IClientOptions {
  return {
    ...{ host, port, clientId, protocol: tls ? "mqtts" : "mqtt" },
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
    ...Object.fromEntries(Object.entries(tls ?? {}).filter(([, pem]) => pem !== null)),
    protocolVersion: 4,
    clean: false,
    resubscribe: false,
    connectTimeout: timeoutMs,
    reconnectPeriod: RETRY_MS,
    keepalive: 30,
  };
}

/** At each connection: the broker may have lost the session, and a subscription it has is merely confirmed. */
function subscribe(client: MqttClient, filter: string, end: (why: string) => void): void {
  client.subscribe(filter, { qos: 1 }, (error, granted) => {
    const isRefused = error?.message.includes("Unspecified error") || granted?.some(({ qos }) => qos >= 128);
    if (isRefused) end(`it refuses the topic ${filter}`);
  });
}

function handedOf(packet: IPublishPacket, stream: Duplex): Handed {
  const { topic, payload, qos, messageId, dup } = packet;
  const id = qos === 0 || messageId === undefined ? null : messageId;
  return {
    topic,
    payload: Buffer.from(payload),
    id,
    isRepeated: dup,
    acknowledge() {
      // On another connection the same number may be that of another message.
      if (id !== null && !stream.destroyed) stream.write(generate({ cmd: "puback", messageId: id }));
    },
  };
}
