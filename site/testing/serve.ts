import type { AddressInfo } from "node:net";
import fastifyStatic from "@fastify/static";
import fastify from "fastify";

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
  await app.register(fastifyStatic, { root, prefix: base.endsWith("/") ? base : `${base}/`, redirect: true });
  app.setNotFoundHandler((_request, reply) => reply.code(404).sendFile("404.html"));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${base.replace(/\/$/, "")}`, requests, close: () => app.close() };
}
