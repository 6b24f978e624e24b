import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { networkOf } from "../address.ts";
import { createSeldom } from "../seldom.ts";
import { RowOutcome } from "./columns.ts";
import type { Eater } from "./eater.ts";
import { Overloaded } from "./group-commit.ts";
import type { ParsedBody, Rejection } from "./parse-body.ts";
import { type Body, BodyError, createParser } from "./parser.ts";
import { nameOfBearer } from "./tokens.ts";
import { WriterError } from "./writer.ts";

export interface IngestSettings {
  /** Largest body, both as sent and as unpacked, bytes. */
  maxBodyBytes: number;
  /** Requests per token (or per address or IPv6 network of 64 bits, without a valid one) within `rateWindowMs`. */
  maxRequests: number;
  rateWindowMs: number;
  /** How far ahead of the clock a reading's `at` may be, ms. */
  maxAheadMs: number;
  /** Bad lines past which the rest of a body is not looked at, and nothing of it is stored. */
  maxRejected: number;
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
/** Up to how many times the largest body is read to be thrown away; the connection of a longer one is closed. */
const MOST_DISCARDED = 16;

declare module "fastify" {
  interface FastifyRequest {
    tokenName: string | null;
  }
}

/** `POST /ingest`, a fastify plugin's body: register it in a scope of its own. */
export async function ingestRoutes(app: FastifyInstance, eater: Eater, settings: IngestSettings) {
  const parser = createParser(settings);
  app.addHook("onClose", parser.close);
  app.decorateRequest("tokenName", null);
  const drain = answerBeforeClosing(app);
  const notStored = createSeldom((fields, message) => app.log.error(fields, message));
  app.addHook("onClose", async () => notStored.end());
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof Overloaded || error instanceof WriterError)) throw error;
    if (error instanceof WriterError)
      notStored.say({ err: error, reqId: request.id }, "a batch could not be stored");
    return reply
      .code(503)
      .header("retry-after", "1")
      .send(problem(503, error.code, error.message));
  });
  app.addHook("onRequest", async (request) => {
    request.tokenName = nameOfBearer(request.headers.authorization, await eater.tokens());
  });
  await app.register(rateLimit, {
    max: settings.maxRequests,
    timeWindow: settings.rateWindowMs,
    keyGenerator: (request) =>
      request.tokenName === null ? `address ${networkOf(request.ip ?? "")}` : `token ${request.tokenName}`,
  });

  // A refused body is still taken off the wire where its sender says how long it is: closed in its midst, the connection
  // would break under a gateway that is still sending, and the sender be told 502 in the answer's place.
  app.addHook("onSend", async (request, reply) => {
    const declared = Number(request.headers["content-length"]);
    if (declared <= MOST_DISCARDED * settings.maxBodyBytes) reply.removeHeader("connection");
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/x-ndjson", "application/ndjson", "application/jsonl", "text/plain"],
    { parseAs: "buffer", bodyLimit: settings.maxBodyBytes },
    async (request: FastifyRequest, bytes: Buffer): Promise<Body> => ({
      bytes,
      isGzip: isGzip(request.headers["content-encoding"]),
    }),
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
    const body = (request.body as Body | undefined) ?? { bytes: Buffer.alloc(0), isGzip: false };
    const { maxAheadMs, maxRejected } = settings;
    try {
      const parsed = await parser.parse(body, { latest: eater.clock() + maxAheadMs, maxRejected });
      if (parsed.isStopped) return reply.code(413).send(stopped(eater, parsed));
      const report = await ingest(eater, parsed, batchHeader(request));
      return reply.code(finish(eater, report)).send(report);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      return reply.code(error.statusCode).send(problem(error.statusCode, error.code, error.message));
    }
  });
}

/** A sender that splits what was too much comes to the bad lines, and loses none of the good ones. */
function stopped({ metrics }: Eater, { rejected }: ParsedBody) {
  for (const { code } of rejected) metrics.rejected.inc({ code });
  metrics.stopped.inc();
  const message = `more than ${rejected.length} lines are no readings: the rest was not looked at, and nothing stored; send smaller batches`;
  return { ...problem(413, "TOO_MANY_REJECTED", message), rejected: rejected.slice(0, REPORTED_REJECTIONS) };
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
    rejectedTotal: rejected.length,
    epoch: eater.epoch(),
    offset,
  };
  let refused = 0;
  for (const { code } of rejected) eater.metrics.rejected.inc({ code });
  for (const [index, line] of lines.entries()) {
    const fate = outcome?.fates[index];
    if (fate === RowOutcome.stored) report.stored += 1;
    else if (fate === RowOutcome.duplicate) report.duplicates += 1;
    else {
      report.rejectedTotal += 1;
      refused += 1;
      if (refused <= REPORTED_REJECTIONS) rejected.push(tooManySeries(line));
    }
  }
  eater.metrics.rejected.inc({ code: "too-many-series" }, refused);
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

/** Brings the report into its final form. @returns the status it is sent with */
function finish({ metrics }: Eater, report: IngestReport): number {
  metrics.duplicates.inc(report.duplicates);
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

function isGzip(encoding: string | undefined): boolean {
  const coding = encoding?.trim().toLowerCase() ?? "identity";
  if (coding === "identity" || coding === "gzip") return coding === "gzip";
  throw Object.assign(new Error(`content-encoding ${coding} is not understood; send gzip or none`), {
    statusCode: 415,
    code: "ENCODING",
  });
}

function problem(statusCode: number, code: string, message: string) {
  return { statusCode, code, message };
}
