import { describe, expect, it, test } from "vitest";
import { judgeAnswer, parseRetryAfter } from "./verdict.ts";

const judge = (status: number, body = "", retryAfter: string | null = null, readings = 1) =>
  judgeAnswer(status, retryAfter, body, { id: "f:7", readings }, 0);

describe("the eater's answer", () => {
  it("of a commit is done, with the lines that were rejected, the first five of them told", () => {
    expect(judge(200, '{"stored":1}')).toEqual({ kind: "done", rejected: 0, report: "[]" });
    const rejected = Array.from({ length: 9 }, (_, line) => ({ line }));
    expect(judge(422, JSON.stringify({ stored: 0, rejectedTotal: 12, rejected }), null, 12)).toEqual({
      kind: "done",
      rejected: 12,
      report: '[{"line":0},{"line":1},{"line":2},{"line":3},{"line":4}]',
    });
  });

  test.each([
    "<html>a captive portal</html>",
    "",
    "null",
    "[]",
    '"stored"',
    "{}",
    '{"stored":"1"}',
    '{"stored":-1}',
    '{"stored":1,"rejectedTotal":"2"}',
    '{"stored":1,"rejectedTotal":-2}',
    '{"stored":1,"rejected":{}}',
    '{"stored":1,"rejected":5}',
  ])("%j is no report, and no readings are struck off for it", (body) => {
    for (const status of [200, 422])
      expect(judge(status, body)).toMatchObject({ kind: "fatal", code: "NOT_AN_EATER" });
  });

  test.each([
    ["all stored", { stored: 5 }, 0],
    ["some known already", { stored: 2, duplicates: 3 }, 0],
    ["all known already, and named", { batch: "f:7", stored: 0, duplicates: 5 }, 0],
    ["some rejected", { batch: null, stored: 1, duplicates: 1, rejectedTotal: 3 }, 3],
    ["all rejected", { stored: 0, rejectedTotal: 5 }, 5],
  ])("is done where every reading is accounted for: %s", (_, report, rejected) => {
    expect(judge(200, JSON.stringify(report), null, 5)).toMatchObject({ kind: "done", rejected });
  });

  test.each([
    ["nothing", { stored: 0 }, /0 of 5/],
    ["too little", { stored: 4 }, /4 of 5/],
    ["too little, with duplicates", { stored: 1, duplicates: 3 }, /4 of 5/],
    ["more than was sent", { stored: 5, rejectedTotal: 5 }, /10 of 5/],
    ["more rejected than was sent", { stored: 0, rejectedTotal: 6 }, /6 of 5/],
    ["another batch, as a cache between may", { batch: "f:6", stored: 5 }, /another batch/],
  ])("strikes no reading off where it accounts for %s", (_, report, reason) => {
    for (const status of [200, 422])
      expect(judge(status, JSON.stringify(report), null, 5)).toMatchObject({
        ...{ kind: "fatal", code: "NOT_AN_EATER" },
        reason: expect.stringMatching(reason),
      });
  });

  it("to a token that it refuses ends the feeder; what is too large is split; anything else passes", () => {
    expect(judge(413).kind).toBe("split");
    for (const status of [401, 403]) {
      expect(judge(status)).toMatchObject({ kind: "fatal", code: "UNAUTHORIZED" });
      expect(judge(status)).toHaveProperty("reason", expect.stringContaining(String(status)));
    }
    for (const status of [204, 302, 400, 404, 408, 415, 429, 500, 502, 503, 504])
      expect(judge(status, "", "2")).toEqual({ kind: "retry", reason: `HTTP ${status}`, retryAfterMs: 2000 });
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 0, 1);

  test.each<[string | null, number]>([
    ["7", 7000],
    [" 7 ", 7000],
    ["0", 0],
    ["300", 300_000],
    ["301", 300_000],
    ["99999999999999999999", 300_000],
    [new Date(now + 9000).toUTCString(), 9000],
    [new Date(now).toUTCString(), 0],
    [new Date(now - 9000).toUTCString(), 0],
    [new Date(now + 366 * 24 * 3_600_000).toUTCString(), 300_000],
    ["-5", 0],
    ["soon", 0],
    ["", 0],
    [null, 0],
  ])("%j is %i ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });
});
