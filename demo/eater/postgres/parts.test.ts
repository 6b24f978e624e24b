import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commitTime, partMsOf } from "./parts.ts";
import { isTransient } from "./session.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("the time that a partition covers", () => {
  it.each([
    ["for ever", 0, DAY],
    ["two days", 2 * DAY, 2 * HOUR],
    ["an hour", HOUR, 150_000],
    ["a moment", 1, 1],
    ["as long as there are numbers", Number.MAX_SAFE_INTEGER, Math.ceil(Number.MAX_SAFE_INTEGER / 24)],
  ])("where readings are kept %s is a part of that", (_, keepMs, partMs) => {
    expect(partMsOf(keepMs)).toBe(partMs);
  });

  it("keeps nothing for more than a twenty-fourth, and a millisecond, too long", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * DAY }), (keepMs) => {
        const partMs = partMsOf(keepMs);
        expect(Number.isSafeInteger(partMs)).toBe(true);
        expect(partMs).toBeGreaterThan(0);
        expect(partMs).toBeLessThanOrEqual(keepMs / 24 + 1);
      }),
    );
  });
});

describe("the time of a commit", () => {
  const settings = { partMs: 2 * HOUR };

  it.each([
    ["now, as time goes by", 1000 * DAY, 1000 * DAY - 5, 1000 * DAY],
    ["now, at the very first", 1000 * DAY, 0, 1000 * DAY],
    [
      "that of the last one, whose machine's clock is a little ahead",
      1000 * DAY,
      1000 * DAY + 60_000,
      1000 * DAY + 60_000,
    ],
    [
      "that of the last one, at the edge of what is a little",
      1000 * DAY,
      1000 * DAY + 2 * HOUR,
      1000 * DAY + 2 * HOUR,
    ],
    ["now, where the last one's clock had run ahead", 1000 * DAY, 1000 * DAY + 2 * HOUR + 1, 1000 * DAY],
    ["now, where it had run ahead by years", 1000 * DAY, 9000 * DAY, 1000 * DAY],
  ])("is %s", (_, now, last, time) => {
    expect(commitTime(now, last, settings)).toBe(time);
  });

  it("goes back only from a clock that ran ahead by more than an hour, however short the partitions", () => {
    const instant = fc.integer({ min: 0, max: 10_000 * DAY });
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: 1, max: DAY }), (now, last, partMs) => {
        const time = commitTime(now, last, { partMs });
        expect([now, last]).toContain(time);
        if (time < last) expect(last - now).toBeGreaterThan(HOUR);
        else expect(time).toBe(Math.max(now, last));
      }),
    );
  });
});

describe("a failure that may pass", () => {
  const failure = (code: unknown, message = "of the server") => Object.assign(new Error(message), { code });

  it.each([
    ...["57P01", "57P02", "57P03", "53300", "08000", "08006", "08P01"],
    ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH", "EAI_AGAIN", "ENOENT"],
  ])("is %s: the server starts, stops, is full, or is not to be reached", (code) => {
    expect(isTransient(failure(code))).toBe(true);
  });

  it.each([
    ["a wrong password", failure("28P01")],
    ["no such database", failure("3D000")],
    ["no right to make a schema", failure("42501")],
    ["a full disk", failure("53100")],
    ["a quotient that is too small", failure("22003")],
    ["a code that only contains one of those", failure("x53300x")],
    ["a certificate that is not trusted", failure("SELF_SIGNED_CERT_IN_CHAIN")],
    ["no code at all", new Error("something")],
    ["what is no error", "timeout"],
    ["nothing", undefined],
  ])("is not %s, which trying again does not mend", (_, error) => {
    expect(isTransient(error)).toBe(false);
  });

  it.each([
    "timeout expired",
    "Query read timeout",
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
  ])("is told by its words where it has no code: %s", (message) => {
    expect(isTransient(new Error(message))).toBe(true);
  });
});
