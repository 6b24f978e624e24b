import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../model/present.ts";
import { readSizeLabel } from "./estimate.ts";

const rules = { sizes: { S: 0.1, M: 0.5, L: 1 }, hoursPerDay: 8, daysPerWeek: 5 };
const read = (label: string, prefix = "size: ") => readSizeLabel(label, prefix, rules);

test.each([
  ["size:M", 0.5],
  ["SIZE: l", 1],
  ["size : M ", 0.5],
  ["size:  M", 0.5],
  ["size/M", 0.5],
  ["size-M", 0.5],
  ["size_M", 0.5],
  ["size::M", 0.5],
  ["size M", 0.5],
  ["sizeM", 0.5],
  ["🐘 size: L", 1],
  ["size: M 🎯", 0.5],
  ["size: 4h", 0.5],
  ["size: 30min", 0.06],
  ["size: 1w", 5],
  ["size: 1d 4h", 1.5],
  ["size: .5", 0.5],
  ["size: ½", 0.5],
  ["size: 1½", 1.5],
  ["size: 1.5 d", 1.5],
  ["size: 3 days", 3],
  ["size: 0", 0],
  ["size: 13", 13],
])("%j is %d days", (label, days) => {
  expect(read(label)).toMatchObject({ days });
});

test.each([
  "size: XL",
  "size: 3 points",
  "size: 3pt",
  "size: 1,000",
  "size: 1/2",
  "size: 1-2",
  "size: 3 Tage",
  "size: 12345",
  "size: S/M",
  "size: -1",
  "size: ٣",
  "size: 2+",
  "size: M?",
  "size: 1m",
  "size: 1M",
  "size: ",
  "size/XS",
  "size: 🐘",
  "size/🐘",
])("%j looks like a size and is not read", (label) => {
  expect(read(label)).toEqual({ unread: expect.any(String) });
});

test.each(["size", "sized", "sizes", "sizeable", "resize: M", "oversize M", "M", "bug"])(
  "%j is another kind of label",
  (label) => {
    expect(read(label)).toBe(null);
  },
);

test("a size that settings name is read whatever it looks like", () => {
  const own = { ...rules, sizes: { "3 pt": 1.5, "1-2": 1, XL: 2 } };
  const days = ["size: 3pt", "size: 1-2", "size/xl"].map((label) => readSizeLabel(label, "size: ", own));
  expect(days).toMatchObject([{ days: 1.5 }, { days: 1 }, { days: 2 }]);
});

test("prefixes of any make: every size is read back, and nothing that begins so is lost", () => {
  const prefix = fc.constantFrom(
    "size: ",
    "Size:",
    "est/",
    "estimate ",
    "actual: ",
    "~",
    "T-",
    "⏱ ",
    "größe: ",
  );
  const word = fc.oneof(
    fc
      .constantFrom("S", "m", "L")
      .map((name) => ({ name, days: present({ s: 0.1, m: 0.5, l: 1 }[name.toLowerCase()]) })),
    fc.integer({ min: 0, max: 400 }).map((n) => ({ name: String(n / 4), days: n / 4 })),
    fc.integer({ min: 1, max: 40 }).map((n) => ({ name: `${n}h`, days: Math.round((n / 8) * 100) / 100 })),
  );
  fc.assert(
    fc.property(prefix, word, (start, { name, days }) => {
      expect([start, name, read(`${start}${name}`, start)]).toEqual([
        start,
        name,
        { name: expect.any(String), days },
      ]);
    }),
  );
  fc.assert(
    fc.property(
      prefix,
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((rest) => /[a-z0-9]/i.test(rest)),
      (start, rest) => {
        expect(read(`${start}${rest}`, start)).not.toBe(null);
      },
    ),
  );
});
