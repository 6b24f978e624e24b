import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OptionError } from "../options/options.ts";
import type { OutboxEntry } from "./outbox.ts";
import { createSender, FeederError, type SenderSettings } from "./sender.ts";

const settings: SenderSettings = {
  url: "http://eater.example:8787",
  token: "sct_0123456789",
  timeoutMs: 5000,
  backoffFirstMs: 100,
  backoffMaxMs: 1000,
};
const entry: OutboxEntry = { id: "f:7", body: '{"a":1}\n', readings: 1, notBefore: 0 };
const report = (rejectedTotal = 0) =>
  Response.json({
    stored: 1 - rejectedTotal,
    rejectedTotal,
    rejected: rejectedTotal > 0 ? [{ line: 1 }] : [],
  });
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response(code === 304 ? null : "no", { status: code, headers });

/** What was sent, and when: epoch ms. */
interface Asked {
  url: string;
  at: number;
  body: unknown;
  headers: Headers;
  redirect: RequestInit["redirect"];
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 });
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const late = new AbortController();
    setTimeout(() => late.abort(new DOMException("too late", "TimeoutError")), ms);
    return late.signal;
  });
  // The jitter: the longest that a delay may be, less a hair.
  vi.spyOn(Math, "random").mockReturnValue(0.999_999);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Answer = (signal: AbortSignal) => Response | Promise<Response>;

/** Sends one entry to an eater that gives these answers, the last of them for ever. */
function send(answers: Answer[], changes: Partial<SenderSettings> = {}) {
  const asked: Asked[] = [];
  const retries: string[] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit & { signal: AbortSignal }) => {
    init.signal.throwIfAborted();
    const { body, redirect } = init;
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push({ url: String(url), at: Date.now(), body, headers: new Headers(init.headers), redirect });
    if (answer === undefined) throw new TypeError("the test has no answer");
    return answer(init.signal);
  });
  const stop = new AbortController();
  const sender = createSender({ ...settings, ...changes }, Date.now, (reason) => retries.push(reason));
  const sent = sender(entry, stop.signal);
  const outcome = sent.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  return { asked, retries, stop, outcome };
}

const never: Answer = (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
const broken =
  (code: string): Answer =>
  () =>
    Promise.reject(
      new TypeError("fetch failed", { cause: Object.assign(new Error("of the system"), { code }) }),
    );

describe("a batch", () => {
  it("goes to the eater's ingest under its own id, whatever stands before it", async () => {
    for (const [url, target] of [
      ["http://eater.example:8787", "http://eater.example:8787/ingest"],
      ["https://eater.example/", "https://eater.example/ingest"],
      ["https://gate.example/team/demo", "https://gate.example/team/demo/ingest"],
      ["https://gate.example/team/demo/", "https://gate.example/team/demo/ingest"],
    ]) {
      const { asked, outcome } = send([() => report()], { url });
      expect(await outcome).toMatchObject({ value: { kind: "done", rejected: 0 } });
      expect(asked).toEqual([expect.objectContaining({ url: target, body: entry.body })]);
      expect(Object.fromEntries(asked[0]?.headers ?? [])).toEqual({
        "content-type": "application/x-ndjson",
        authorization: "Bearer sct_0123456789",
        "idempotency-key": "f:7",
      });
    }
  });

  it("is sent again, the same under the same id, until it is answered for good", async () => {
    const { asked, retries, outcome } = send([
      () => status(503),
      broken("ECONNREFUSED"),
      () => status(429),
      () => status(404),
      () => report(1),
    ]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await outcome).toMatchObject({ value: { kind: "done", rejected: 1 } });
    expect(new Set(asked.map(({ body, headers }) => `${body}${headers.get("idempotency-key")}`)).size).toBe(
      1,
    );
    expect(retries).toEqual(["HTTP 503", "fetch failed (ECONNREFUSED)", "HTTP 429", "HTTP 404"]);
  });

  it("that is too large comes back to be split, at once", async () => {
    const { asked, outcome } = send([() => status(413)]);
    expect([await outcome, asked.length]).toEqual([{ value: { kind: "split" } }, 1]);
  });

  it("is not waited for longer than one attempt may take", async () => {
    const { asked, outcome } = send([never, () => report()]);
    await vi.advanceTimersByTimeAsync(4999);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1101);
    expect(asked).toHaveLength(2);
    expect(await outcome).toHaveProperty("value");
  });

  it("is let go once the feeder is to stop, in an attempt and between two", async () => {
    for (const answer of [never, () => status(503)]) {
      const { stop, outcome, asked } = send([answer]);
      await vi.advanceTimersByTimeAsync(10);
      stop.abort();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await outcome).toHaveProperty("error");
      expect(asked).toHaveLength(1);
    }
  });
});

describe("the pause between two attempts", () => {
  const pausesOf = (asked: readonly Asked[]) =>
    asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));

  it("has a bound that doubles up to the longest, of which jitter takes a part", async () => {
    const { asked } = send([() => status(503)]);
    await vi.advanceTimersByTimeAsync(30_000);
    const pauses = pausesOf(asked);
    for (const pause of pauses) expect(pause).toBeLessThanOrEqual(1000);
    expect(Math.max(...pauses)).toBeGreaterThan(900);
    expect(pauses[0]).toBeLessThanOrEqual(100);
    vi.mocked(Math.random).mockReturnValue(0);
    const eager = send([() => status(503), () => status(503), () => report()]);
    await vi.advanceTimersByTimeAsync(10);
    expect(eager.asked).toHaveLength(3);
  });

  it("is as long as Retry-After asks, in seconds or by a date, and that of the answer before alone", async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { asked } = send([
      () => status(503, { "retry-after": "20" }),
      () => status(503, { "retry-after": date }),
      () => status(503),
    ]);
    await vi.advanceTimersByTimeAsync(70_000);
    const [first = 0, second = 0, third = 0] = pausesOf(asked);
    expect([first >= 20_000, first <= 20_100]).toEqual([true, true]);
    expect([second >= 38_000, second <= 40_400]).toEqual([true, true]);
    expect(third).toBeLessThanOrEqual(1000);
  });
});

describe("what sending again cannot mend ends the feeder", () => {
  it.each([
    ["a token that is refused", () => status(401), "UNAUTHORIZED", /eater token add/],
    ["an answer that is no report", () => new Response("<html>"), "NOT_AN_EATER", /no ingest report/],
    ["a certificate of its own", broken("DEPTH_ZERO_SELF_SIGNED_CERT"), "CERTIFICATE", /NODE_EXTRA_CA_CERTS/],
    ["another's certificate", broken("ERR_TLS_CERT_ALTNAME_INVALID"), "CERTIFICATE", /name that it bears/],
  ] as const)("%s", async (_, answer, code, message) => {
    const { asked, outcome } = send([answer]);
    const { error } = (await outcome) as { error: FeederError };
    expect([error instanceof FeederError, error.code, asked.length]).toEqual([true, code, 1]);
    expect(error.message).toMatch(message);
  });

  it("but not a certificate that has run out, which may be renewed", async () => {
    const { outcome } = send([broken("CERT_HAS_EXPIRED"), () => report()]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await outcome).toHaveProperty("value");
  });
});

describe("an address that leads elsewhere", () => {
  it.each([301, 302, 303, 307, 308])(
    "is not followed: HTTP %i would lose the body, or the token",
    async (code) => {
      const { asked, retries, outcome } = send([
        () => status(code, { location: "https://eater.example/ingest" }),
        () => report(),
      ]);
      await vi.advanceTimersByTimeAsync(1000);
      expect(await outcome).toHaveProperty("value");
      expect(asked.map(({ redirect }) => redirect)).toEqual(["manual", "manual"]);
      expect(retries).toEqual([
        `HTTP ${code}, which leads to https://eater.example/ingest; --url may name that host`,
      ]);
    },
  );
});

describe("settings that cannot be used", () => {
  const refused = (changes: Partial<SenderSettings>): string => {
    try {
      createSender({ ...settings, ...changes }, Date.now, () => {});
      return "";
    } catch (error) {
      expect(error).toBeInstanceOf(OptionError);
      return (error as Error).message;
    }
  };

  it.each([
    "eater.example:8787",
    "localhost:8787",
    "ftp://eater.example",
    "http://",
    "http://eater.example:99999",
    "",
    "http://eater.example/?team=1",
    "http://eater.example/demo#x",
  ])("are refused at once: --url %s", (url) => {
    expect(refused({ url })).toMatch(/--url takes/);
  });

  it.each([
    "http://me:secret@eater.example",
    "http://:secret@eater.example",
    "http://me:secret@eater.example:99999",
    "http://me:sec ret@[::1",
    "me:secret@eater.example:8787",
    "//me:secret@eater.example",
  ])("are refused without a word of the password: %s", (url) => {
    const message = refused({ url });
    expect(message).toMatch(/--url/);
    expect(message).not.toMatch(/secret|sec ret/);
  });

  it.each(["", "two words", "line\nbreak", "sct_é", "a".repeat(513)])(
    "a token like %j, which is not repeated",
    (token) => {
      const message = refused({ token });
      expect(message).toMatch(/--token/);
      if (token !== "") expect(message).not.toContain(token);
    },
  );
});
