import { describe, expect, test } from "vitest";
import type { Evidence, ReconcileInput } from "./evidence.ts";
import { heldIn, holdsOf } from "./held.ts";

/** What issues tell: what each held from when to when under which name, and what was put on it while it was on. */
function input(
  told: { held?: [string, number, number][]; again?: [string, number][] }[],
  uses: number[] = [],
  holders: string[] = [],
): ReconcileInput {
  const evidence = told.map(
    ({ held = [], again = [] }, index): Evidence => ({
      issue: index + 1,
      kind: "milestone",
      open: [],
      held: held.map(([name, at, to]) => ({ name, at, to })),
      again: again.map(([name, at]) => ({ name, at })),
      loose: [],
      shown: [],
    }),
  );
  return {
    kind: "milestone",
    evidence,
    holders: new Map(holders.map((name) => [name, "9"])),
    born: new Map(),
    sightings: [],
    uses: () => uses,
  };
}

test("what issues held is told by name, in order of its beginning", () => {
  const holds = holdsOf(
    input([
      {
        held: [
          ["A", 30, 40],
          ["B", 1, 2],
        ],
      },
      { held: [["A", 10, 50]] },
    ]),
  );
  expect([...holds]).toEqual([
    ["B", [{ from: 1, to: 2 }]],
    [
      "A",
      [
        { from: 10, to: 50 },
        { from: 30, to: 40 },
      ],
    ],
  ]);
});

describe("one and the same thing surely bore a name that nothing bears any more", () => {
  const spans = (told: ReconcileInput, from = 0, to = 100, wasMadeAgain = false) =>
    heldIn(told, "A", { from, to }, holdsOf(told), wasMadeAgain).map((hold) => [hold.from, hold.to]);

  test("from its first use to its last", () => {
    expect(spans(input([], [10, 20, 60]))).toEqual([[10, 60]]);
    expect(spans(input([], [10, 20, 60]), 15, 60)).toEqual([[20, 20]]);
    expect(spans(input([], [10]), 20)).toEqual([]);
    expect(spans(input([]))).toEqual([]);
  });

  test.each<[string, ReconcileInput, boolean]>([
    ["something else bears it now", input([{ held: [["A", 10, 20]] }], [10, 20, 60], ["A"]), false],
    [
      "an issue was put on it while it was on it",
      input([{ held: [["A", 10, 20]], again: [["A", 60]] }], [10, 20, 60]),
      false,
    ],
    ["something else bore it later", input([{ held: [["A", 10, 20]] }], [10, 20, 60]), true],
  ])("only while an issue held it, where %s", (_, told, wasMadeAgain) => {
    expect(spans(told, 0, 100, wasMadeAgain)).toEqual([[10, 20]]);
  });

  test("through all that overlaps, and not across a gap or where two only touch", () => {
    const held: [string, number, number][][] = [
      [["A", 10, 30]],
      [["A", 20, 40]],
      [["A", 40, 50]],
      [["A", 70, 80]],
    ];
    expect(
      spans(
        input(
          held.map((one) => ({ held: one })),
          [],
          ["A"],
        ),
      ),
    ).toEqual([
      [10, 40],
      [40, 50],
      [70, 80],
    ]);
  });

  test("in no hold that reaches out of the span that is asked for", () => {
    const told = input([{ held: [["A", 10, 30]] }, { held: [["A", 50, 60]] }], [], ["A"]);
    expect(spans(told, 20, 100)).toEqual([[50, 60]]);
    expect(spans(told, 0, 60)).toEqual([[10, 30]]);
  });

  test("whatever was made again outside of the span does not matter", () => {
    expect(spans(input([{ again: [["A", 200]] }], [10, 60]))).toEqual([[10, 60]]);
  });
});
