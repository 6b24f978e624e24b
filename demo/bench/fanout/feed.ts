import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { upgrade } from "../viewers/dialects.ts";
import { batchOf } from "./batches.ts";
import type { Running, Way } from "./ways.ts";

/** How a publisher that has no end of readings puts them into messages. */
export interface Pace {
  /** Readings a second. */
  rate: number;
  /** One message for each reading, or one for all of 20 ms. */
  isBatched: boolean;
}

const BATCH_MS = 20;
const SINGLE_MS = 5;

/** The publisher's connection to a server. */
export async function openFeed(way: Way, { feedPort }: Running) {
  const socket = await connected(feedPort);
  if (Buffer.isBuffer(way.greeting)) {
    socket.write(way.greeting);
    await once(socket, "data");
  } else if (way.greeting) await upgrade(socket, way.greeting.path);
  socket.on("data", () => {}).resume();
  let to = 0;

  /** Publishes `count` messages of `size` readings each. */
  function send(count: number, size: number): void {
    const messages: Buffer[] = [];
    for (let made = 0; made < count; made += 1) {
      messages.push(way.publish(batchOf(to + 1, size)));
      to += size;
    }
    if (messages.length > 0) socket.write(Buffer.concat(messages));
  }

  return {
    /** The newest offset published. */
    head: () => to,
    send,
    /** Publishes at a pace until `stop` is called. */
    run({ rate, isBatched }: Pace): { stop(): void } {
      const began = performance.now();
      const start = to;
      const step = () => {
        const due = start + Math.floor(((performance.now() - began) / 1000) * rate) - to;
        if (due <= 0) return;
        if (isBatched) send(1, due);
        else send(due, 1);
      };
      const timer = setInterval(step, isBatched ? BATCH_MS : SINGLE_MS);
      return { stop: () => clearInterval(timer) };
    },
    close: () => socket.destroy(),
  };
}

export type Feed = Awaited<ReturnType<typeof openFeed>>;

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}
