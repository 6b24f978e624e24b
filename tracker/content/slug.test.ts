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
      // A file system takes 255 bytes for a name, and ours have an ending or a digest.
      expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(200);
    }),
    { seed: 10 },
  );
});

test.each([
  ["a".repeat(300), "a".repeat(200)],
  ["界".repeat(300), "界".repeat(66)],
  [`${"ab ".repeat(66)}${"c".repeat(99)}`, `${"ab-".repeat(66)}cc`],
  [`${"ab ".repeat(67)}c`, "ab-".repeat(67).slice(0, 200)],
  ["🚀".repeat(100), "1f680-".repeat(34).slice(0, 200)],
  ["a".repeat(200), "a".repeat(200)],
])("an endless name is cut where it still is a folder's: %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
