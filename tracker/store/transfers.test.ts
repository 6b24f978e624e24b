import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyAt, repositoriesOf } from "../core/model/repositories.ts";
import type { Store } from "./store.ts";
import { following, keyOfReference, transfersAmong } from "./transfers.ts";

const names = ["acme/api", "acme/web", "acme/infra"];
const repositories = repositoriesOf(names);
/** `api#2 → web#50` as it was found on a day; `ledOn`: it was found gone then, and on this day where it is. */
type Move = [day: number, from: string, to: string | undefined, ledOn?: number];

/** What the stores of the three repositories know: which issues were ever seen, and which went where. */
function stores(seen: string[], moves: Move[]): Store[] {
  const of = (name: string) => (text: string) => text.startsWith(`${name.slice(5)}#`);
  const numberIn = (text: string) => Number(text.split("#")[1]);
  return names.map((name) => {
    const known = new Set(seen.filter(of(name)).map(numberIn));
    return {
      goneIssues: () =>
        moves
          .filter(([, from]) => of(name)(from))
          .map(([day, from, to, ledAt]) => ({
            issue: numberIn(from),
            at: day,
            since: day - 1,
            found: "transferred",
            ...(ledAt === undefined ? {} : { ledAt }),
            ...(to === undefined ? {} : { to: to.includes("/") ? to : `acme/${to}` }),
          })),
      issue: (number: number) => (known.has(number) ? { number } : null),
    } as unknown as Store;
  });
}

/** What became of what, by the names that people use. */
const among = (seen: string[], moves: Move[]): Record<string, string> =>
  Object.fromEntries(
    [...transfersAmong(stores(seen, moves), repositories)].map(([from, to]) => [
      repositories.issueName(from),
      repositories.issueName(to),
    ]),
  );

describe("issues that were transferred between a team's repositories", () => {
  const all = ["api#2", "api#70", "web#50", "infra#9"];

  test.each<[string, string[], Move[], Record<string, string>]>([
    ["one", all, [[1, "api#2", "web#50"]], { "api#2": "web#50" }],
    ["one whose arrival was not seen yet counts where it was", ["api#2"], [[1, "api#2", "web#50"]], {}],
    ["one that went to nobody knows where", all, [[1, "api#2", undefined]], {}],
    ["one that went to another team's", all, [[1, "api#2", "other/web#50"]], {}],
    ["a reference that is none", all, [[1, "api#2", "acme/web"]], {}],
    [
      "a chain: all of it is at its end",
      all,
      [
        [1, "api#2", "web#50"],
        [2, "web#50", "infra#9"],
      ],
      { "api#2": "infra#9", "web#50": "infra#9" },
    ],
    [
      "a chain back to where it began, under a new number",
      all,
      [
        [1, "api#2", "web#50"],
        [2, "web#50", "api#70"],
      ],
      { "api#2": "api#70", "web#50": "api#70" },
    ],
    [
      "a chain whose end left the team: what is known last counts",
      all,
      [
        [1, "api#2", "web#50"],
        [2, "web#50", "other/x#1"],
      ],
      { "api#2": "web#50" },
    ],
    [
      "there and back under the old number, before that was seen: it is where it went last",
      all,
      [
        [1, "api#2", "web#50"],
        [2, "web#50", "api#2"],
      ],
      { "web#50": "api#2" },
    ],
    [
      "the same, told in another order",
      all,
      [
        [2, "api#2", "web#50"],
        [1, "web#50", "api#2"],
      ],
      { "api#2": "web#50" },
    ],
    [
      "round all three",
      all,
      [
        [1, "api#2", "web#50"],
        [2, "web#50", "infra#9"],
        [3, "infra#9", "api#2"],
      ],
      { "web#50": "api#2", "infra#9": "api#2" },
    ],
    [
      "away, back under the old number and away again, before any of it was seen: it is where it was found last",
      all,
      [
        [1, "api#2", "infra#9", 4],
        [3, "infra#9", "api#2"],
      ],
      { "api#2": "infra#9" },
    ],
    ["to itself", all, [[1, "api#2", "api#2"]], {}],
  ])("%s", (_, seen, moves, expected) => {
    expect(among(seen, moves)).toEqual(expected);
  });

  test("a repository without a history holds nothing and takes nothing", () => {
    const [api] = stores(all, [[1, "api#2", "web#50"]]);
    expect([...transfersAmong([api ?? null, null, null], repositories)]).toEqual([]);
  });

  test("however they went round, each counts at one place, which did not leave, and no place leads to itself", () => {
    const issue = fc.constantFrom(...all);
    const move = fc.tuple(fc.integer({ min: 1, max: 5 }), issue, issue);
    fc.assert(
      fc.property(fc.uniqueArray(move, { selector: ([, from]) => from, maxLength: 4 }), (moves) => {
        const found = among(all, moves);
        for (const [from, to] of Object.entries(found)) {
          expect(to).not.toBe(from);
          expect(Object.keys(found)).not.toContain(to);
        }
        // Of a ring one is there: never are all of them left out.
        expect(Object.keys(found).length).toBeLessThan(all.length);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

test("an issue is found under its old name once it is known to have moved", () => {
  const moved = new Map([[2, keyAt(1, 50)]]);
  const { keyOf } = following(repositories, (key) => moved.get(key) ?? key);
  expect(keyOf("acme/api", 2)).toBe(keyAt(1, 50));
  expect(keyOf("ACME/API", 2)).toBe(keyAt(1, 50));
  expect(keyOf("api", 3)).toBe(3);
  expect(keyOf("other/api", 2)).toBe(null);
});

test.each([
  ["acme/web#50", keyAt(1, 50)],
  ["Acme/Web#50", keyAt(1, 50)],
  ["acme/other#50", null],
  ["acme/web", null],
  ["acme/web#", null],
  ["#50", null],
  ["", null],
])("%j means %j", (text, key) => {
  expect(keyOfReference(text, repositories)).toBe(key);
});
