import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPieces } from "./json-pieces.ts";

const key = fc.string().filter((text) => !/^\d+$/.test(text) && text !== "list");
const fields = fc.dictionary(key, fc.jsonValue(), { maxKeys: 4 });
/** Under other names, for a name that comes twice stands where it came first. */
const laterFields = fields.map((given) =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [`later ${name}`, value])),
);

test("pieces are together what JSON.stringify writes", () => {
  fc.assert(
    fc.property(fields, fc.array(fc.jsonValue(), { maxLength: 120 }), laterFields, (before, list, after) => {
      const text = [...jsonPieces(before, "list", list, after)].join("");
      expect(text).toBe(JSON.stringify({ ...before, list, ...after }, null, 2));
    }),
  );
});

test("no piece holds the whole of a long list, and none of it is drawn before it is asked for", () => {
  let drawn = 0;
  function* entries() {
    for (; drawn < 10_000; drawn++) yield { drawn };
  }
  const pieces = jsonPieces({}, "list", entries(), {});
  pieces.next();
  expect(drawn).toBe(0);
  pieces.next();
  expect(drawn).toBeLessThan(200);
  const longest = [...pieces].reduce((most, piece) => Math.max(most, piece.length), 0);
  expect(drawn).toBe(10_000);
  expect(longest).toBeLessThan(5000);
});
