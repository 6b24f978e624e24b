import { describe, expect, it } from "vitest";
import { usableLanguage } from "./language.ts";

describe("usableLanguage", () => {
  it("takes the first tag that Intl takes", () => {
    expect(usableLanguage("en-US@posix", "de-AT", "fr")).toBe("de-AT");
    expect(usableLanguage(undefined, null, "", "c", "de_DE", "pt-BR")).toBe("pt-BR");
  });

  it("falls back to English, which every Intl takes", () => {
    for (const tag of ["en-US@posix", "", "C", "not a tag", "x".repeat(200)]) {
      expect(usableLanguage(tag)).toBe("en");
      expect(() => new Intl.NumberFormat(usableLanguage(tag))).not.toThrow();
    }
  });
});
