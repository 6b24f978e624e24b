import fc from "fast-check";
import { expect, it } from "vitest";
import { checkReading, createReadingCheck, parseReading, ReadingRefused } from "./reading.ts";

const LATEST = 1_790_000_000_000;

const odd = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    2 ** 53,
    1e100,
    -1.1e100,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    LATEST + 1,
    "",
    "5",
    null,
    true,
    {},
    [1],
  ),
);
const name = fc.oneof(
  fc.constantFrom("a", "device-1", "__proto__", "constructor", "toString", "a b", "", "x".repeat(200), "-a"),
  fc.string(),
  odd,
);
const count = fc.oneof(fc.nat(), fc.maxSafeNat(), odd);
const some = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      { source: name, seq: count, at: count, metric: name, value: odd },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      source: fc.constant("a"),
      seq: count,
      at: count,
      metric: fc.constant("t"),
      value: odd,
    }),
  },
  { weight: 1, arbitrary: fc.anything() },
);

it("the remembering check decides as the schema does, whatever it was asked before", () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 30 }), (inputs) => {
      const quick = createReadingCheck();
      quick({ source: "a", seq: 1, at: 1, metric: "t", value: 1 }, LATEST);
      for (const input of inputs) expect(quick(input, LATEST)).toEqual(checkReading(input, LATEST));
    }),
    { numRuns: 500 },
  );
});

it("names every reason", () => {
  const good = { source: "a", seq: 1, at: 1, metric: "t", value: 1 };
  const code = (changes: object) => Reflect.get(checkReading({ ...good, ...changes }, LATEST), "code");
  expect(code({ seq: 2 ** 53 })).toBe("seq-range");
  expect(code({ value: Number.NaN })).toBe("not-finite");
  expect(code({ value: -1.7e308 })).toBe("value-range");
  expect(code({ at: Number.POSITIVE_INFINITY })).toBe("not-finite");
  expect(code({ at: LATEST + 1 })).toBe("future");
  expect(code({ source: 7 })).toBe("bad-shape");
  expect(checkReading({ ...good, extra: 1 }, LATEST)).toEqual(good);
  expect(parseReading({ ...good, extra: 1 }, LATEST)).toEqual(good);
  expect(() => parseReading({ ...good, source: 7 }, LATEST)).toThrow(ReadingRefused);
});
