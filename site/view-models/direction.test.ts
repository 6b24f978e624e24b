import { expect, test } from "vitest";
import { isolated, mayTurn } from "./direction.ts";

test.each(["", "Ship it", "Größe 12 — naïve café", "修正 12", "Исправить", "🚀 done", "a<b>&c"])(
  "%j stands among other words without ado",
  (text) => {
    expect(mayTurn(text)).toBe(false);
  },
);

test.each(["العربية", "fix עברית", "a \u202e b", "a\u200f", "\u2067x", "ﺍ", "\u{1e900}", "\u{10840}"])(
  "%j stands apart",
  (text) => {
    expect(mayTurn(text)).toBe(true);
  },
);

test("among other words a text that turns is held apart, and no other is changed", () => {
  expect(isolated("Ship it")).toBe("Ship it");
  expect(isolated("")).toBe("");
  expect(isolated("a \u202e b")).toBe("\u2068a \u202e b\u2069");
  expect(isolated("العربية")).toBe("\u2068العربية\u2069");
});
