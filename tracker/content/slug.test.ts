import fc from "fast-check";
import { expect, test } from "vitest";
import { slugOf } from "./slug.ts";

test.each([
  ["02-review", "02-review"],
  ["Überblick & Ziele", "ueberblick-ziele"],
  ["Straße_nach Čačak (v1.2)", "strasse-nach-cacak-v1-2"],
  ["A\u0308rger", "aerger"],
  ["100% done? #yes", "100-done-yes"],
  ["レビュー 3", "レビュー-3"],
  ["Обзор спринта", "обзор-спринта"],
  ["हिन्दी", "हिन्दी"],
  ["Launch 🚀", "launch"],
  ["🚀", "1f680"],
  ["---", "2d-2d-2d"],
])("%s has the address %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("any name has one, with nothing in it that an address or a folder minds, and it is its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 400 }), (name) => {
      const slug = slugOf(name);
      expect(slug).toMatch(/^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u);
      expect(slug).toBe(slug.toLowerCase());
      expect(slugOf(slug)).toBe(slug);
      // A file system takes 255 bytes, of which flow-….json and the mark of a file being written need 21.
      expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(255 - 21);
    }),
    { seed: 10 },
  );
});

/** Letters and bytes of a digest, as it stands behind a name that is cut. */
const digest = "-[0-9a-f]{8}";

test.each([
  ["a".repeat(300), "a".repeat(223)],
  ["界".repeat(300), "界".repeat(74)],
  [`${"ab ".repeat(74)}${"c".repeat(99)}`, `${"ab-".repeat(74)}c`],
  [`${"ab ".repeat(77)}cd`, `${"ab-".repeat(74)}a`],
  [`${"abc ".repeat(56)}${"d".repeat(30)}`, `${"abc-".repeat(55)}abc`],
  ["🚀".repeat(100), `${"1f680-".repeat(37)}1`],
  ["a".repeat(233), "a".repeat(223)],
])("an endless name is cut where it still is a folder's: %s", (name, begin) => {
  const slug = slugOf(name);
  expect(slug.slice(0, begin.length)).toBe(begin);
  expect(slug.slice(begin.length)).toMatch(new RegExp(`^${digest}$`));
});

test.each([["a".repeat(232)], ["界".repeat(77)], [`${"ab-".repeat(70)}c`]])(
  "a name that file systems take stays as it is: %s",
  (name) => expect(slugOf(name)).toBe(name),
);

test("two that differ behind the cut stay two, and spellings of one stay one", () => {
  const long = "回".repeat(80);
  expect(slugOf(`${long}1`)).not.toBe(slugOf(`${long}2`));
  expect(slugOf(`${long} Über`)).toBe(slugOf(`${long}-ÜBER!`));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,9}$/), { minLength: 2, maxLength: 2 }),
      fc.integer({ min: 200, max: 300 }),
      ([one = "", other = ""], length) => {
        const begin = "x".repeat(length);
        expect(slugOf(begin + one)).not.toBe(slugOf(begin + other));
      },
    ),
    { seed: 11 },
  );
});

test("whoever adds something to it says how much room is left", () => {
  expect(slugOf("a".repeat(100), 50)).toMatch(new RegExp(`^a{41}${digest}$`));
  expect(slugOf("a".repeat(50), 50)).toBe("a".repeat(50));
});
