import fc from "fast-check";
import { expect, test } from "vitest";
import { avatarOf, hues } from "./avatar.ts";

test.each([
  ["ana-lopez", "AL"],
  ["ben", "BE"],
  ["chiara.k", "CK"],
  ["x", "X"],
  ["dependabot[bot]", "DB"],
  ["mary-ann-smith", "MA"],
  ["李明", "李明"],
  ["--", "?"],
])("%s is %s", (login, initials) => expect(avatarOf(login).initials).toBe(initials));

test("everybody has one or two signs, and one colour of the palette, the same each time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (login) => {
      const { initials, hue } = avatarOf(login);
      expect([...initials].length).toBeGreaterThan(0);
      expect(hue).toBe(avatarOf(login).hue);
      expect(Number.isInteger(hue) && hue >= 0 && hue < hues).toBe(true);
    }),
  );
  const used = new Set(Array.from({ length: 200 }, (_, index) => avatarOf(`dev-${index}`).hue));
  expect(used.size).toBe(hues);
});
