import type { FastifyInstance } from "fastify";
import { SUBPROTOCOL } from "../protocol.ts";
import type { LiveServer } from "./live-server.ts";

/** Mounts `GET /live` (websocket) and `GET /live/events` (server-sent events) into an app; ends with it. */
export async function liveRoutes(app: FastifyInstance, live: LiveServer): Promise<void> {
  live.attach(app.server);
  app.get("/live", async (request, reply) => {
    // Somebody typed the address of the page without its slash.
    if (request.headers.accept?.includes("text/html")) return reply.redirect("/live/", 302);
    return reply
      .code(426)
      .headers({ upgrade: "websocket", connection: "upgrade" })
      .send(`expected a websocket with the subprotocol ${SUBPROTOCOL}, or /live/events`);
  });
  // No HEAD: it would be a viewer that is never shown anything, and never ends.
  app.get("/live/events", { exposeHeadRoute: false }, (request, reply) => {
    reply.hijack();
    live.events(request.raw, reply.raw);
  });
  // Before the server closes: open streams would keep it from closing.
  app.addHook("preClose", () => live.close());
}
