import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it } from "vitest";
import { NOT_HERE, refuseSocket } from "./handshake.ts";

const request = "GET /other HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

it.each([
  ["never ends the connection", true],
  ["never reads", false],
])("a connection whose upgrade is refused ends, also where the other side %s", async (_, reads) => {
  const server = createServer().listen(0, "127.0.0.1");
  const upgraded = once(server, "upgrade") as Promise<[IncomingMessage, Duplex, Buffer]>;
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const held = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  held.on("error", () => {});
  held.write(request);
  const [, socket] = await upgraded;
  const closed = once(socket, "close");
  refuseSocket(socket, NOT_HERE);
  if (reads)
    expect(String((await once(held, "data"))[0])).toMatch(/^HTTP\/1.1 404 .*live view's is \/live$/s);
  await closed;
  held.destroy();
  server.close();
});
