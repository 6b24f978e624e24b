import { setTimeout as pause } from "node:timers/promises";
import { verify } from "@octokit/webhooks-methods";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { parseJson } from "../../core/model/parse-json.ts";
import { SprintcastError } from "../../errors.ts";
import { mapDelivery, type RawDelivery } from "../../github/map-delivery.ts";
import type { HistoryFile } from "../../store/open.ts";

/** GitHub sends no more than 25 MB. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const largest = 25 * 1024 * 1024;
/** GitHub gives up after ten seconds. */
const patience = 8000;

/**
 * What became of a delivery. `other`: of a repository that the database does not hold; `failed`: the database could not
 * take it.
 */
export type Outcome = "kept" | "known" | "nothing" | "other" | "unread" | "refused" | "busy" | "failed";

export interface Told {
  outcome: Outcome;
  id: string;
  event: string;
  action: string | null;
  repository: string | null;
  problem?: string;
}

export interface ReceiverOptions {
  secret: string;
  path: string;
  now(): number;
  onDelivery(told: Told): void;
}

const statusOf: Record<Outcome, number> = {
  kept: 200,
  known: 200,
  nothing: 202,
  other: 202,
  unread: 422,
  refused: 401,
  busy: 503,
  failed: 500,
};

/** Such problems name files of this machine: they are for its own log. */
const inward: readonly Outcome[] = ["busy", "failed"];

/**
 * A web server that takes GitHub's webhooks. A delivery counts only with a right signature, once, and it is answered
 * when it is in the database.
 */
export function createReceiver(file: HistoryFile, options: ReceiverOptions): FastifyInstance {
  const app = fastify({ bodyLimit: largest, requestTimeout: 60_000, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  // The signature is of the bytes as they came.
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.get("/healthz", () => ({ ok: true }));
  app.post(options.path, async (request, reply) => {
    const delivery = readHead(request);
    if (delivery === null) return reply.code(400).send({ error: "this is no delivery of GitHub's" });
    const told = await receive(file, request, delivery, options);
    options.onDelivery(told);
    return answer(reply, told);
  });
  return app;
}

function answer(reply: FastifyReply, { outcome, problem }: Told): FastifyReply {
  if (outcome === "busy") reply.header("retry-after", "30");
  const isTold = problem !== undefined && !inward.includes(outcome);
  return reply.code(statusOf[outcome]).send({ outcome, ...(isTold ? { problem } : {}) });
}

const headerOf = ({ headers }: FastifyRequest, name: string): string | null => {
  const value = headers[name];
  return typeof value === "string" && value !== "" ? value : null;
};

/** Id, kind and signature; null where one of them is missing. */
function readHead(request: FastifyRequest): { id: string; event: string; signature: string } | null {
  const id = headerOf(request, "x-github-delivery");
  const event = headerOf(request, "x-github-event");
  const isNamed = id !== null && event !== null && id.length <= 200;
  return isNamed ? { id, event, signature: headerOf(request, "x-hub-signature-256") ?? "" } : null;
}

async function receive(
  file: HistoryFile,
  request: FastifyRequest,
  head: { id: string; event: string; signature: string },
  { secret, now }: ReceiverOptions,
): Promise<Told> {
  const { id, event, signature } = head;
  const body = typeof request.body === "string" ? request.body : "";
  const told = { id, event, action: null, repository: null };
  const isSigned = signature !== "" && body !== "" && (await verify(secret, body, signature));
  // Of what is not GitHub's, nothing is repeated.
  if (!isSigned) return { ...told, id: "", event: "", outcome: "refused" };
  let payload: unknown;
  try {
    payload = parseJson(payloadIn(body, headerOf(request, "content-type")));
  } catch {
    return { ...told, outcome: "unread", problem: "the body is no JSON" };
  }
  const { action, repository } = (payload ?? {}) as {
    action?: unknown;
    repository?: { full_name?: unknown };
  };
  const named = {
    ...told,
    action: typeof action === "string" ? action : null,
    repository: typeof repository?.full_name === "string" ? repository.full_name : null,
  };
  return { ...named, ...(await keep(file, { id, event, at: now(), payload }, named.repository)) };
}

/** GitHub's older webhooks wrap the JSON in a form. */
const payloadIn = (body: string, type: string | null): string =>
  type?.startsWith("application/x-www-form-urlencoded")
    ? (new URLSearchParams(body).get("payload") ?? "")
    : body;

async function keep(
  file: HistoryFile,
  raw: RawDelivery,
  repository: string | null,
): Promise<Pick<Told, "outcome" | "problem">> {
  let delivery: ReturnType<typeof mapDelivery>;
  try {
    delivery = mapDelivery(raw);
  } catch (error) {
    return { outcome: "unread", problem: firstProblem(error) };
  }
  if (delivery === null) return { outcome: "nothing" };
  const found = delivery;
  for (let waited = 0; ; waited += 250) {
    try {
      // A project belongs to no repository: whose issue the card is, the node ids in each history tell.
      const stores =
        found.moves.length > 0 ? file.stores() : [file.find(repository ?? "")].filter((s) => s !== null);
      if (stores.length === 0) return { outcome: "other" };
      const isNew = stores.map((store) => store.deliver(found, raw.at)).some((one) => one);
      return { outcome: isNew ? "kept" : "known" };
    } catch (error) {
      if (!(error instanceof SprintcastError)) throw error;
      if (error.code !== "store-busy") return { outcome: "failed", problem: error.message };
      if (waited >= patience) return { outcome: "busy", problem: error.message };
      await pause(250);
    }
  }
}

function firstProblem(error: unknown): string {
  const [first] = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues ?? [];
  return first === undefined ? String(error) : `${first.path.map(String).join(".")}: ${first.message}`;
}
