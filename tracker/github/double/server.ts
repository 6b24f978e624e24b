import { createHash } from "node:crypto";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ServedRepository } from "./repository.ts";

/** What goes wrong with one request. */
export type Fault = "bad-gateway" | "secondary-limit" | "dropped-connection" | "truncated-json";

export interface DoubleOptions {
  /** Tells for the nth request (from 1) whether something goes wrong. */
  faultAt?: (request: number) => Fault | null;
  /** Only this token is accepted; null: anybody may read. */
  token?: string | null;
  /** Seconds named by a secondary limit's `retry-after`. */
  retryAfter?: number;
  /** Called with each whole answer, so that a test can hold it to GitHub's own description. */
  onAnswer?: (kind: string, items: unknown[]) => void;
}

export interface GitHubDouble {
  url: string;
  /** Every request: path with query, status, and whether it was conditional. */
  log: { url: string; status: number; conditional: boolean }[];
  close(): Promise<void>;
}

type Json = Record<string, unknown>;
type Query = Record<string, string | undefined>;

const at = (item: Json, key: string): string => String(item[key] ?? "");

function ordered(items: Json[], query: Query, kind: string): Json[] {
  if (kind === "events")
    return [...items].sort(
      (a, b) => at(b, "created_at").localeCompare(at(a, "created_at")) || Number(b.id) - Number(a.id),
    );
  if (kind !== "issues" && kind !== "issues/comments") return items;
  const key = query.sort === "updated" ? "updated_at" : "created_at";
  const turn = query.direction === "asc" ? 1 : -1;
  return items
    .filter((i) => query.since === undefined || at(i, "updated_at") >= query.since.replace(/\.\d+Z$/, "Z"))
    .sort((a, b) => turn * (at(a, key).localeCompare(at(b, key)) || Number(a.id) - Number(b.id)));
}

/** Pages by an opaque cursor, as GitHub does where listings are long: a page number past the first is refused. */
function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  all: Json[],
  base: string,
  options: DoubleOptions,
  kind: string,
) {
  const query = request.query as Query;
  if (query.page !== undefined && Number(query.page) > 1)
    return reply.code(422).send({
      message: "In order to keep the API fast for everyone, pagination is limited for this resource.",
    });
  const size = Math.min(100, Number(query.per_page ?? 30));
  const from = query.after === undefined ? 0 : Number(Buffer.from(query.after, "base64url").toString());
  const items = all.slice(from, from + size);
  const etag = `W/"${createHash("sha256").update(JSON.stringify(items)).digest("hex")}"`;
  reply.header("etag", etag).header("x-ratelimit-limit", "5000").header("x-ratelimit-remaining", "4999");
  if (from + size < all.length) {
    const next = new URLSearchParams(query as Record<string, string>);
    next.set("after", Buffer.from(String(from + size)).toString("base64url"));
    reply.header("link", `<${base}${request.url.split("?")[0]}?${next}>; rel="next"`);
  }
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  options.onAnswer?.(kind, items);
  return reply.send(items);
}

function fail(fault: Fault, reply: FastifyReply, options: DoubleOptions): FastifyReply {
  if (fault === "bad-gateway") return reply.code(502).type("text/html").send("<html>Bad gateway</html>");
  if (fault === "secondary-limit")
    return reply
      .code(403)
      .header("retry-after", String(options.retryAfter ?? 1))
      .send({
        message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      });
  if (fault === "truncated-json")
    return reply.type("application/json").send('[{"number": 1, "title": "cut o');
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function routes(
  app: FastifyInstance,
  served: ServedRepository,
  options: DoubleOptions,
  log: GitHubDouble["log"],
): void {
  let base = "";
  app.addHook("onListen", async () => {
    base = app.listeningOrigin;
  });
  app.addHook("onRequest", async (request, reply) => {
    const entry = {
      url: request.url,
      status: 0,
      conditional: request.headers["if-none-match"] !== undefined,
    };
    log.push(entry);
    reply.raw.on("close", () => {
      entry.status = reply.raw.headersSent ? reply.raw.statusCode : 0;
    });
    const fault = options.faultAt?.(log.length) ?? null;
    if (fault !== null) return fail(fault, reply, options);
    const { authorization } = request.headers;
    if (options.token != null && authorization !== undefined && !authorization.endsWith(options.token))
      return reply.code(401).send({ message: "Bad credentials" });
    if (options.token != null && authorization === undefined)
      return reply.code(404).send({ message: "Not Found" });
  });
  const listings: Record<string, () => Json[]> = {
    issues: () => served.issues,
    "issues/events": () => served.events,
    "issues/comments": () => served.comments,
    milestones: () => served.milestones,
    labels: () => served.labels,
  };
  for (const [path, items] of Object.entries(listings)) {
    const kind = path === "issues/events" ? "events" : path;
    app.get(`/repos/${served.name}/${path}`, (request, reply) =>
      answerPage(request, reply, ordered(items(), request.query as Query, kind), base, options, kind),
    );
  }
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: "Not Found" }));
}

/** GitHub on loopback: serves a repository as the REST API would, with faults on request. */
export async function startDouble(
  served: ServedRepository,
  options: DoubleOptions = {},
): Promise<GitHubDouble> {
  const app = fastify({ forceCloseConnections: true });
  const log: GitHubDouble["log"] = [];
  routes(app, served, options, log);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url, log, close: () => app.close() };
}
