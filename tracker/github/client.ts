import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";

export interface ClientOptions {
  /** Base address of the REST API; `GITHUB_API_URL` on the command line. */
  apiUrl: string;
  /** Sent as a header, and kept nowhere else. */
  token: string | null;
  signal: AbortSignal;
  /** Called after each answer, redirects and 304s included. */
  onRequest?: (answer: { status: number; url: string }) => void;
  /** Called when GitHub asks to wait: seconds, and why. */
  onWait?: (seconds: number, why: "rate limit" | "secondary limit") => void;
  /** Longest wait, in seconds, that is sat out in silence; above it the sync ends and says until when. Default 900. */
  longestWait?: number;
  /** Milliseconds that one second of waiting takes; tests wait faster. Default 1000. */
  second?: number;
  /** Tries after the first of a request that failed on the way. Default 5. */
  retries?: number;
}

export type Client = Octokit;

/**
 * Reads every answer whole before the plugins see it: JSON that was cut off on the way is a transport failure, to be
 * asked for again, where the client library would hand it on as text.
 */
function wholeAnswers(options: ClientOptions): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.text();
    options.onRequest?.({ status: response.status, url: response.url });
    if (response.ok && /\bjson\b/.test(response.headers.get("content-type") ?? "")) JSON.parse(text);
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    const bodiless = response.status === 204 || response.status === 304;
    return new Response(bodiless ? null : text, { status: response.status, headers });
  };
}

const silent = () => {};

/** GitHub through Octokit with its throttling and retry plugins; one request at a time, as GitHub asks of a client. */
export function createClient(options: ClientOptions): Client {
  const Configured = Octokit.plugin(throttling, retry);
  const longest = options.longestWait ?? 900;
  const sitOut =
    (why: "rate limit" | "secondary limit") =>
    (seconds: number, _request: unknown, _octokit: unknown, tries: number) => {
      if (seconds > longest || tries >= 4) return false;
      options.onWait?.(seconds, why);
      return true;
    };
  return new Configured({
    baseUrl: options.apiUrl.replace(/\/+$/, ""),
    ...(options.token === null ? {} : { auth: options.token }),
    userAgent: "sprintcast",
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: wholeAnswers(options), signal: options.signal },
    retry: {
      doNotRetry: [304, 400, 401, 403, 404, 410, 422, 429, 451],
      retries: options.retries ?? 5,
      retryAfterBaseValue: options.second ?? 1000,
    },
    throttle: {
      retryAfterBaseValue: options.second ?? 1000,
      onRateLimit: sitOut("rate limit"),
      onSecondaryRateLimit: sitOut("secondary limit"),
    },
  });
}
