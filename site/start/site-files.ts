import send from "@fastify/send";
import type { FastifyInstance } from "fastify";

/**
 * Serves the files below `root` as they are at each request, folders by their index.html. What is not there goes to the
 * app's own answer for pages that are missing.
 */
export async function siteFiles(app: FastifyInstance, { root }: { root: string }): Promise<void> {
  app.route({
    method: ["GET", "HEAD"],
    url: "/*",
    handler: async (request, reply) => {
      const [path = "", ...query] = request.url.split("?");
      // The prefix is told by its parts: in an address its letters may be written in another way.
      const below = path.split("/").slice(app.prefix.split("/").length).join("/");
      const found = await send(request.raw, `/${below}`, { root, dotfiles: "allow" });
      if (found.type === "directory")
        // A folder's address ends in a slash, and begins with one: two would name another host.
        return reply.redirect([`${path.replace(/^\/+/, "/")}/`, ...query].join("?"), 301);
      if (found.statusCode === 404) return reply.callNotFound();
      return reply.code(found.statusCode).headers(found.headers).send(found.stream);
    },
  });
}
