import { parseJson } from "../core/model/parse-json.ts";

/** What happens on the wire, told as it happens. */
export interface WireListener {
  /** After each answer, redirects and 304s included. `at`: the server's time, epoch ms; NaN where it gave none. */
  onRequest?: (answer: { status: number; url: string; at: number; headers: Headers }) => void;
  /** No whole answer came, or a fault of the server; the request will be tried again if tries are left. */
  onTrouble?: (what: string) => void;
  /** GitHub answered from another address: the repository was renamed or moved. */
  onMoved?: () => void;
}

/** Longest silence of a connection, milliseconds. */
const patience = 60_000;
const redirects = [301, 302, 307, 308];
/** Stands for a redirect to another server, which is not followed (RFC 9110, «misdirected request»). */
export const misdirected = 421;
/** Stands for a server whose certificate is not trusted; its message is Node's code. Asking again would not help. */
export const untrusted = 526;

/** What Node says of a certificate that it does not trust. */
const distrust = /^(CERT_|ERR_TLS_CERT|SELF_SIGNED_CERT|DEPTH_ZERO_SELF|UNABLE_TO_(GET_ISSUER|VERIFY))/;

/**
 * A fetch that hands on whole answers only. JSON that was cut off on the way is a failed transport, to be asked for
 * again, where the client library would hand it on as text. Redirects are followed on the same server alone, so that
 * the token goes nowhere else; a request that asks for `redirect: "manual"` is handed them as they are.
 */
export function wholeAnswers(listener: WireListener): typeof fetch {
  return async (input, init) => {
    try {
      const response = await followed(String(input), init ?? {}, listener);
      if (response.status >= 500) listener.onTrouble?.(`GitHub answered ${response.status}`);
      return response;
    } catch (error) {
      const code = (error as { cause?: { code?: unknown } }).cause?.code;
      if (typeof code === "string" && distrust.test(code))
        return Response.json({ message: code }, { status: untrusted });
      if ((error as Error).name !== "AbortError") listener.onTrouble?.("the connection broke");
      throw error;
    }
  };
}

async function followed(from: string, init: RequestInit, listener: WireListener): Promise<Response> {
  let url = from;
  for (let hops = 0; ; hops += 1) {
    const signal = AbortSignal.any([
      ...(init.signal == null ? [] : [init.signal]),
      AbortSignal.timeout(patience),
    ]);
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    const text = await response.text();
    const at = Date.parse(response.headers.get("date") ?? "");
    listener.onRequest?.({ status: response.status, url, at, headers: response.headers });
    if (!redirects.includes(response.status) || init.redirect === "manual" || hops === 3)
      return whole(response, text);
    const target = new URL(response.headers.get("location") ?? "", url);
    if (target.origin !== new URL(url).origin) return new Response(null, { status: misdirected });
    listener.onMoved?.();
    url = target.href;
  }
}

const isJson = (contentType: string | null | undefined): boolean => /\bjson\b/.test(contentType ?? "");

/** What bodies hold that were read to see whether they are whole, so that none is read twice. */
const known = new WeakMap<ReadableStream, { value: unknown }>();

/** The JSON of a body that came through {@link wholeAnswers}; null: it is of another kind. */
export const jsonIn = (body: ReadableStream): { value: unknown } | null => known.get(body) ?? null;

/** Throws SyntaxError where the body is not the JSON that it says it is. */
function whole(response: Response, text: string): Response {
  const isRead = response.ok && isJson(response.headers.get("content-type"));
  const json = isRead ? { value: parseJson(text) } : null;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const bodiless = response.status === 204 || response.status === 304;
  const body = bodiless ? null : asksToWait(response, text) ? waitAsked : text;
  inSeconds(headers);
  byOwnClock(headers);
  const answer = new Response(body, { status: response.status, headers });
  if (json !== null && answer.body !== null) known.set(answer.body, json);
  return answer;
}

/** A wait may be told as a date, by the server's own clock (RFC 9110, 10.2.3); the client library knows seconds alone. */
function inSeconds(headers: Headers): void {
  const told = headers.get("retry-after");
  if (told === null || /^\d+$/.test(told)) return;
  const until = Date.parse(told);
  const date = Date.parse(headers.get("date") ?? "");
  const now = Number.isNaN(date) ? Date.now() : date;
  if (Number.isNaN(until)) headers.delete("retry-after");
  else headers.set("retry-after", String(Math.max(1, Math.ceil((until - now) / 1000))));
}

/** Under this name stands when the hourly limit is lifted as the server says it, seconds since 1970. */
const resetTold = "x-ratelimit-reset-told";

/** When the hourly limit is lifted as the server says it, for people; `x-ratelimit-reset` itself is for waiting alone. */
export const toldReset = (
  headers: Record<string, string | number | undefined>,
): string | number | undefined => headers[resetTold] ?? headers["x-ratelimit-reset"];

/** The hour after which the hourly limit is lifted at the latest, and a little for clocks of servers that differ, seconds. */
const longestHour = 65 * 60;

/**
 * When the hourly limit is lifted is told by the server's clock, and the client library counts down to it by this
 * machine's, which may be hours off: then it would not wait at all, or give up where there is hardly a wait. Where no
 * hourly limit ends that long after the answer's date, the date is of another clock, such as a proxy's, and tells nothing.
 */
function byOwnClock(headers: Headers): void {
  const reset = headers.get("x-ratelimit-reset");
  const date = Date.parse(headers.get("date") ?? "");
  if (reset === null || !/^\d+$/.test(reset) || Number.isNaN(date)) return;
  const left = Number(reset) - date / 1000;
  if (left <= 0 || left > longestHour) return;
  headers.set(resetTold, reset);
  headers.set("x-ratelimit-reset", String(Math.round(Date.now() / 1000 + left)));
}

const waitAsked = JSON.stringify({ message: "a secondary rate limit, told by its status alone" });

/**
 * The throttling plugin knows a secondary limit by its message alone, while GitHub promises no more than status 403
 * or 429, mostly with `retry-after`, and a proxy on the way speaks in words of its own.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function asksToWait({ status, headers }: Response, text: string): boolean {
  const told = status === 429 || (status === 403 && (headers.has("retry-after") || olderWords.test(text)));
  return told && headers.get("x-ratelimit-remaining") !== "0" && !/\bsecondary rate\b/i.test(text);
}

/** What an older Enterprise Server calls a secondary limit. */
const olderWords = /\babuse detection mechanism\b/i;
