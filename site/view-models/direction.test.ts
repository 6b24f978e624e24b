import { expect, test } from "vitest";
import { mayTurn } from "./direction.ts";

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
