import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forever } from "../../model/interval.ts";
import {
  type Alias,
  listedAliases,
  type NamePeriod,
  nameResolver,
  nameSpans,
  noNames,
  unresolvedKey,
} from "./resolver.ts";

const period = (
  name: string,
  key: string,
  from: number,
  to: number,
  more: Partial<NamePeriod> = {},
): NamePeriod => ({
  kind: "label",
  name,
  key,
  from,
  to,
  gone: false,
  held: [],
  weak: false,
  others: [],
  ...more,
});

/** Borne by something that was deleted up to 10, by `b` up to 20, by `c` since. */
const thrice = [
  period("x", "x", -forever, 10, { gone: true, held: [{ from: 2, to: 6 }] }),
  period("x", "b", 10, 20),
  period("x", "c", 20, forever),
];

describe("whom a name meant", () => {
  const resolver = nameResolver({
    periods: [thrice[2], thrice[0], thrice[1]].flatMap((one) => one ?? []),
    aliases: [],
  });

  test.each([
    [-forever, "x"],
    [9, "x"],
    [10, "b"],
    [19, "b"],
    [20, "c"],
    [forever - 1, "c"],
    [forever, "c"],
  ])("at %d: %s, in whatever order the periods came", (at, key) => {
    expect(resolver.resolve("label", "x", at).key).toBe(key);
  });

  test("does not depend on what was asked before", () => {
    const keyAt = (at: number) => resolver.resolve("label", "x", at).key;
    expect([25, 5, 15, 5, 25].map(keyAt)).toEqual(["c", "x", "b", "x", "c"]);
  });

  test("is told for each kind by itself", () => {
    expect(resolver.resolve("assignee", "x", 15)).toMatchObject({ key: "x", gone: false });
    expect(resolver.resolve("milestone", "x", 15)).toMatchObject({ key: "title:x", gone: false });
  });

  test("is told letter for letter: another case is another name", () => {
    expect(resolver.resolve("label", "X", 15).key).toBe("X");
  });

  test("a name that nobody bears is of something deleted, once the living are known, and an account never is", () => {
    expect(nameResolver(noNames).resolve("label", "y", 3)).toMatchObject({ gone: false, thereUntil: null });
    expect(resolver.resolve("label", "y", 3)).toMatchObject({ key: "y", gone: true, thereUntil: 3 });
    expect(resolver.resolve("label", "y", 7).thereUntil).toBe(7);
    const ann = period("ann", "ann", -forever, forever, { kind: "assignee" });
    const accounts = nameResolver({ periods: [ann], aliases: [] });
    expect(accounts.resolve("assignee", "y", 3)).toMatchObject({ gone: false, thereUntil: null });
  });

  test("a title that looks like a number is never taken for one", () => {
    expect(unresolvedKey("milestone", "7")).toBe("title:7");
    expect(unresolvedKey("label", "7")).toBe("7");
    expect(nameResolver(noNames).resolve("milestone", "7", 1).key).toBe("title:7");
  });

  test("what is gone was there as long as one thing surely bore the name, else at that instant", () => {
    const thereUntil = (at: number) => resolver.resolve("label", "x", at).thereUntil;
    expect([1, 2, 4, 6, 7].map(thereUntil)).toEqual([1, 6, 6, 6, 7]);
    expect(thereUntil(15)).toBe(null);
  });
});

describe("by when something lost its name", () => {
  const milestone = (key: string, from: number, to: number, gone = false) =>
    period("Sprint", key, from, to, { kind: "milestone", gone });
  const born = new Map([["2", 30]]);
  const names = {
    periods: [milestone("title:Sprint", -forever, 20, true), milestone("2", 20, forever)],
    aliases: [],
  };

  test("what bears it now was created by then, but only where that came after", () => {
    const resolver = nameResolver(names, born);
    expect(resolver.resolve("milestone", "Sprint", 5)).toMatchObject({ gone: true, goneBy: 30 });
    const early = nameResolver(names, new Map([["2", 3]]));
    expect(early.resolve("milestone", "Sprint", 5).goneBy).toBe(null);
    expect(nameResolver(names).resolve("milestone", "Sprint", 5).goneBy).toBe(null);
  });

  test("a listing of all lacks it, or another bears its name since", () => {
    const listing = { at: 50, keys: new Set(["2"]) };
    const listed = nameResolver(names, born, [], { milestone: listing });
    expect(listed.goneBy("milestone", { key: "1", name: "Sprint" }, 10)).toEqual({ at: 30, surely: 50 });
    expect(listed.goneBy("milestone", { key: "1", name: "Other" }, 10)).toEqual({ at: 50, surely: 50 });
    expect(listed.goneBy("milestone", { key: "2", name: "Sprint" }, 10)).toBe(null);
    expect(nameResolver(names, born).goneBy("milestone", { key: "1", name: "Sprint" }, 10)).toEqual({
      at: 30,
      surely: forever,
    });
  });

  test("a listing from before it was seen says nothing of it", () => {
    const resolver = nameResolver(noNames, new Map(), [], { label: { at: 50, keys: new Set() } });
    expect(resolver.goneBy("label", { key: "a", name: "a" }, 49)).toEqual({ at: 50, surely: 50 });
    expect(resolver.goneBy("label", { key: "a", name: "a" }, 50)).toBe(null);
    expect(resolver.goneBy("label", { key: "a", name: "a" }, 51)).toBe(null);
  });
});

describe("a deletion that was delivered", () => {
  const deleted = (at: number, bornAt: number | null = null) => ({
    kind: "label" as const,
    name: "x",
    at,
    bornAt,
  });

  test("ends what bore the name then: the first one after the instant that is asked about", () => {
    const resolver = nameResolver(noNames, new Map(), [deleted(10), deleted(20)]);
    const at = (t: number) => resolver.resolve("label", "x", t).deletedAt;
    expect([9, 10, 19, 20].map(at)).toEqual([10, 20, 20, null]);
    expect(resolver.resolve("milestone", "x", 9).deletedAt).toBe(null);
  });

  test("says nothing of a time before what was deleted was made, or of a name that was another's once", () => {
    const resolver = nameResolver(noNames, new Map(), [deleted(20, 15)]);
    expect(resolver.resolve("label", "x", 14).deletedAt).toBe(null);
    expect(resolver.resolve("label", "x", 15).deletedAt).toBe(20);
    const alias: Alias = { kind: "label", key: "y", from: "x", to: "y", notBefore: 1, notAfter: 2 };
    const renamed = nameResolver({ periods: [], aliases: [alias] }, new Map(), [deleted(20)]);
    expect(renamed.resolve("label", "x", 15).deletedAt).toBe(null);
  });
});

test("every key that ever bore a name is found in any case, each once", () => {
  const resolver = nameResolver({
    periods: [...thrice, period("X", "b", 0, 1), period("Ä", "ä", 0, 1)],
    aliases: [],
  });
  expect(resolver.keysEverNamed("label", "X").sort()).toEqual(["b", "c", "x"]);
  expect(resolver.keysEverNamed("label", "ä")).toEqual(["ä"]);
  expect(resolver.keysEverNamed("milestone", "x")).toEqual([]);
});

describe("names over time", () => {
  const alias = (from: string, to: string, notBefore: number | null, notAfter: number | null): Alias => ({
    kind: "label",
    key: "c",
    from,
    to,
    notBefore,
    notAfter,
  });

  test("the former one up to its last use, the present one as a guess up to its first, and then for good", () => {
    expect(nameSpans({ periods: [], aliases: [alias("a", "c", 10, 20)] })).toMatchObject([
      { name: "a", from: -forever, to: 11, provenance: "replayed" },
      { name: "c", from: 11, to: 20, provenance: "inferred" },
      { name: "c", from: 20, to: forever, provenance: "replayed" },
    ]);
  });

  test("of a rename that nothing dates the present name stands throughout, as a guess", () => {
    expect(nameSpans({ periods: [], aliases: [alias("a", "c", null, null)] })).toMatchObject([
      { name: "c", from: -forever, to: forever, provenance: "inferred" },
    ]);
  });

  test("cover all time without a gap, whatever is known of each rename", () => {
    const bound = fc.option(fc.integer({ min: 0, max: 100 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(bound, bound), { minLength: 1, maxLength: 4 }), (bounds) => {
        const aliases = bounds.map(([before, after], index) =>
          alias(`n${index}`, index === bounds.length - 1 ? "c" : `n${index + 1}`, before, after),
        );
        const spans = nameSpans({ periods: [], aliases });
        expect(spans[0]?.from).toBe(-forever);
        expect(spans.at(-1)).toMatchObject({ to: forever, name: "c" });
        for (const [index, { from, to }] of spans.entries()) {
          expect(from).toBeLessThan(to);
          if (index > 0) expect(from).toBe(spans[index - 1]?.to);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test("accounts have none: a login of long ago is not shown", () => {
    const account: Alias = { ...alias("a", "c", 1, 2), kind: "assignee" };
    expect(nameSpans({ periods: [], aliases: [account] })).toEqual([]);
    expect(listedAliases({ periods: [], aliases: [account] })).toEqual({ labels: [], milestones: [] });
  });
});

test("renames are listed by kind, those of milestones with their number, and none of what was deleted", () => {
  const milestone = (key: string): Alias => ({
    kind: "milestone",
    key,
    from: "a",
    to: "b",
    notBefore: 1,
    notAfter: null,
  });
  const label: Alias = { kind: "label", key: "b", from: "a", to: "b", notBefore: null, notAfter: 2 };
  expect(listedAliases({ periods: [], aliases: [milestone("7"), milestone("title:b"), label] })).toEqual({
    labels: [{ from: "a", to: "b", notBefore: null, notAfter: 2 }],
    milestones: [{ from: "a", to: "b", notBefore: 1, notAfter: null, number: 7 }],
  });
});
