import { connect, createServer, type Socket } from "node:net";
import { pipeline } from "node:stream";

/** Spreads connections over ports of this machine, in turn; a port where nobody listens is passed over. */
export function startBalancer(port: number, targets: readonly number[]): { close(): void } {
  let turn = 0;
  const open = new Set<Socket>();

  function join(client: Socket, attempt: number): void {
    const target = targets[turn % targets.length];
    turn += 1;
    if (target === undefined || attempt === targets.length) {
      client.destroy();
      return;
    }
    const upstream = connect(target, "127.0.0.1");
    const next = () => join(client, attempt + 1);
    upstream.once("error", next);
    upstream.once("connect", () => {
      upstream.off("error", next);
      pipeline(client, upstream, client, () => {});
    });
  }

  const server = createServer((client) => {
    open.add(client);
    client.once("close", () => open.delete(client));
    client.on("error", () => client.destroy());
    join(client, 0);
  });
  server.listen(port, "127.0.0.1");
  return {
    close() {
      server.close();
      for (const client of open) client.destroy();
    },
  };
}
