import type { FastifyInstance } from "fastify";
import { hostFault } from "../host-fault.ts";

/** Answers 400 to a request of this app, or of those below it, that leaves open which host it means. */
export function refuseHosts(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    const message = hostFault(request.raw);
    if (message !== null) return reply.code(400).send({ statusCode: 400, code: "WRONG_HOST", message });
  });
}
