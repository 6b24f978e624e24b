import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { type DemoPluginOptions, demoPlugin } from "@sprintcast/demo";
import fastify, { type FastifyInstance } from "fastify";
import { siteFiles } from "./site-files.ts";

/**
 * The built site and the live demo on one address, not yet listening. The pages stand below the path that they link each
 * other by, where the root leads to; the demo is at the root whatever that path is.
 * @param demo null: the site has none
 * @param base "/", "/repo/"
 */
export async function createSiteApp(
  dist: string,
  demo: DemoPluginOptions | null,
  base = "/",
): Promise<FastifyInstance> {
  const app = fastify({
    ...{ forceCloseConnections: true, return503OnClosing: false, logger: { level: "error" } },
    // The demo's store may have much to derive before it is open.
    pluginTimeout: 0,
  });
  const missing = await readFile(join(dist, "404.html"), "utf8").catch(() => "Page not found.");
  if (demo !== null) await app.register(demoPlugin, demo);
  const prefix = decodeURI(base).slice(0, -1);
  await app.register(siteFiles, { root: dist, prefix });
  if (prefix !== "") for (const path of ["/", prefix]) app.get(path, (_, reply) => reply.redirect(base, 302));
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
