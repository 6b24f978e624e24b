import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { answerFault, type Fault, type FaultTimes } from "./fault.ts";
import type { GraphBody, GraphDouble } from "./graph.ts";
import { createOrder, cutPage, type Json, type Paging, type Query, select } from "./listing.ts";
import type { ServedRepository } from "./repository.ts";

export interface DoubleOptions extends FaultTimes {
  /** Tells for the nth request (from 1), and its address, whether something goes wrong. */
  faultAt?: (request: number, url: string) => Fault | null;
  /** Only this token is accepted; absent: anybody may read. */
  token?: string;
  /** The token that GraphQL accepts instead. */
  graphToken?: string;
  /** When GitHub says that the token ends, in its own form. */
  tokenExpiration?: string;
  /** When GitHub says that it gives up this edition of its API (RFC 8594). */
  sunset?: string;
  /** Requests that a token is taken for, after which it has expired; absent: it stays. */
  expiresAfter?: number;
  /** Served as an Enterprise Server does, with this key and certificate: REST below /api/v3, GraphQL beside it. */
  enterprise?: { key: string; cert: string };
  /** Answers GraphQL; absent: there is none. */
  graph?: GraphDouble;
  /** How pages link to each other. Default opaque. */
  paging?: Paging;
  /** Pages of events that are shown at most; those beyond are refused, as GitHub does. */
  deepest?: number;
  /** Other repositories that the same GitHub has. */
  beside?: readonly ServedRepository[];
  /** A former `owner/name`; asked for it, the double leads to the present one, as GitHub does. */
  formerly?: string;
  /** The request (from 1) from which on it does; until then it serves under its former name. Default 1. */
  movedFrom?: number;
  /** The clock behind the `date` of answers, epoch milliseconds; absent: the machine's. */
  now?: () => number;
  /** Called with each whole answer, so that a test can hold it to GitHub's own description. */
  onAnswer?: (kind: string, items: unknown[]) => void;
  /** Called when a request arrives, before it is answered: the nth, from 1. */
  onRequest?: (request: number) => void;
}

export interface GitHubDouble {
  url: string;
  /** Every request: path with query, status (0: the connection broke), whether it was conditional, and of the API. */
  log: { url: string; status: number; conditional: boolean; version: unknown }[];
  close(): Promise<void>;
}

const tooDeep = "In order to keep the API fast for everyone, pagination is limited for this resource.";

/** A page that no `Link` named is refused where it is deep; so is one beyond what GitHub shows. */
function isTooDeep(kind: string, query: Query, options: DoubleOptions): boolean {
  if (query.page !== undefined && Number(query.page) > 1 && options.paging !== "counted") return true;
  if (options.deepest === undefined || kind !== "events") return false;
  const size = Number(query.per_page ?? 30);
  const offset = query.after === undefined ? 0 : Number(Buffer.from(query.after, "base64url").toString());
  return Math.max(offset / size + 1, Number(query.page ?? 1)) > options.deepest;
}

function serveListing(
  request: FastifyRequest,
  reply: FastifyReply,
  listing: { kind: string; items: readonly Json[]; origin: string },
  options: DoubleOptions,
): FastifyReply {
  const query = request.query as Query;
  if (isTooDeep(listing.kind, query, options)) return reply.code(422).send({ message: tooDeep });
  const address = `${listing.origin}${request.originalUrl.split("?")[0]}`;
  const { items, body, etag, link } = cutPage(listing.items, address, query, options.paging ?? "opaque");
  reply.header("etag", etag).header("x-ratelimit-limit", "5000").header("x-ratelimit-remaining", "4999");
  if (link !== null) reply.header("link", link);
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  options.onAnswer?.(listing.kind, items);
  return reply.type("application/json; charset=utf-8").send(body);
}

/** What stands before every address of an Enterprise Server. */
const below = ({ originalUrl }: FastifyRequest): string =>
  originalUrl.startsWith("/api/v3/") ? "/api/v3" : "";

function guard(app: FastifyInstance, options: DoubleOptions, log: GitHubDouble["log"]): void {
  app.addHook("onRequest", async (request, reply) => {
    const conditional = request.headers["if-none-match"] !== undefined;
    const version = request.headers["x-github-api-version"];
    const entry = { url: request.url, status: 0, conditional, version };
    log.push(entry);
    reply.raw.on("close", () => {
      entry.status = reply.raw.headersSent ? reply.raw.statusCode : 0;
    });
    options.onRequest?.(log.length);
    if (options.now !== undefined) reply.header("date", new Date(options.now()).toUTCString());
    if (options.tokenExpiration !== undefined)
      reply.header("github-authentication-token-expiration", options.tokenExpiration);
    if (options.sunset !== undefined) reply.header("sunset", options.sunset);
    const fault = options.faultAt?.(log.length, request.url) ?? null;
    if (fault !== null) return answerFault(fault, reply, options);
    const { authorization } = request.headers;
    const forGraph = request.url === "/graphql" ? options.graphToken : undefined;
    const accepted = forGraph ?? options.token;
    const hasExpired = log.length > (options.expiresAfter ?? Number.POSITIVE_INFINITY);
    if (accepted === undefined || (!hasExpired && authorization?.endsWith(` ${accepted}`))) return;
    return authorization === undefined
      ? reply.code(404).send({ message: "Not Found" })
      : reply.code(401).send({ message: "Bad credentials" });
  });
}

/** One issue, and what GitHub answers in the place of one that left. */
function serveOneIssue(
  app: FastifyInstance,
  served: ServedRepository,
  bases: readonly string[],
  options: DoubleOptions,
): void {
  for (const base of bases)
    app.get<{ Params: { number: string } }>(`${base}/issues/:number`, (request, reply) => {
      const number = Number(request.params.number);
      const issue = [...served.issues, ...(served.hidden ?? [])].find((one) => one.number === number);
      if (issue !== undefined) {
        options.onAnswer?.("issues", [issue]);
        return reply.send(issue);
      }
      const how = served.gone?.get(number);
      if (how?.startsWith("/")) return reply.redirect(`${below(request)}${how}`, 301);
      if (how === "transferred")
        return reply.redirect(`${below(request)}/repositories/2/issues/${number + 100}`, 301);
      if (how === "deleted") return reply.code(410).send({ message: "This issue was deleted" });
      return reply.code(404).send({ message: "Not Found" });
    });
}

function serveRepository(
  app: FastifyInstance,
  served: ServedRepository,
  byNumber: string,
  options: DoubleOptions,
): void {
  const listings: [string, string, () => Json[]][] = [
    ["issues", "issues", () => served.issues],
    ["events", "issues/events", () => served.events],
    ["issues/comments", "issues/comments", () => served.comments],
    ["milestones", "milestones", () => served.milestones],
    ["labels", "labels", () => served.labels],
  ];
  const order = createOrder();
  const commentsOf = (number: string) =>
    served.comments.filter(({ issue_url }) => String(issue_url).endsWith(`/${number}`));
  const bases = [`/repos/${served.name}`, byNumber];
  for (const base of bases) {
    app.get<{ Params: { number: string } }>(`${base}/issues/:number/events`, (request, reply) => {
      const how = served.gone?.get(Number(request.params.number));
      if (how?.startsWith("/")) return reply.redirect(`${below(request)}${how}/events`, 301);
      const ofIssue = ({ issue }: Json) => String((issue as Json).number) === request.params.number;
      // What the listing of one issue gives does not name the issue.
      const all = [...(served.ownEvents ?? []), ...served.events];
      const items = all.filter(ofIssue).map(({ issue: _, ...event }) => event);
      return serveListing(
        request,
        reply,
        { kind: "issue-events", items, origin: app.listeningOrigin },
        options,
      );
    });
    app.get(base, () => ({ id: 1, full_name: served.name }));
    app.get<{ Params: { number: string } }>(`${base}/issues/:number/comments`, (request, reply) => {
      const { number } = request.params;
      const how = served.gone?.get(Number(number));
      if (how?.startsWith("/")) return reply.redirect(`${below(request)}${how}/comments`, 301);
      const isThere = served.issues.some((one) => one.number === Number(number));
      if (!isThere) return reply.code(404).send({ message: "Not Found" });
      const listing = { kind: "issues/comments", items: commentsOf(number), origin: app.listeningOrigin };
      return serveListing(request, reply, listing, options);
    });
    for (const [kind, path, items] of listings)
      app.get(`${base}/${path}`, (request, reply) =>
        serveListing(
          request,
          reply,
          {
            kind,
            items: select(items(), kind, request.query as Query, order),
            origin: app.listeningOrigin,
          },
          options,
        ),
      );
  }
  serveOneIssue(app, served, bases, options);
}

function routes(app: FastifyInstance, served: ServedRepository, options: DoubleOptions): void {
  // GitHub redirects a former name to the repository's number, under which everything is found too.
  const byNumber = "/repositories/1";
  serveRepository(app, served, byNumber, options);
  for (const [index, other] of (options.beside ?? []).entries())
    serveRepository(app, other, `/repositories/${3 + index}`, options);
  app.get<{ Params: { number: string } }>("/repositories/2/issues/:number", (request, reply) =>
    reply.send({ number: Number(request.params.number), url: "https://api.github.invalid/repositories/2" }),
  );
  const { graph, formerly } = options;
  if (graph !== undefined)
    app.post("/graphql", async (request, reply) => {
      const answer = await graph(request.body as GraphBody);
      return reply.type("application/json; charset=utf-8").send(JSON.stringify(answer));
    });
  if (formerly !== undefined) {
    const old = `/repos/${formerly}`;
    const lead = (request: FastifyRequest, reply: FastifyReply) =>
      reply.redirect(below(request) + byNumber + request.url.slice(old.length), 301);
    app.get(old, lead);
    app.get(`${old}/*`, lead);
  }
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: "Not Found" }));
}

/** GitHub on loopback: serves a repository as the REST API would, with faults on request. */
export async function startDouble(
  served: ServedRepository,
  options: DoubleOptions = {},
): Promise<GitHubDouble> {
  const log: GitHubDouble["log"] = [];
  const { enterprise, formerly, movedFrom = 1 } = options;
  const rewriteUrl = ({ url = "" }: { url?: string }): string => {
    const path = enterprise === undefined ? url : url.replace(/^\/api\/v3(?=\/)|^\/api(?=\/graphql$)/, "");
    if (enterprise !== undefined && path === url) return "/nowhere";
    // Until it moves, its former name is its own.
    return formerly !== undefined && log.length + 1 < movedFrom
      ? path.replace(`/repos/${formerly}`, `/repos/${served.name}`)
      : path;
  };
  const app = fastify({ forceCloseConnections: true, rewriteUrl, ...(enterprise && { https: enterprise }) });
  guard(app, options, log);
  routes(app, served, options);
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  const url = enterprise === undefined ? origin : `${origin}/api/v3`;
  return { url, log, close: () => app.close() };
}
