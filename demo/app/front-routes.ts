import type { FastifyInstance } from "fastify";

interface Parts {
  eater?: boolean;
  live?: boolean;
}

/**
 * `GET /` of a program that stands alone, and `GET /live/`, where a browser that opens `/live` is sent: what there is
 * instead of a page. In an app that serves more, both are that app's.
 */
export function frontRoutes(app: FastifyInstance, parts: Parts = {}): void {
  const text = frontText(parts);
  for (const path of ["/", "/live/"]) {
    app.get(path, async (_, reply) => reply.type("text/plain; charset=utf-8").send(text));
  }
}

function frontText({ eater = true, live = true }: Parts): string {
  const routes = [
    ...(eater ? ["POST /ingest       readings, from a feeder"] : []),
    ...(live
      ? ["GET  /live         a websocket for the live view", "GET  /live/events  the same as events"]
      : []),
    "GET  /readyz       whether it works, and what is amiss",
  ];
  const watching = `
The view is shown by a site: npm start, in a project whose settings say
live: true. In a terminal, with this address instead of 127.0.0.1:8787:

  sprintcast-demo record --live-url ws://127.0.0.1:8787/live --seconds 10 run.ndjson
  sprintcast-demo play run.ndjson
`;
  return `This is Sprintcast's live demo. It answers programs and has no page of its own.

${routes.map((route) => `  ${route}\n`).join("")}${live ? watching : ""}`;
}
