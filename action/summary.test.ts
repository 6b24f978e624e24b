import fc from "fast-check";
import { expect, test } from "vitest";
import { fitted } from "./summary.ts";

test("a summary fits, ends with a whole line, and says that something is left out", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 30 })), fc.nat(300), (lines, limit) => {
      const text = lines.map((line) => `${line.replaceAll("\n", "")}\n`).join("");
      const short = fitted(text, limit);
      if (Buffer.byteLength(text) <= limit) {
        expect(short).toBe(text);
        return;
      }
      const [kept = "", rest] = short.split("\n… cut here: ");
      expect(rest).toMatch(/^the whole report has \d+ bytes/);
      expect(text.startsWith(kept)).toBe(true);
      expect(kept === "" || text.charAt(kept.length - 1) === "\n").toBe(true);
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(limit);
    }),
  );
});
