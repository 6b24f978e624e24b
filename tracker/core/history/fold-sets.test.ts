import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventSpec, label, on, toldIssue, unlabel } from "../../testing/timelines.ts";
import { forever, type Interval } from "../model/interval.ts";
import { type Draft, foldChain } from "./fold-sets.ts";
import { type NamePeriod, nameResolver, noNames } from "./names/resolver.ts";
import { inOrder } from "./timeline.ts";

const hour = 3_600_000;

/** Labels folded against what GitHub showed `by` then, fetched at `latest`; null: the issue was never seen. */
function fold(
  told: EventSpec[],
  shown: string[] | null,
  by = on("20"),
  latest = by,
  resolver = nameResolver(noNames),
) {
  const draft: Draft = { intervals: [], doubts: [] };
  const value = shown?.map((name) => ({ key: resolver.resolve("label", name, by).key, name }));
  foldChain(
    {
      attribute: "label",
      events: inOrder(toldIssue(1, "01", told).events),
      createdAt: on("01"),
      resolver,
      shown: value === undefined ? null : { value, by, latest },
    },
    draft,
  );
  const at = (t: string | number): string[] => {
    const instant = typeof t === "number" ? t : on(t);
    const inForce = draft.intervals.filter((i) => i.from <= instant && instant < i.to);
    return inForce.map(({ key }) => key).sort();
  };
  const of = (key: string): Interval[] => draft.intervals.filter((i) => i.key === key);
  return { ...draft, at, of };
}

// Names that are prefixes of each other, differ in case alone, or are properties of every object.
const names = ["a", "ab", "A", "constructor", "é", "e\u0301"];
const name = fc.constantFrom(...names);
const instant = fc.integer({ min: 1, max: 60 }).map((n) => on("02") + n * hour);

describe("a chain of labels that GitHub told whole", () => {
  it("is at every instant what adding and removing one by one makes of it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(instant, name), { maxLength: 30 }), (moves) => {
        const on_ = new Set<string>();
        const told = moves
          .toSorted(([a], [b]) => a - b)
          .map(([at, key]) => {
            const isOn = on_.delete(key);
            if (!isOn) on_.add(key);
            return isOn ? unlabel(at, key) : label(at, key);
          });
        const { at, doubts, intervals } = fold(told, [...on_]);
        expect(doubts).toEqual([]);
        expect(intervals.every(({ from, to, provenance }) => from < to && provenance === "replayed")).toBe(
          true,
        );
        for (let t = on("01"); t < on("06"); t += hour / 2) {
          const then = new Set<string>();
          for (const { at: when, kind, label: key = "" } of told)
            if (Number(when) <= t) kind === "labeled" ? then.add(key) : then.delete(key);
          expect(at(t)).toEqual([...then].sort());
        }
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

describe("a chain of labels with gaps", () => {
  const told = fc.array(
    fc
      .tuple(instant, name, fc.boolean())
      .map(([at, key, adds]) => (adds ? label(at, key) : unlabel(at, key))),
    { maxLength: 20 },
  );
  const shown = fc.uniqueArray(name);

  it("never holds a label twice at once, nor before the issue was there", () => {
    fc.assert(
      fc.property(told, shown, instant, (events, seen, by) => {
        const { at, intervals, of } = fold(events, seen, by);
        expect(intervals.every(({ from, to }) => on("01") <= from && from < to)).toBe(true);
        for (const key of names) {
          const spans = of(key).sort((a, b) => a.from - b.from);
          expect(spans.every(({ from }, i) => i === 0 || (spans[i - 1]?.to ?? 0) <= from)).toBe(true);
        }
        // From the look on, up to the next event, it is what GitHub showed.
        const next = Math.min(...events.map(({ at: when }) => Number(when)).filter((when) => when > by));
        expect(at(by)).toEqual([...seen].sort());
        expect(at(Math.min(next - 1, on("30")))).toEqual([...seen].sort());
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});

describe("a label without its event", () => {
  it("was there from the beginning where it is only ever taken off, or only ever shown", () => {
    const { of, doubts } = fold([unlabel("05", "a")], ["b"]);
    expect(of("a")).toMatchObject([
      { from: on("01"), to: on("05"), provenance: "inferred", startEvent: null, endEvent: 1000 },
    ]);
    expect(of("b")).toMatchObject([{ from: on("01"), provenance: "inferred", endEvent: null }]);
    expect(doubts).toEqual([]);
  });

  it("claims nothing between two removals, and says so", () => {
    const { of, doubts } = fold([label("03", "a"), unlabel("05", "a"), unlabel("09", "a")], []);
    expect(of("a").map(({ from, to }) => [from, to])).toEqual([[on("03"), on("05")]]);
    expect(doubts).toMatchObject([
      { from: on("05"), to: on("09"), provenance: "unknown", about: { key: "a", value: "a" } },
    ]);
  });

  it("is observed from the look on where it was taken off before, and its return is in doubt", () => {
    const { of, doubts } = fold([label("03", "a"), unlabel("05", "a")], ["a"], on("10"));
    expect(of("a")).toMatchObject([
      { from: on("03"), to: on("05") },
      { from: on("10"), provenance: "observed", startEvent: null },
    ]);
    expect(doubts).toMatchObject([{ from: on("05"), to: on("10"), provenance: "unknown" }]);
  });

  it("was not there from the beginning where a look lacks it that is older than its removal", () => {
    const { at, of, doubts } = fold([unlabel("12", "a")], [], on("10"));
    expect([at("05"), at("11"), of("a")]).toEqual([[], [], []]);
    expect(doubts).toMatchObject([
      { from: on("10"), to: on("12"), provenance: "unknown", about: { key: "a", value: "a" } },
    ]);
  });

  it("that GitHub shows no more may be there until the fetch, unless an event came after the look", () => {
    const kept = fold([label("03", "a")], [], on("10"), on("14"));
    expect(kept.of("a").map(({ to }) => to)).toEqual([on("14")]);
    const later = fold([label("03", "a"), label("12", "b")], [], on("10"), on("14"));
    expect(later.of("a").map(({ to }) => to)).toEqual([on("10")]);
    expect(later.of("b").map(({ from }) => from)).toEqual([on("12")]);
  });
});

it("an issue that was never seen is what its events say", () => {
  const { at, doubts } = fold([label("03", "a")], null);
  expect([at("02"), at("03"), at("30"), doubts]).toEqual([[], ["a"], ["a"], []]);
});

it("an event from before the issue counts from its beginning, and its actor may be gone", () => {
  const early = { ...label(on("01") - 9_000, "a"), actor: null };
  const { of } = fold([early, { ...unlabel("02", "a"), actor: null }], []);
  expect(of("a")).toMatchObject([{ from: on("01"), to: on("02"), startActor: null, endActor: null }]);
});

describe("two names that are taken for one label's, while the issue tells otherwise", () => {
  const period = (name: string): NamePeriod => ({
    kind: "label",
    name,
    from: -forever,
    to: forever,
    key: "new",
    gone: false,
    held: [],
    weak: true,
    others: [],
  });
  const guessed = nameResolver({ periods: [period("old"), period("new")], aliases: [] });
  const doubted = (told: EventSpec[], shown: string[], by = on("20"), latest = by) => {
    const { doubts } = fold(told, shown, by, latest, guessed);
    return (name: string, t: string) =>
      doubts.some(({ about, from, to }) => about?.value === name && from <= on(t) && on(t) < to);
  };

  it("may both be on from when the second was put on, until one is taken off", () => {
    const isDoubted = doubted([label("02", "new"), label("04", "old"), unlabel("08", "old")], ["new"]);
    expect(["03", "05", "07"].map((t) => isDoubted("old", t))).toEqual([true, true, true]);
    expect(isDoubted("old", "09")).toBe(false);
  });

  it("may both be on where they were put on at one instant", () => {
    const isDoubted = doubted([label("02", "new"), label("02", "old")], ["new"]);
    expect(["02", "05", "19"].map((t) => isDoubted("old", t))).toEqual([true, true, true]);
  });

  it("may be on still under the name that was not taken off, until it is put on again", () => {
    const isDoubted = doubted([label("02", "old"), unlabel("05", "new"), label("09", "new")], ["new"]);
    expect(["04", "06", "08", "10"].map((t) => isDoubted("old", t))).toEqual([false, true, true, false]);
  });

  const bothOn = [label("02", "new"), label("04", "old")];
  const putOffAsOther = [label("02", "old"), unlabel("05", "new")];
  it.each<[string, EventSpec[], string[]]>([
    ["both put on, and one is on", bothOn, ["new"]],
    ["both put on, and none is on", bothOn, []],
    ["one put off as the other, and none is on", putOffAsOther, []],
    ["one put off as the other, which is on", putOffAsOther, ["new"]],
  ])("are told apart by what GitHub shows: %s", (_, told, shown) => {
    const isDoubted = doubted(told, shown);
    expect(["06", "19", "20", "25"].map((t) => isDoubted("old", t))).toEqual([true, true, false, false]);
  });

  it("are not where GitHub shows the name that should be no more", () => {
    for (const shown of [["old"], ["new", "old"]]) {
      const isDoubted = doubted(bothOn, shown);
      expect(["06", "25"].map((t) => isDoubted("old", t))).toEqual([true, true]);
    }
  });

  it("may be mistaken again after the look", () => {
    const isDoubted = doubted(
      [...bothOn, unlabel("21", "new"), label("22", "old"), unlabel("24", "new")],
      ["new"],
    );
    expect(["19", "20", "23", "24", "28"].map((t) => isDoubted("old", t))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it("may have been deleted since the issue last changed, unless it changed again", () => {
    const kept = (...later: EventSpec[]) => {
      const isDoubted = doubted([...putOffAsOther, ...later], [], on("10"), on("14"));
      return ["09", "12", "15"].map((t) => isDoubted("old", t));
    };
    expect(kept()).toEqual([true, true, false]);
    expect(kept(label("11", "b"))).toEqual([true, false, false]);
  });

  it("are no riddle where each is taken off before the other is put on", () => {
    const told = [label("02", "old"), unlabel("04", "old"), label("06", "new")];
    expect(fold(told, ["new"], on("20"), on("20"), guessed).doubts).toEqual([]);
  });
});

describe("a name that may have meant another label", () => {
  const period = (name: string, others: string[]): NamePeriod => ({
    ...{ kind: "label", name, from: -forever, to: forever, key: name },
    ...{ gone: false, held: [], weak: true, others },
  });
  const guessed = nameResolver({ periods: [period("a", ["b", "c"])], aliases: [] });
  const doubted = (told: EventSpec[], shown: string[] | null, by = on("20"), latest = by) => {
    const { doubts } = fold(told, shown, by, latest, guessed);
    return (t: string) =>
      doubts.flatMap(({ about, from, to }) => (from <= on(t) && on(t) < to ? [about?.key] : [])).sort();
  };

  it("casts a doubt on each from the first use until GitHub shows what is on", () => {
    const isDoubted = doubted([label("03", "a"), unlabel("05", "a")], []);
    expect(["02", "03", "04", "19", "20"].map(isDoubted)).toEqual([
      [],
      ["b", "c"],
      ["b", "c"],
      ["b", "c"],
      [],
    ]);
  });

  it("does so anew after the look", () => {
    const isDoubted = doubted([label("03", "a"), unlabel("22", "a")], ["a"]);
    expect(["04", "21", "23"].map(isDoubted)).toEqual([["b", "c"], [], ["b", "c"]]);
  });

  it("does so since the issue began where it was put off alone", () => {
    expect(["01", "04"].map(doubted([unlabel("05", "a")], []))).toEqual([
      ["b", "c"],
      ["b", "c"],
    ]);
    const later = doubted([unlabel("05", "a"), label("07", "x"), unlabel("09", "a")], ["x"]);
    expect(later("06")).toEqual(["a", "b", "c"]);
  });

  it("does so for good where the issue was never seen", () => {
    expect(["02", "30"].map(doubted([label("03", "a")], null))).toEqual([[], ["b", "c"]]);
  });
});

it("a label that was added twice is on anew since the second time", () => {
  const { of } = fold([label("03", "a"), label("07", "a")], ["a"]);
  expect(of("a").map(({ from, to, startEvent }) => [from, to, startEvent === null])).toEqual([
    [on("03"), on("07"), false],
    [on("07"), forever, false],
  ]);
});

it("a label that is missing under its present name may never have been on under a former one", () => {
  const former: NamePeriod = {
    ...{ kind: "label", name: "old", from: -forever, to: forever, key: "new" },
    ...{ gone: false, held: [], weak: false, others: [] },
  };
  const resolver = nameResolver({ periods: [former], aliases: [] });
  const since = (name: string) =>
    fold([label("03", name)], [], on("20"), on("20"), resolver).doubts.map(({ from }) => from);
  expect(since("old")).toEqual([on("03")]);
  expect(since("plain")).toEqual([on("03") + 1]);
});
