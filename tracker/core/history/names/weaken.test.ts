import { describe, expect, test } from "vitest";
import { known, type Told as Period } from "../../../testing/known-names.ts";
import { forever } from "../../model/interval.ts";
import { weaken } from "./weaken.ts";

describe("what is read of a name is a guess", () => {
  const weakOnes = (...of: Parameters<typeof known>) => {
    const [input, periods] = known(...of);
    weaken(input, periods);
    return [...periods.values()].flat().flatMap(({ name, weak }) => (weak ? [name] : []));
  };

  test("where two things that are there bore it", () => {
    const told: Period[] = [
      ["A", "1", -forever, 20],
      ["A", "2", 20],
      ["B", "1"],
    ];
    expect(weakOnes(told, { A: [10, 30], B: [40] }, { A: "2", B: "1" })).toEqual(["A", "A"]);
  });

  test("not where one of the two is gone: when the other was made tells them apart", () => {
    const told: Period[] = [
      ["A", null, -forever, 20],
      ["A", "2", 20],
    ];
    expect(weakOnes(told, { A: [10, 30] }, { A: "2" })).toEqual([]);
  });

  test("where a thing would have had a name, another, and the first again", () => {
    const told: Period[] = [
      ["A", "1"],
      ["B", "1"],
      ["C", "2"],
    ];
    expect(weakOnes(told, { A: [10, 30], B: [20] }, { B: "1", C: "2" })).toEqual(["A", "B"]);
    expect(weakOnes(told, { A: [10, 15], B: [20, 40] }, { B: "1", C: "2" })).toEqual([]);
  });
});

describe("what is read of a label's name", () => {
  interface Told {
    open?: [name: string, at: number][];
    loose?: [name: string, at: number][];
    again?: [name: string, at: number][];
    shown: string[];
  }
  const used = (uses: [string, number][] = []) => uses.map(([name, at]) => ({ name, at }));
  /** Of the present names, and `renamed` from a former name to a present one: what is weak, until when, and what it may mean. */
  const weakIn = (told: Told[], present: string[], renamed: Record<string, string> = {}) => {
    const [input, periods] = known(
      [...present.map((name): Period => [name, name]), ...Object.entries(renamed)],
      {},
      Object.fromEntries(present.map((name) => [name, name])),
    );
    const evidence = told.map(({ open, loose, again, shown }, index) => ({
      issue: index + 1,
      kind: "label" as const,
      open: used(open),
      held: [],
      again: used(again),
      loose: used(loose).map((use) => ({ ...use, candidates: used(open).filter(({ at }) => at < use.at) })),
      shown,
    }));
    weaken({ ...input, kind: "label", evidence }, periods);
    return [...periods.values()]
      .flat()
      .flatMap(({ name, weak, to, others }) => (weak ? [[name, to, others]] : []))
      .sort();
  };
  const usual: Told[] = [4, 5, 6, 7].map((at) => ({ open: [["size: S", at]], shown: ["size: S"] }));

  test("is sure where every issue tells the same of it", () => {
    const told: Told[] = [
      { open: [["docs", 1]], shown: ["docs"] },
      { open: [["bug", 2]], shown: ["defect"] },
      {
        open: [
          ["bug", 3],
          ["docs", 4],
        ],
        shown: ["defect", "docs"],
      },
    ];
    expect(weakIn(told, ["defect", "docs"], { bug: "defect" })).toEqual([]);
  });

  test.each<[string, Told]>([
    ["took it on and shows another", { open: [["size: S", 2]], shown: ["done"] }],
    [
      "took it on twice, and shows another that it never took on",
      { again: [["size: S", 2]], open: [["size: S", 2]], shown: ["done", "size: S"] },
    ],
    ["put off another, and shows it no more", { open: [["size: S", 2]], loose: [["done", 3]], shown: [] }],
  ])("is a guess where one issue alone %s", (_, odd) => {
    expect(weakIn([...usual, odd], ["size: S", "done"])).toEqual([
      ["done", forever, ["size: S"]],
      ["size: S", forever, ["done"]],
    ]);
  });

  test.each<[string, Told]>([
    ["shows a label that came without an event", { open: [["size: S", 2]], shown: ["size: S", "done"] }],
    [
      "put off a label that came without an event",
      { open: [["size: S", 2]], loose: [["done", 3]], shown: ["size: S"] },
    ],
    ["shows it no more", { open: [["size: S", 2]], shown: [] }],
  ])("is sure where an issue %s", (_, odd) => {
    expect(weakIn([...usual, odd], ["size: S", "done"])).toEqual([]);
  });

  test("is a guess where two names of one label were on at once", () => {
    expect(
      weakIn(
        [
          {
            open: [
              ["bug", 1],
              ["defect", 2],
            ],
            shown: ["defect"],
          },
        ],
        ["defect"],
        { bug: "defect" },
      ),
    ).toEqual([
      ["bug", forever, []],
      ["defect", forever, ["bug"]],
    ]);
  });

  test("is a guess where a label that is read as another's is missing from an issue", () => {
    expect(weakIn([{ open: [["bug", 1]], shown: [] }], ["defect"], { bug: "defect" })).toEqual([
      ["bug", forever, []],
      ["defect", forever, ["bug"]],
    ]);
  });

  test("is a guess of two that were put on together, until one of them is without the other", () => {
    const both: Told = {
      open: [
        ["bug", 3],
        ["docs", 3],
      ],
      shown: ["defect", "docs"],
    };
    const weakWith = (...more: Told[]) => weakIn([both, ...more], ["defect", "docs"], { bug: "defect" });
    const doubted = [
      ["bug", 4, ["docs"]],
      ["docs", 4, ["bug"]],
    ];
    expect(weakWith()).toEqual(doubted);
    expect(weakWith({ open: [["docs", 5]], shown: ["docs"] })).toEqual(doubted);
    expect(weakWith({ open: [["docs", 2]], shown: ["docs"] })).toEqual([]);
    expect(weakWith({ open: [["bug", 2]], shown: ["defect"] })).toEqual([]);
    // A name that changed its case alone is no other label's.
    const upper = weakIn([{ ...both, shown: ["Bug", "docs"] }], ["Bug", "docs"], { bug: "Bug" });
    expect(upper).toEqual([]);
    // Labels that both have their names are told apart by that.
    expect(
      weakIn(
        [
          {
            open: [
              ["a", 3],
              ["docs", 3],
            ],
            shown: ["a", "docs"],
          },
        ],
        ["a", "docs"],
      ),
    ).toEqual([]);
  });
});
