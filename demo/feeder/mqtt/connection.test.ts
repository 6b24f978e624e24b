import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { generate, type Packet, parser } from "mqtt-packet";
import { afterEach, describe, expect, it } from "vitest";
import { type BrokerError, type Handed, type MqttAccess, openBroker } from "./connection.ts";

/** A broker of few words: it answers each packet with what `answer` makes of it. */
async function fakeBroker(answer: (packet: Packet, socket: Socket) => Packet | null): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const read = parser();
    read.on("packet", (packet: Packet) => {
      const reply = answer(packet, socket);
      if (reply) socket.write(generate(reply));
    });
    socket.on("data", (data) => read.parse(data));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const accepted: Packet = { cmd: "connack", returnCode: 0, sessionPresent: false };

async function open(port: number) {
  const handed: Handed[] = [];
  const errors: BrokerError[] = [];
  const warnings: unknown[] = [];
  const access: MqttAccess = {
    ...{ host: "127.0.0.1", port, user: "ann", password: "hidden", tls: null },
    ...{ filter: "hall/#", clientId: "sc-1", timeoutMs: 1000 },
  };
  const broker = await openBroker(access, {
    handed: (message) => handed.push(message),
    ended: (error) => errors.push(error),
    warn: (error) => warnings.push(error),
  });
  ends.push(broker.close);
  return { handed, errors, warnings };
}

describe("a broker", () => {
  it("that does not give the topic is one that refuses", async () => {
    const port = await fakeBroker((packet) => {
      if (packet.cmd === "connect") return accepted;
      return packet.cmd === "subscribe"
        ? { cmd: "suback", messageId: packet.messageId ?? 0, granted: [128] }
        : null;
    });
    const { errors } = await open(port);
    await expect.poll(() => errors.map(({ code }) => code)).toEqual(["BROKER_REFUSED"]);
    expect(errors[0]?.message).toMatch(/refuses the topic hall\/#/);
  });

  it.each([
    [4, "user or password"],
    [5, "may not connect"],
    [2, "client's name"],
  ])("that answers %i is one that refuses: %s", async (returnCode, why) => {
    const port = await fakeBroker((packet) =>
      packet.cmd === "connect" ? { cmd: "connack", returnCode, sessionPresent: false } : null,
    );
    const { errors } = await open(port);
    await expect.poll(() => errors.length).toBeGreaterThan(0);
    expect(errors[0]?.message).toContain(why);
    expect(errors[0]?.message).not.toContain("hidden");
  });

  it("is told of a message when that is acknowledged, and on the connection that brought it alone", async () => {
    const told: number[] = [];
    let connections = 0;
    let last: Socket | null = null;
    const port = await fakeBroker((packet, socket) => {
      if (packet.cmd === "puback") told.push(packet.messageId ?? 0);
      if (packet.cmd === "connect") {
        connections += 1;
        last = socket;
        return accepted;
      }
      if (packet.cmd !== "subscribe") return null;
      for (const messageId of [1, 2, 3]) {
        const message = { topic: "hall/a", payload: `${messageId}`, qos: 1 as const, dup: connections > 1 };
        socket.write(generate({ cmd: "publish", ...message, messageId, retain: false }));
      }
      return { cmd: "suback", messageId: packet.messageId ?? 0, granted: [1] };
    });
    const { handed } = await open(port);
    await expect.poll(() => handed.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(told).toEqual([]);
    handed[1]?.acknowledge();
    await expect.poll(() => told).toEqual([2]);
    const lost: Socket | null = last;
    (lost as Socket | null)?.destroy();
    await expect.poll(() => handed.length).toBe(6);
    expect(handed.slice(3).every(({ isRepeated }) => isRepeated)).toBe(true);
    // Brought by the connection that is gone: another message may have its number by now.
    handed[0]?.acknowledge();
    handed[4]?.acknowledge();
    await expect.poll(() => told).toEqual([2, 2]);
  });
});
