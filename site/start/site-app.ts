import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type DemoPluginOptions, demoPlugin } from "@sprintcast/demo";
import fastify, { type FastifyInstance } from "fastify";
import { siteFiles } from "./site-files.ts";

/** The built site and the live demo on one address, not yet listening. @param demo null: the site has none. */
export async function createSiteApp(dist: string, demo: DemoPluginOptions | null): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true, return503OnClosing: false, logger: { level: "error" } });
  const missing = await readFile(join(dist, "404.html"), "utf8").catch(() => "Page not found.");
  if (demo !== null) await app.register(demoPlugin, demo);
  await app.register(siteFiles, { root: dist });
  app.setNotFoundHandler((_, reply) => reply.code(404).type("text/html; charset=utf-8").send(missing));
  return app;
}

/** `wished` where it is free, else one of the next, else any. */
export async function freePort(host: string, wished: number): Promise<number> {
  for (let port = wished; port < wished + 20 && port < 65_536; port++)
    if (await isFree(host, port)) return port;
  return 0;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" || error.code === "EACCES" ? resolve(false) : reject(error),
    );
    probe.listen({ host, port }, () => probe.close(() => resolve(true)));
  });
}
