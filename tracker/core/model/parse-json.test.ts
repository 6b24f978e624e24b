import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

test.each([
  ['"\\ud83d\\ude00"', "😀"],
  ['"\\uD83D\\uDE00 and \\ud83d\\ude01"', "😀 and 😁"],
  ['"a\\ud83d"', "a\ufffd"],
  ['"\\ude00b"', "\ufffdb"],
  ['"\\ude00\\ud83d"', "\ufffd\ufffd"],
  ['"\\ud83d\\ud83d\\ude00"', "\ufffd😀"],
  ['"\\ud83d\\u0041"', "\ufffdA"],
  ['"no escape: \\\\ud83d"', "no escape: \\ud83d"],
  [
    '{"name":["\\ud800",{"x":"\\udfff"}],"n":1,"b":true,"z":null}',
    { name: ["\ufffd", { x: "\ufffd" }], n: 1, b: true, z: null },
  ],
])("%s is read as %j", (text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test("all other JSON is read as it always was, and what is none is refused", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "grapheme" }), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
    { seed: 3, numRuns: 200 },
  );
  for (const text of ["", "{", '"\\ud800', "[1,]"]) expect(() => parseJson(text)).toThrow(SyntaxError);
});

test("whatever text is sent, escaped or not, what is read can be stored and read back", () => {
  const unit = fc.integer({ min: 0xd7f0, max: 0xe010 }).map((code) => String.fromCharCode(code));
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 6 }), (units) => {
      const text = units.join("");
      const escaped = [...units].map((one) => `\\u${one.charCodeAt(0).toString(16)}`).join("");
      const read = parseJson(`"${escaped}"`) as string;
      expect(read).toBe(Buffer.from(text.toWellFormed(), "utf8").toString("utf8"));
    }),
    { seed: 3, numRuns: 500 },
  );
});
