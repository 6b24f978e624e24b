import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defaultOptions,
  envOf,
  flagOf,
  OptionError,
  type OptionKey,
  options,
  parseOption,
} from "./options.ts";
import type { OptionSpec } from "./spec.ts";

type Numeric = Extract<OptionSpec, { min: number }>;

const specs = Object.entries(options) as [OptionKey, OptionSpec][];
const numeric = specs.filter((entry): entry is [OptionKey, Numeric] => entry[1].kind !== "text");

function refusalOf(key: OptionKey, text: string): string {
  try {
    return `no refusal, but ${parseOption(key, text)}`;
  } catch (error) {
    if (error instanceof OptionError) return error.message;
    throw error;
  }
}

describe("a number", () => {
  it("may be the smallest and the largest of its option, and none beyond; the refusal says all three", () => {
    for (const [key, { kind, min, max }] of numeric) {
      expect([parseOption(key, String(min)), parseOption(key, String(max))]).toEqual([min, max]);
      const step = kind === "integer" ? 1 : 0.001;
      for (const beyond of [
        String(min - step),
        max === Number.MAX_SAFE_INTEGER ? "1e300" : String(max + step),
      ]) {
        const what = kind === "integer" ? "a whole number" : "a number";
        expect(refusalOf(key, beyond)).toBe(
          `${flagOf(key)} takes ${what} from ${min} to ${max}, not "${beyond}"`,
        );
      }
    }
  });

  it("is whole where a count, a time or a port is", () => {
    for (const [key, { kind, min }] of numeric) {
      const text = String(min + 0.5);
      if (kind === "integer") expect(refusalOf(key, text)).toContain(`not "${text}"`);
      else expect(parseOption(key, text)).toBe(min + 0.5);
    }
  });

  it("is no word, no unit and nothing", () => {
    const words = [
      "",
      " ",
      "\t",
      "five",
      "1000ms",
      "10%",
      "1,000",
      "1_000",
      "1 000",
      "--1",
      "null",
      "true",
      "٣",
    ];
    for (const [key] of numeric)
      for (const text of [...words, "NaN", "Infinity", "-Infinity"])
        expect(refusalOf(key, text), key).toContain(`not "${text}"`);
  });

  it("of any option that is taken lies within its limits, whatever is written", () => {
    const anyText = fc.oneof(fc.string(), fc.double().map(String), fc.maxSafeInteger().map(String));
    fc.assert(
      fc.property(fc.constantFrom(...numeric), anyText, ([key, { kind, min, max }], text) => {
        let value: string | number;
        try {
          value = parseOption(key, text);
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
          return;
        }
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        if (kind === "integer") expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  it("of milliseconds for a timer is none that Node would take for 1", () => {
    // Longer than 2 ** 31 - 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
    for (const key of [
      "rateWindowMs",
      "deriveEveryMs",
      "flushMs",
      "timeoutMs",
      "serviceTimeoutMs",
    ] as const) {
      expect(parseOption(key, "2147483647")).toBe(2 ** 31 - 1);
      expect(refusalOf(key, "2147483648")).toContain("to 2147483647");
    }
  });
});

describe("a text", () => {
  it("of which there are several to choose is one of them as it is written, and the refusal names them", () => {
    expect(parseOption("logLevel", "silent")).toBe("silent");
    for (const text of ["", "INFO", " info", "verbose"])
      expect(refusalOf("logLevel", text)).toBe(
        `--log-level takes one of fatal, error, warn, info, debug, trace, silent, not "${text}"`,
      );
  });

  it.each([
    ...([
      "host",
      "operatorHost",
      "db",
      "bus",
      "snapshot",
      "natsStream",
      "natsSubject",
      "snapshotPrefix",
    ] as const),
    ...(["url", "liveUrl", "keep", "keepRollups"] as const),
  ])(
    "of --%s is not nothing, as of a variable that is set and empty: no address would be all addresses",
    (key) => {
      for (const text of ["", " ", "\t"])
        expect(refusalOf(key, text)).toBe(
          `${flagOf(key)} takes a text that is not empty; unset ${envOf(key)} for ${options[key].default}`,
        );
    },
  );

  it("without a value of its own may be nothing, where that means something or its reader says what is wrong", () => {
    for (const key of ["origins", "hosts", "trustedProxies", "mqttMap", "store", "token"] as const)
      expect(parseOption(key, "")).toBe("");
  });

  it("is taken as it is, blanks and all", () => {
    for (const text of ["", " a b ", "a=b", "0"]) expect(parseOption("operatorToken", text)).toBe(text);
  });
});

it("no two options share a flag or a variable, and each is what its key says", () => {
  expect(new Set(specs.map(([key]) => flagOf(key))).size).toBe(specs.length);
  expect(new Set(specs.map(([key]) => envOf(key))).size).toBe(specs.length);
  expect([flagOf("maxBodyBytes"), envOf("maxBodyBytes")]).toEqual([
    "--max-body-bytes",
    "SPRINTCAST_DEMO_MAX_BODY_BYTES",
  ]);
});

it("the eater, as it comes, keeps minutes for longer than readings, and can judge a series in its window", () => {
  const { keepReadingsMs, keepMinutesMs, anomalyWarmUp, anomalyWindow, maxGroup, maxWaiting } =
    defaultOptions();
  const day = 24 * 60 * 60 * 1000;
  expect([keepReadingsMs, keepMinutesMs]).toEqual([2 * day, 90 * day]);
  expect(anomalyWarmUp).toBeLessThanOrEqual(anomalyWindow);
  expect(maxGroup).toBeLessThanOrEqual(maxWaiting);
});
