import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { networkOf } from "../address.ts";
import { readingSchema } from "../reading.ts";
import { Overloaded } from "./group-commit.ts";
import { isCursor } from "./rollups.ts";
import type { IngestSettings } from "./routes.ts";
import type { Questions } from "./store.ts";
import { WriterError } from "./writer.ts";

/** Digits alone: coerced, a blank would be 0. */
const count = z
  .string()
  .regex(/^\d{1,16}$/, "expected a whole number")
  .transform(Number);
const instant = count.pipe(z.number().int().max(Number.MAX_SAFE_INTEGER));
const limit = count.pipe(z.number().int().min(1).max(5000)).default(1000);
const { source, metric } = readingSchema.shape;

// Strict: a name that is misspelled would be answered with everything.
const rollupQuery = z.strictObject({
  step: z.enum(["second", "minute"]).default("minute"),
  source: source.optional(),
  metric: metric.optional(),
  from: instant.default(0),
  to: instant.default(Number.MAX_SAFE_INTEGER),
  after: z.string().refine(isCursor, "expected the `next` of the page before").optional(),
  limit,
});
const anomalyQuery = z.strictObject({ after: instant.default(0), limit });

/**
 * `GET /rollups?step=second|minute&source&metric&from&to&after&limit` (`after` the `next` of the page before) and
 * `GET /anomalies?after&limit` (`after` an offset): what the eater derives, as JSON. A query that is none of these is
 * answered 400 with the reason, too many at once 503, as is one while the database does not answer.
 */
export async function queryRoutes(
  app: FastifyInstance,
  queries: Questions,
  settings: Pick<IngestSettings, "maxRequests" | "rateWindowMs">,
) {
  await app.register(rateLimit, {
    max: settings.maxRequests,
    timeWindow: settings.rateWindowMs,
    keyGenerator: (request) => networkOf(request.ip ?? ""),
  });
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof Overloaded || error instanceof WriterError)) throw error;
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
