import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Overloaded } from "./group-commit.ts";
import { isCursor } from "./rollups.ts";
import type { IngestSettings } from "./routes.ts";
import type { Questions } from "./store.ts";

const instant = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const limit = z.coerce.number().int().min(1).max(5000).default(1000);

const rollupQuery = z.object({
  step: z.enum(["second", "minute"]).default("minute"),
  source: z.string().max(128).optional(),
  metric: z.string().max(64).optional(),
  from: instant.default(0),
  to: instant.default(Number.MAX_SAFE_INTEGER),
  after: z.string().refine(isCursor, "expected the `next` of the page before").optional(),
  limit,
});
const anomalyQuery = z.object({ after: instant.default(0), limit });

/**
 * `GET /rollups?step=second|minute&source&metric&from&to&after&limit` (`after` the `next` of the page before) and
 * `GET /anomalies?after&limit` (`after` an offset): what the eater derives, as JSON. A query that is none of these is
 * answered 400 with the reason, too many at once 503.
 */
export async function queryRoutes(
  app: FastifyInstance,
  queries: Questions,
  settings: Pick<IngestSettings, "maxRequests" | "rateWindowMs">,
) {
  await app.register(rateLimit, { max: settings.maxRequests, timeWindow: settings.rateWindowMs });
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof Overloaded)) throw error;
    const { code, message } = error;
    return reply.code(503).header("retry-after", "1").send({ statusCode: 503, code, message });
  });
  app.get("/rollups", async (request, reply) => {
    const query = rollupQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(wrongQuery(query.error));
    return { step: query.data.step, ...(await queries.rollups(query.data)) };
  });
  app.get("/anomalies", async (request, reply) => {
    const query = anomalyQuery.safeParse(request.query);
    if (!query.success) return reply.code(400).send(wrongQuery(query.error));
    return { anomalies: await queries.anomalies(query.data.after, query.data.limit) };
  });
}

function wrongQuery(error: z.ZodError) {
  return { statusCode: 400, code: "WRONG_QUERY", message: z.prettifyError(error) };
}
