import { listenForLines, tellPlace } from "./lines.ts";

/** What this server uses of Bun, under which alone it runs. */
interface BunServer {
  port: number;
  publish(topic: string, text: string): number;
  upgrade(request: Request): boolean;
}
declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    fetch(request: Request): Response | undefined;
    websocket: { open(socket: { subscribe(topic: string): void }): void; message(): void };
  }): BunServer;
};

const TOPIC = "readings";
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request) =>
    server.upgrade(request) ? undefined : new Response("expected a websocket", { status: 426 }),
  websocket: { open: (socket) => socket.subscribe(TOPIC), message() {} },
});
const feedPort = await listenForLines((line) => void server.publish(TOPIC, line.toString()));
tellPlace({ port: server.port, feedPort });
