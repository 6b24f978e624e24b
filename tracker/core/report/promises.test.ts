import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyPromises } from "../../testing/any-promises.ts";
import type { KalmAnswer, KalmEntry, KalmKind } from "../model/kalm.ts";
import type { Report } from "../model/report.ts";
import {
  answersByMarks,
  isSamePromise,
  promiseKey,
  promiseKinds,
  promisesOf,
  tallyOf,
  verdictOf,
} from "./promises.ts";

const entry = (text: string, from: number, issue: number | null = null): KalmEntry => ({ text, from, issue });
const answer = (of: KalmEntry, kept: boolean | null, kind: KalmKind = "add"): KalmAnswer => ({
  ...of,
  kind,
  kept,
  age: 1,
});
const report = (number: number, promises: Partial<Record<KalmKind, KalmEntry[]>>, followUp: KalmAnswer[]) =>
  ({
    sprint: { number },
    kalm: { keep: [], add: [], less: [], more: [], ...promises, followUp, keepRate: null },
  }) as unknown as Report;

describe("promises across reports", () => {
  const reports = [
    report(3, { add: [entry("Talk", 3)] }, [answer(entry("Ask", 1), true), answer(entry("Write", 2), null)]),
    report(1, { add: [entry("Ask", 1)] }, []),
    report(2, { add: [entry("Write", 2), entry("Test", 2)] }, [answer(entry("Ask", 1), false)]),
  ];

  test("carry their newest answer, and their age", () => {
    expect(
      promisesOf(reports).map(({ text, kept, answeredIn, age }) => [text, kept, answeredIn, age]),
    ).toEqual([
      ["Ask", true, 3, 2],
      ["Write", null, null, 1],
      ["Test", null, null, 1],
      ["Talk", null, null, 0],
    ]);
  });

  test("in one sentence under two kinds are two promises, each with its own answer", () => {
    const talk = entry("Talk", 1);
    const twice = [
      report(1, { keep: [talk], add: [talk] }, []),
      report(2, {}, [answer(talk, true, "keep"), answer(talk, false, "add")]),
    ];
    expect(promisesOf(twice).map(({ kind, kept }) => [kind, kept])).toEqual([
      ["keep", true],
      ["add", false],
    ]);
    expect(tallyOf(promisesOf(twice)).rate).toBe(0.5);
  });

  test("that link different issues are answered apart, also where the words are the same", () => {
    const [one, other] = [entry("Talk", 1, 1), entry("Talk", 1, 2)];
    const both = [
      report(1, { add: [one, other] }, []),
      report(2, {}, [answer(other, true), answer(one, false)]),
    ];
    expect(promisesOf(both).map(({ issue, kept }) => [issue, kept])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test("are found by their issue when it was renamed, unless the answer is another promise's", () => {
    const renamed = [
      report(1, { add: [entry("Old name", 1, 7), entry("Second", 1, 7)] }, []),
      report(2, {}, [answer(entry("New name", 1, 7), true), answer(entry("Second", 1, 7), false)]),
    ];
    expect(promisesOf(renamed).map(({ kept }) => kept)).toEqual([true, false]);
    const open = [
      report(1, { add: [entry("First", 1, 7), entry("Second", 1, 7)] }, []),
      report(2, {}, [answer(entry("First", 1, 7), null), answer(entry("Second", 1, 7), false)]),
    ];
    expect(promisesOf(open).map(({ kept }) => kept)).toEqual([null, false]);
  });
});

describe("the tally", () => {
  test("counts answers only, and its rate is unknown without any", () => {
    expect(tallyOf([{ kept: true }, { kept: null }])).toEqual({ kept: 1, dropped: 0, open: 1, rate: 1 });
    expect(tallyOf([]).rate).toBeNull();
    expect([true, false, null].map(verdictOf)).toEqual(["kept", "notKept", "open"]);
  });

  test("over all promises is the sum of what each review answered, in any order of the reports", () => {
    fc.assert(
      fc.property(anyPromises, fc.nat(), (reports, turn) => {
        const promises = promisesOf(reports);
        const made = reports.flatMap(({ kalm }) => promiseKinds.flatMap(({ kind }) => kalm[kind]));
        const answers = reports.map(({ kalm }) => tallyOf(kalm.followUp));
        const sum = (key: "kept" | "dropped") => answers.reduce((total, one) => total + one[key], 0);
        const all = tallyOf(promises);
        expect([all.kept, all.dropped]).toEqual([sum("kept"), sum("dropped")]);
        expect(all.kept + all.dropped + all.open).toBe(made.length);
        const turned = reports.map((_, index) => reports[(index + turn) % reports.length] as Report);
        expect(promisesOf(turned)).toEqual(promises);
      }),
    );
  });

  test("of one report agrees with the rate that the report keeps", () => {
    fc.assert(
      fc.property(anyPromises, (reports) => {
        for (const { kalm } of reports) {
          const { rate } = tallyOf(kalm.followUp);
          if (rate === null) expect(kalm.keepRate).toBeNull();
          else expect(kalm.keepRate).toBeCloseTo(rate, 3);
        }
      }),
    );
  });
});

describe("what is followed up", () => {
  test("is every promise made before that no review between has answered, once", () => {
    fc.assert(
      fc.property(anyPromises, (reports) => {
        const waiting = new Map<string, number>();
        const count = (key: string, by: number) => waiting.set(key, (waiting.get(key) ?? 0) + by);
        const keyOf = (kind: string, { text, from, issue }: KalmEntry) =>
          JSON.stringify([kind, text, from, issue]);
        for (const { kalm } of reports) {
          const expected = [...waiting].flatMap(([key, times]) => Array<string>(times).fill(key));
          expect(kalm.followUp.map((one) => keyOf(one.kind, one)).toSorted()).toEqual(expected.toSorted());
          for (const one of kalm.followUp) if (one.kept !== null) count(keyOf(one.kind, one), -1);
          for (const { kind } of promiseKinds) for (const one of kalm[kind]) count(keyOf(kind, one), 1);
        }
      }),
    );
  });
});

describe("marks", () => {
  const waiting = [{ text: "Talk" }, { text: "Ask" }, { text: "talk!" }];

  test.each([
    ["a single one answers all in its words", "Talk: x", [true, null, true]],
    ["several answer in their order", "Talk: x, Talk: -", [true, null, false]],
    ["an open one between leaves its own promise open", "Talk: ., Talk: x", [null, null, true]],
    ["more than there are promises: the rest says nothing", "Talk: x, Talk: -, Talk: x", [true, null, false]],
    ["for a single promise the first that decides counts", "Ask: ., Ask: -, Ask: x", [null, false, null]],
    ["for no promise say nothing", "Write: x", [null, null, null]],
  ])("%s", (_, told, expected) => {
    const marks = told.split(", ").map((one) => {
      const [text = "", sign] = one.split(": ");
      return { text, kept: sign === "x" ? true : sign === "-" ? false : null };
    });
    expect(answersByMarks(waiting, marks)).toEqual(expected);
  });
});

test("the same promise in other words of punctuation and case, and in another issue's", () => {
  expect(promiseKey("Fixed time (#12)!")).toBe(promiseKey("fixed — time"));
  expect(promiseKey("Fixed time")).not.toBe(promiseKey("Fixed times"));
  expect(promiseKey("#12")).not.toBe(promiseKey("#13"));
  expect(promiseKey("🎉")).not.toBe(promiseKey("🚀"));
  expect(isSamePromise(entry("Talk", 1, 1), entry("talk.", 1))).toBe(true);
  expect(isSamePromise(entry("Talk", 1, 1), entry("Talk", 1, 2))).toBe(false);
});
