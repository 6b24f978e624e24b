import {
  ExponentialBackoff,
  fullJitterGenerator,
  handleType,
  type IBackoff,
  type IBackoffFactory,
  type IRetryBackoffContext,
  retry,
} from "cockatiel";
import { DemoError } from "../errors.ts";
import { OptionError } from "../options/options.ts";
import type { OutboxEntry } from "./outbox.ts";
import { judgeAnswer, type Verdict } from "./verdict.ts";

/** The eater's answer shows that going on is useless. */
export class FeederError extends DemoError<"UNAUTHORIZED" | "NOT_AN_EATER" | "CERTIFICATE"> {
  override name = "FeederError";
}

/** The batch was not taken, and may be later. */
class TryLater extends DemoError<"TRY_LATER"> {
  override name = "TryLater";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number, options?: ErrorOptions) {
    super("TRY_LATER", message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface SenderSettings {
  /** Where the eater listens; `/ingest` is appended. */
  url: string;
  token: string;
  timeoutMs: number;
  backoffFirstMs: number;
  backoffMaxMs: number;
}

export type Sent = Extract<Verdict, { kind: "done" | "split" }>;

/**
 * Makes the function that sends one batch until the eater has answered for good. What was said to be tried later is
 * tried again after what Retry-After asks, and a random part of a delay that doubles up to `backoffMaxMs` (full
 * jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), the same bytes under the same id.
 * @throws OptionError for a url or token that cannot be used
 */
export function createSender(
  settings: SenderSettings,
  clock: () => number,
  onRetry: (reason: string, delayMs: number) => void,
) {
  const target = targetOf(settings);
  const policy = retry(handleType(TryLater), {
    maxAttempts: Number.POSITIVE_INFINITY,
    backoff: afterAsked(
      new ExponentialBackoff({
        generator: fullJitterGenerator,
        initialDelay: settings.backoffFirstMs,
        maxDelay: settings.backoffMaxMs,
      }),
    ),
  });
  policy.onRetry((event) => {
    onRetry("error" in event ? event.error.message : "no answer", event.delay);
  });

  async function attempt(entry: OutboxEntry, stop: AbortSignal): Promise<Sent> {
    const verdict = await post(entry, stop);
    if (verdict.kind === "retry") throw new TryLater(verdict.reason, verdict.retryAfterMs);
    if (verdict.kind === "fatal") throw new FeederError(verdict.code, verdict.reason);
    return verdict;
  }

  async function post(entry: OutboxEntry, stop: AbortSignal): Promise<Verdict> {
    try {
      const response = await fetch(target, {
        method: "POST",
        headers: {
          "content-type": "application/x-ndjson",
          authorization: `Bearer ${settings.token}`,
          "idempotency-key": entry.id,
        },
        body: entry.body,
        // On the way a batch would lose its body (301), or its token (308 to another host).
        redirect: "manual",
        signal: AbortSignal.any([stop, AbortSignal.timeout(settings.timeoutMs)]),
      });
      const text = await response.text();
      const verdict = judgeAnswer(response.status, response.headers.get("retry-after"), text, entry, clock());
      return verdict.kind === "retry" ? { ...verdict, reason: verdict.reason + leadsTo(response) } : verdict;
    } catch (cause) {
      const code = codeOf(cause);
      if (code !== null && UNTRUSTED.has(code)) throw untrusted(target, code, cause);
      throw new TryLater(reasonOf(cause), 0, { cause });
    }
  }

  /** @throws FeederError; rejects as well when `stop` aborts first */
  return (entry: OutboxEntry, stop: AbortSignal): Promise<Sent> =>
    policy.execute(() => attempt(entry, stop), stop);
}

/** Where an answer leads that is no answer, for who reads the log. */
function leadsTo({ headers, url }: Response): string {
  const location = headers.get("location");
  if (location === null || !URL.canParse(location, url || undefined)) return "";
  const { origin, pathname } = new URL(location, url || undefined);
  return `, which leads to ${origin}${pathname}; --url may name that host`;
}

/**
 * What `fetch` would refuse at every attempt is refused here, once, and without a word of it: its own messages quote
 * password and token.
 */
function targetOf({ url, token }: SenderSettings): URL {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base?.protocol !== "http:" && base?.protocol !== "https:") {
    const shown = url.includes("@") ? "" : `, not "${url}"`;
    throw new OptionError(`--url takes http://host:port or https://host${shown}`);
  }
  if (base.username !== "" || base.password !== "") {
    throw new OptionError("--url takes no user and password; the eater knows a feeder by its token");
  }
  if (base.search !== "" || base.hash !== "") {
    throw new OptionError("--url takes an address without ? and #: /ingest is appended to it");
  }
  if (!/^[\w.~+/=-]{1,512}$/.test(token)) {
    throw new OptionError(
      "--token holds characters that no token has; copy what eater token add printed, whole",
    );
  }
  base.pathname = `${base.pathname.replace(/\/+$/, "")}/ingest`;
  return base;
}

function afterAsked(inner: IBackoffFactory<unknown>): IBackoffFactory<IRetryBackoffContext<unknown>> {
  return {
    next(context): IBackoff<IRetryBackoffContext<unknown>> {
      const step = inner.next(context);
      const { result } = context;
      const asked = "error" in result && result.error instanceof TryLater ? result.error.retryAfterMs : 0;
      return { duration: asked + step.duration, next: (later) => afterAsked(step).next(later) };
    },
  };
}

/** Why a certificate will not be trusted by the next attempt either; one that is too old may be renewed meanwhile. */
const UNTRUSTED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function untrusted({ host }: URL, code: string, cause: unknown): FeederError {
  const help =
    code === "ERR_TLS_CERT_ALTNAME_INVALID"
      ? "give --url the name that it bears"
      : "name the authority that signed it in NODE_EXTRA_CA_CERTS (a PEM file)";
  return new FeederError("CERTIFICATE", `the certificate of ${host} is not trusted (${code}); ${help}`, {
    cause,
  });
}

function codeOf(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && "code" in cause ? String(cause.code) : null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  return `${error.message}${code === null ? "" : ` (${code})`}`;
}
