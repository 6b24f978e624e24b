import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeMessage, ProtocolError, parseClientMessage } from "./protocol.ts";

/** What comes of a text, as a message or as an error's code. */
function outcomeOf(text: string): unknown {
  try {
    return parseClientMessage(text);
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

it("an acknowledgement means the same however it is spelled, and a wrong one is refused however it is spelled", () => {
  const edges = fc.constantFrom(
    "0",
    "-0",
    "00",
    "01",
    "1e3",
    "1.5",
    "-1",
    "9007199254740991",
    "9007199254740992",
    "",
  );
  const numbers = fc.oneof(
    edges,
    fc.maxSafeNat().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
  );
  fc.assert(
    fc.property(numbers, (offset) => {
      const plain = `{"t":"ack","offset":${offset}}`;
      const spaced = `{ "t": "ack", "offset": ${offset} }`;
      expect(outcomeOf(plain)).toEqual(outcomeOf(spaced));
    }),
    { numRuns: 500, seed: 18 },
  );
  expect(parseClientMessage(encodeMessage({ t: "ack", offset: 42 }))).toEqual({ t: "ack", offset: 42 });
});
