import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck";
import type { Access } from "./access.ts";
import { jsonIn, misdirected, untrusted, type WireListener, wholeAnswers } from "./whole-answers.ts";

export interface ClientOptions extends Pick<Access, "apiUrl" | "token">, WireListener {
  signal: AbortSignal;
  /** Called when GitHub asks to wait: seconds, and why. */
  onWait?: (seconds: number, why: "rate limit" | "secondary limit") => void;
  /** Longest wait that is sat out, seconds; above it the sync ends and says until when. Default 300. */
  longestWait?: number;
  /** Milliseconds that one second of waiting or of pace takes; tests are faster. Default 1000. */
  second?: number;
  /** Tries after the first of a request that failed on the way: after 1, 4, 9, 16 seconds. Default 4. */
  retries?: number;
}

export type Client = Octokit;

/**
 * The edition of the REST API that the mappers read; without a word GitHub gives whichever it takes for the default.
 * https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export const apiVersion = "2022-11-28";

const silent = () => {};

/** Octokit seeks integers beyond 2^53 in every value it reads, at ten times the cost of JSON.parse; GitHub sends none. */
function plainJson(octokit: Octokit): void {
  octokit.hook.wrap("request", async (request, options) => {
    const response = await request(options);
    if (!(response.data instanceof ReadableStream)) return response;
    const json = jsonIn(response.data);
    return { ...response, data: json === null ? await new Response(response.data).text() : json.value };
  });
}

/** GitHub through Octokit with its throttling and retry plugins; one request at a time, as GitHub asks of a client. */
export function createClient(options: ClientOptions): Client {
  const Configured = Octokit.plugin(plainJson, throttling, retry);
  const longest = options.longestWait ?? 300;
  const sitOut =
    (why: "rate limit" | "secondary limit") =>
    (seconds: number, _request: unknown, _octokit: unknown, tries: number) => {
      if (seconds > longest || tries >= 4) return false;
      options.onWait?.(seconds, why);
      return true;
    };
  const client = new Configured({
    baseUrl: options.apiUrl,
    ...(options.token === null ? {} : { auth: options.token }),
    userAgent: "sprintcast",
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: wholeAnswers(options), signal: options.signal, parseSuccessResponseBody: false },
    retry: {
      doNotRetry: [304, 400, 401, 403, 404, 410, misdirected, 422, 429, 451, untrusted],
      retries: options.retries ?? 4,
      retryAfterBaseValue: options.second ?? 1000,
    },
    throttle: {
      // Every server has a pace of its own.
      id: options.apiUrl,
      retryAfterBaseValue: options.second ?? 1000,
      ...(options.second === undefined ? {} : { write: pace(options.second) }),
      onRateLimit: sitOut("rate limit"),
      onSecondaryRateLimit: sitOut("secondary limit"),
    },
  });
  client.hook.before("request", ({ headers }) => {
    headers["x-github-api-version"] = apiVersion;
  });
  return client;
}

/** The plugin's pace of what is no GET, GraphQL among it: one a second, however long that takes. */
const pace = (second: number) => new Bottleneck.Group({ maxConcurrent: 1, minTime: second });

/** `owner/name` that GitHub gives a repository now; null where it does not say. */
export async function currentName(client: Client, repository: string): Promise<string | null> {
  const { data } = await client.request({ method: "GET", url: `/repos/${repository}` });
  const name = (data as { full_name?: unknown } | null)?.full_name;
  return typeof name === "string" && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : null;
}
