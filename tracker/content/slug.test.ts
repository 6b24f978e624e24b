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
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
      const slug = slugOf(name);
      expect(slug).toMatch(/^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u);
      expect(slug).toBe(slug.toLowerCase());
      expect(slugOf(slug)).toBe(slug);
    }),
    { seed: 10 },
  );
});
