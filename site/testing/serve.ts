import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import fastify from "fastify";
import { siteFiles } from "../start/site-files.ts";

/** A built site on a free local port, as GitHub Pages would serve it: folders by their index, 404.html for the rest. */
export async function serveFolder(
  root: string,
  base = "/",
): Promise<{ url: string; requests: string[]; close: () => Promise<void> }> {
  const app = fastify();
  const requests: string[] = [];
  app.addHook("onRequest", async (request) => {
    requests.push(request.url);
  });
  await app.register(siteFiles, { root, prefix: base.replace(/\/$/, "") });
  const missing = readFileSync(join(root, "404.html"));
  app.setNotFoundHandler((_, reply) => reply.code(404).type("text/html; charset=utf-8").send(missing));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${base.replace(/\/$/, "")}`, requests, close: () => app.close() };
}
