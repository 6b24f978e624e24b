import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createReadingParser } from "../reading.ts";
import { RowOutcome } from "./columns.ts";
import type { Eater } from "./eater.ts";
import { Overloaded } from "./group-commit.ts";
import { type ParsedBody, parseBody, type Rejection } from "./parse-body.ts";
import { nameOfBearer } from "./tokens.ts";
import { WriterError } from "./writer.ts";

export interface IngestSettings {
  /** Largest body, both as sent and as unpacked, bytes. */
  maxBodyBytes: number;
  /** Requests per token (or per address, without a valid one) within `rateWindowMs`. */
  maxRequests: number;
  rateWindowMs: number;
  /** How far ahead of the clock a reading's `at` may be, ms. */
  maxAheadMs: number;
}

/** The answer to `POST /ingest`: sent after the commit, so that every line is either stored or accounted for. */
export interface IngestReport {
  batch: string | null;
  stored: number;
  duplicates: number;
  rejected: Rejection[];
  /** All that were rejected; the list stops at 100. */
  rejectedTotal: number;
  epoch: string;
  offset: number | null;
}

const REPORTED_REJECTIONS = 100;
const unzip = promisify(gunzip);

declare module "fastify" {
  interface FastifyRequest {
    tokenName: string | null;
  }
}

/** `POST /ingest`, a fastify plugin's body: register it in a scope of its own. */
export async function ingestRoutes(app: FastifyInstance, eater: Eater, settings: IngestSettings) {
  const check = createReadingParser();
  app.decorateRequest("tokenName", null);
  const drain = answerBeforeClosing(app);
  app.addHook("onRequest", async (request) => {
    request.tokenName = nameOfBearer(request.headers.authorization, eater.tokens());
  });
  await app.register(rateLimit, {
    max: settings.maxRequests,
    timeWindow: settings.rateWindowMs,
    keyGenerator: (request) =>
      request.tokenName === null ? `address ${request.ip}` : `token ${request.tokenName}`,
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/x-ndjson", "application/ndjson", "application/jsonl", "text/plain"],
    { parseAs: "buffer", bodyLimit: settings.maxBodyBytes },
    (request: FastifyRequest, body: Buffer) => unpack(request.headers["content-encoding"], body, settings),
  );

  // After the rate limit, which must see requests without a token too, and before a byte of the body is read.
  const authorize = async (request: FastifyRequest, reply: FastifyReply) => {
    if (drain.hasBegun()) {
      reply.header("retry-after", "1");
      return reply.code(503).send(problem(503, "CLOSING", "the eater is closing; send it again later"));
    }
    if (request.tokenName !== null) return;
    reply.header("www-authenticate", 'Bearer realm="ingest"');
    return reply.code(401).send(problem(401, "NO_TOKEN", "send Authorization: Bearer with a valid token"));
  };

  app.post("/ingest", { preParsing: authorize }, async (request, reply) => {
    const body = (request.body as string | undefined) ?? "";
    const parsed = parseBody(body, eater.clock() + settings.maxAheadMs, check);
    try {
      const report = await ingest(eater, parsed, batchHeader(request));
      return reply.code(count(eater, report)).send(report);
    } catch (error) {
      if (!(error instanceof Overloaded || error instanceof WriterError)) throw error;
      if (error instanceof WriterError) request.log.error({ err: error }, "a commit failed");
      return reply
        .code(503)
        .header("retry-after", "1")
        .send(problem(503, error.code, error.message));
    }
  });
}

/** Commits what was parsed; every line of it is then in the report. @throws Overloaded, WriterError */
async function ingest(
  eater: Eater,
  { readings, lines, rejected }: ParsedBody,
  batch: string | null,
): Promise<IngestReport> {
  const outcome = readings.length > 0 ? await eater.ingest(readings) : null;
  const offset = outcome?.offset ?? null;
  const report = {
    batch,
    stored: 0,
    duplicates: 0,
    rejected,
    rejectedTotal: 0,
    epoch: eater.epoch(),
    offset,
  };
  for (const [index, line] of lines.entries()) {
    const fate = outcome?.fates[index];
    if (fate === RowOutcome.stored) report.stored += 1;
    else if (fate === RowOutcome.duplicate) report.duplicates += 1;
    else rejected.push(tooManySeries(line));
  }
  return report;
}

/** What was taken is committed and answered before the app closes; what comes later is turned away. */
function answerBeforeClosing(app: FastifyInstance) {
  let underWay = 0;
  let answered: (() => void) | null = null;
  app.addHook("preHandler", async (_, reply) => {
    underWay += 1;
    // Comes whether the answer is out or its taker has hung up, where onResponse comes for the first alone.
    reply.raw.once("close", () => {
      underWay -= 1;
      if (underWay === 0) answered?.();
    });
  });
  app.addHook("onSend", async (_, reply) => {
    if (answered) reply.header("connection", "close");
  });
  app.addHook("preClose", async () => {
    const last = new Promise<void>((resolve) => {
      answered = resolve;
    });
    if (underWay > 0) await last;
  });
  return { hasBegun: () => answered !== null };
}

function count(eater: Eater, report: IngestReport): number {
  const { metrics } = eater;
  metrics.duplicates.inc(report.duplicates);
  for (const { code } of report.rejected) metrics.rejected.inc({ code });
  report.rejectedTotal = report.rejected.length;
  report.rejected = report.rejected.sort((a, b) => a.line - b.line).slice(0, REPORTED_REJECTIONS);
  return report.rejectedTotal > 0 && report.stored + report.duplicates === 0 ? 422 : 200;
}

function tooManySeries(line: number): Rejection {
  const message = "source, metric: the eater may hold no more distinct pairs (--max-series)";
  return { line, code: "too-many-series", message };
}

function batchHeader(request: FastifyRequest): string | null {
  const id = request.headers["idempotency-key"];
  return typeof id === "string" && /^[\w:./-]{1,128}$/.test(id) ? id : null;
}

async function unpack(encoding: string | undefined, body: Buffer, settings: IngestSettings): Promise<string> {
  const coding = encoding?.trim().toLowerCase() ?? "identity";
  if (coding === "identity") return body.toString("utf8");
  if (coding !== "gzip") {
    throw Object.assign(new Error(`content-encoding ${coding} is not understood; send gzip or none`), {
      statusCode: 415,
      code: "ENCODING",
    });
  }
  try {
    return (await unzip(body, { maxOutputLength: settings.maxBodyBytes })).toString("utf8");
  } catch (cause) {
    const tooLarge = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw Object.assign(
      new Error(tooLarge ? "the body unpacks to more than is taken" : "not gzip", { cause }),
      {
        statusCode: tooLarge ? 413 : 400,
        code: tooLarge ? "BODY_TOO_LARGE" : "BAD_GZIP",
      },
    );
  }
}

function problem(statusCode: number, code: string, message: string) {
  return { statusCode, code, message };
}
