import { readdir, readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import fastify from "fastify";

export interface ServedView {
  url: string;
  host: string;
  close(): Promise<void>;
}

export interface ViewPage {
  /** Folder with the bundle. */
  folder: string;
  /** Attributes of the element and what it contains. */
  markup: string;
  recording?: string;
  port?: number;
}

/** As strict as the site's own pages: no inline script or style, no eval, only what comes from here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws: http://127.0.0.1:*; base-uri 'none'";

const PAGE_STYLE = `
:root { color-scheme: light dark; --sc-paper: light-dark(#fbfbf9, #14171a); }
body { margin: 0; padding: 1rem; background: var(--sc-paper); color: light-dark(#17191c, #ecebe6); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; }
`;

/** A page with the element on it, for a browser. */
export async function serveView({ folder, markup, recording, port = 0 }: ViewPage): Promise<ServedView> {
  const app = fastify({ forceCloseConnections: true });
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file));
    app.get(`/${file}`, (_, reply) => reply.type("text/javascript; charset=utf-8").send(text));
  }
  app.get("/page.css", (_, reply) => reply.type("text/css").send(PAGE_STYLE));
  if (recording) {
    app.get("/recording.ndjson", (_, reply) => reply.type("application/x-ndjson").send(recording));
  }
  app.get("/", (_, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", POLICY)
      .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Live view</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"><script type="module" src="/sprintcast-live.js"></script></head>
<body><main><h1>Fleet</h1>${markup}</main></body></html>`),
  );
  await app.listen({ host: "127.0.0.1", port });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/`,
    host: `127.0.0.1:${address.port}`,
    close: () => app.close(),
  };
}
