import { afterEach, describe, expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import {
  jsonIn,
  misdirected,
  toldReset,
  untrusted,
  type WireListener,
  wholeAnswers,
} from "./whole-answers.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

interface Told {
  status?: number;
  headers?: Record<string, string>;
  body?: string | null;
}

const json = { "content-type": "application/json; charset=utf-8" };

/** Puts a server in place of the network that gives these answers one after the other; `asked`: for what. */
function serve(...answers: (Told | Error)[]): { asked: { url: string; init: RequestInit }[] } {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers[asked.length - 1] ?? expect.fail("asked once more than there are answers");
    if (answer instanceof Error) throw answer;
    return new Response(answer.body ?? null, { status: answer.status ?? 200, headers: answer.headers ?? {} });
  });
  return { asked };
}

const ask = (listener: WireListener = {}, init: RequestInit = {}) =>
  wholeAnswers(listener)("https://api.example.org/a", init);

/** Of a refusal with that header, told at noon: the seconds to wait that are handed on. */
async function waitTold(retryAfter: string, more: Record<string, string> = {}): Promise<string | null> {
  serve({ status: 429, headers: { "retry-after": retryAfter, ...more } });
  return (await ask()).headers.get("retry-after");
}

describe("how long GitHub asks to wait", () => {
  const noon = { date: "Sun, 04 Jan 2026 12:00:00 GMT" };

  test.each([
    ["7", "7"],
    ["0", "0"],
    ["Sun, 04 Jan 2026 12:01:30 GMT", "90"],
    ["Sunday, 04-Jan-26 12:01:30 GMT", "90"],
    ["Sun, 04 Jan 2026 12:00:00 GMT", "1"],
    ["Sat, 03 Jan 2026 12:00:00 GMT", "1"],
    ["soon", null],
    ["", null],
  ])("%j is %j seconds by the server's clock", async (told, seconds) => {
    expect(await waitTold(told, noon)).toBe(seconds);
  });

  test("a date is held against our clock where the server gives none, or one that is no date", async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    for (const date of [null, "today"]) {
      const seconds = Number(await waitTold(inAMinute, date === null ? {} : { date }));
      expect(seconds).toBeGreaterThan(30);
      expect(seconds).toBeLessThanOrEqual(60);
    }
  });

  test("a date is sat out as long as it says, and is told in seconds", async () => {
    const later = "Sun, 04 Jan 2026 12:01:30 GMT";
    serve({ status: 429, headers: { ...noon, "retry-after": later } }, { headers: json, body: "[1]" });
    const waits: [number, string][] = [];
    const client = createClient({
      apiUrl: "https://dated.example.org",
      token: null,
      signal: new AbortController().signal,
      second: 0.001,
      onWait: (seconds, why) => waits.push([seconds, why]),
    });
    expect((await client.request("GET /a")).data).toEqual([1]);
    expect(waits).toEqual([[90, "secondary limit"]]);
  });
});

describe("when the hourly limit is lifted", () => {
  const hour = 3600;
  /** The answer's date and the reset are these seconds from now; gives the header that is handed on, in the same way. */
  async function handedOn(dateIn: number, resetIn: number) {
    const now = Math.floor(Date.now() / 1000);
    const date = new Date((now + dateIn) * 1000).toUTCString();
    const reset = String(now + resetIn);
    serve({ status: 403, headers: { date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset } });
    const { headers } = await ask();
    const isTold = toldReset(Object.fromEntries(headers)) === reset;
    return { in: Number(headers.get("x-ratelimit-reset")) - now, isTold };
  }

  test.each([0, 60, 3 * hour, -3 * hour, 400 * 24 * hour, -400 * 24 * hour])(
    "is told by a server whose clock is %i seconds ahead, and counted by our own",
    async (ahead) => {
      for (const left of [1, 100, hour, hour + 60]) {
        const found = await handedOn(ahead, ahead + left);
        expect(found.isTold).toBe(true);
        expect(Math.abs(found.in - left)).toBeLessThanOrEqual(5);
      }
    },
  );

  test.each([
    ["two days ahead", 48 * hour],
    ["as late as the limit's end", 100],
    ["two hours behind", -2 * hour],
    ["of 1970", -Math.floor(Date.now() / 1000)],
  ])("stays as it is told where the date is another clock's, %s", async (_, dateIn) => {
    expect(await handedOn(dateIn, 100)).toEqual({ in: 100, isTold: true });
  });
});

describe("a whole answer", () => {
  test("is handed on as it came, but for what was true on the wire alone", async () => {
    serve({
      headers: { ...json, etag: '"x"', "content-encoding": "gzip", "content-length": "3" },
      body: '{"ä":"🦊"}',
    });
    const answer = await ask();
    expect([...answer.headers.keys()].sort()).toEqual(["content-type", "etag"]);
    expect(await answer.json()).toEqual({ ä: "🦊" });
  });

  test("is parsed once, whoever asks for it", async () => {
    serve({ headers: json, body: '[{"number": 1}, {"number": 9007199254740993}]' });
    const client = createClient({
      apiUrl: "https://once.example.org",
      token: null,
      signal: new AbortController().signal,
      second: 0.001,
    });
    const parse = vi.spyOn(JSON, "parse");
    const { data } = await client.request("GET /a");
    expect(data).toEqual([{ number: 1 }, { number: 9007199254740992 }]);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  test.each([
    [{ headers: { "content-type": "text/html" }, body: "<html>" }, "<html>"],
    [{ headers: {}, body: "[1" }, "[1"],
    [{ headers: json, body: "null" }, null],
    [{ headers: json, body: '"text"' }, "text"],
    [{ headers: { "content-type": "application/vnd.github+json" }, body: "[]" }, []],
  ])("%j is read as %j", async (told, data) => {
    serve(told);
    const client = createClient({
      apiUrl: "https://kinds.example.org",
      token: null,
      signal: new AbortController().signal,
      second: 0.001,
    });
    expect((await client.request("GET /a")).data).toEqual(data);
  });

  test.each([204, 304])("without a body (%i) is none", async (status) => {
    serve({ status });
    expect((await ask()).body).toBe(null);
  });

  test("that was cut off is a failed transport, and one that is empty too", async () => {
    for (const body of ['[{"number": 1', ""]) {
      const troubles: string[] = [];
      serve({ headers: json, body });
      await expect(ask({ onTrouble: (what) => troubles.push(what) })).rejects.toBeInstanceOf(SyntaxError);
      expect(troubles).toEqual(["the connection broke"]);
    }
  });

  test("of a refusal may be anything, even when it says that it is JSON", async () => {
    serve({ status: 404, headers: json, body: "{cut" });
    expect(await (await ask()).text()).toBe("{cut");
  });

  test("is not remembered for a body that did not come this way", () => {
    expect(jsonIn(new ReadableStream())).toBe(null);
  });
});

describe("redirects", () => {
  const to = (location: string, status = 301): Told => ({ status, headers: { location } });

  test.each([301, 302, 307, 308])(
    "%i is followed on the same server, with the same headers",
    async (status) => {
      const { asked } = serve(to("/b?page=2", status), { headers: json, body: "[]" });
      let moved = 0;
      const headers = { authorization: "token t" };
      expect((await ask({ onMoved: () => (moved += 1) }, { headers })).status).toBe(200);
      expect(asked.map(({ url }) => url)).toEqual([
        "https://api.example.org/a",
        "https://api.example.org/b?page=2",
      ]);
      expect(asked[1]?.init.headers).toBe(headers);
      expect(moved).toBe(1);
    },
  );

  test.each([
    "https://elsewhere.example.org/a",
    "http://api.example.org/a",
    "https://api.example.org:8443/a",
    "//elsewhere.example.org/a",
    "https://api.example.org@elsewhere.example.org/a",
  ])("to %s would show the token to another server, and is not followed", async (location) => {
    const { asked } = serve(to(location));
    expect((await ask()).status).toBe(misdirected);
    expect(asked).toHaveLength(1);
  });

  test("that lead round in a ring end", async () => {
    const { asked } = serve(to("/b"), to("/a"), to("/b"), to("/a"));
    expect((await ask()).status).toBe(301);
    expect(asked).toHaveLength(4);
  });

  test("are handed on as they are to whoever asks for them", async () => {
    const { asked } = serve(to("https://elsewhere.example.org/a"));
    const answer = await ask({}, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([301, "https://elsewhere.example.org/a"]);
    expect(asked).toHaveLength(1);
  });
});

describe("what asks to wait without GitHub's words", () => {
  const isWait = async (told: Told) => {
    serve(told);
    return /secondary rate/.test(await (await ask()).text());
  };

  test.each<[string, Told, boolean]>([
    ["429", { status: 429, body: "Slow down" }, true],
    ["403 with a wait", { status: 403, headers: { "retry-after": "5" } }, true],
    ["403 with a wait told as no time", { status: 403, headers: { "retry-after": "soon" } }, true],
    ["403 in an older server's words", { status: 403, body: "an abuse detection mechanism" }, true],
    ["403 alone", { status: 403, body: "no" }, false],
    ["the hourly limit", { status: 429, headers: { "x-ratelimit-remaining": "0" }, body: "x" }, false],
    ["503 with a wait", { status: 503, headers: { "retry-after": "5" } }, false],
    ["200", { body: "an abuse detection mechanism" }, false],
  ])("%s", async (_, told, expected) => {
    expect(await isWait(told)).toBe(expected);
  });
});

describe("what is told of the wire", () => {
  test("every answer with the server's time, each hop by itself", async () => {
    const date = "Sun, 04 Jan 2026 12:00:00 GMT";
    serve({ status: 302, headers: { location: "/b" } }, { headers: { date } });
    const told: [number, string, number][] = [];
    await ask({ onRequest: ({ status, url, at }) => told.push([status, url, at]) });
    expect(told).toEqual([
      [302, "https://api.example.org/a", Number.NaN],
      [200, "https://api.example.org/b", Date.parse(date)],
    ]);
  });

  test("a fault of the server, and a connection that broke, but no interruption", async () => {
    const troubles: string[] = [];
    const onTrouble = (what: string) => troubles.push(what);
    serve({ status: 502 });
    await ask({ onTrouble });
    serve(new TypeError("fetch failed"));
    await expect(ask({ onTrouble })).rejects.toThrow("fetch failed");
    serve(new DOMException("stopped", "AbortError"));
    await expect(ask({ onTrouble })).rejects.toThrow("stopped");
    expect(troubles).toEqual(["GitHub answered 502", "the connection broke"]);
  });

  test.each(["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"])(
    "a certificate that is not trusted (%s) is an answer, since asking again would not help",
    async (code) => {
      serve(Object.assign(new TypeError("fetch failed"), { cause: { code } }));
      const answer = await ask();
      expect(answer.status).toBe(untrusted);
      expect(await answer.json()).toEqual({ message: code });
    },
  );
});
