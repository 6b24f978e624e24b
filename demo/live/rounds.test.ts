import fc from "fast-check";
import { expect, it } from "vitest";
import { createRounds } from "./rounds.ts";

const change = fc.oneof(
  fc.record({ come: fc.integer({ min: 100, max: 200 }) }),
  fc.record({ go: fc.nat(200) }),
  fc.record({ ms: fc.integer({ min: 1, max: 400 }) }),
);

it("visits all who stay, no later than two rounds after the last visit, and nobody twice at once", () => {
  const roundMs = 1000;
  let most = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.array(change, { maxLength: 80 }), (size, changes) => {
      const all = new Set(Array.from({ length: size }, (_, index) => index));
      const rounds = createRounds(all, roundMs);
      const since = new Map([...all].map((one) => [one, 0]));
      for (const step of changes) {
        if ("come" in step) {
          all.add(step.come);
          if (!since.has(step.come)) since.set(step.come, 0);
        } else if ("go" in step) {
          all.delete(step.go);
          since.delete(step.go);
        } else {
          for (const [one, ms] of since) since.set(one, ms + step.ms);
          const visited: number[] = [];
          rounds.pass(step.ms, (one) => visited.push(one));
          expect(new Set(visited).size).toBe(visited.length);
          for (const one of visited) since.set(one, 0);
          const longest = Math.max(0, ...since.values());
          most = Math.max(most, longest);
          expect(longest).toBeLessThan(2 * roundMs + 400);
        }
      }
    }),
    { numRuns: 300, seed: 11 },
  );
  // Long enough were some waited for that the law says something.
  expect(most).toBeGreaterThan(roundMs / 2);
});

it("visits nobody where there is nobody, and who comes then", () => {
  const all = new Set<string>();
  const rounds = createRounds(all, 1000);
  const visited: string[] = [];
  rounds.pass(5000, (one) => visited.push(one));
  all.add("first");
  rounds.pass(1, (one) => visited.push(one));
  expect(visited).toEqual(["first"]);
});
