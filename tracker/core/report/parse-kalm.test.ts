import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repositoriesOf } from "../model/repositories.ts";
import { kalmSections, parseKalm } from "./parse-kalm.ts";

const one = repositoriesOf(["a/b"]);
const several = repositoriesOf(["a/web", "a/web-api"]);
const under = (heading: string, items = "- x") =>
  parseKalm(`## K.A.L.M.\n\n### ${heading}\n\n${items}\n`, one);
const kindsUnder = (heading: string) => under(heading).promises.map(({ kind }) => kind);
const issueIn = (item: string, repositories = one) =>
  parseKalm(`## KALM\n\n### Keep\n\n- ${item}\n`, repositories).promises.map(({ issue }) => issue);

describe("a heading", () => {
  test.each([
    ["Keep", "keep"],
    ["KEEP doing", "keep"],
    ["2. Add", "add"],
    ["1. 2. Less", "less"],
    ["Do less of", "less"],
    ["Do  *more*", "more"],
    ["More:", "more"],
    ["Ｋｅｅｐ", "keep"],
  ])("%j asks for promises to %s", (heading, kind) => {
    expect(kindsUnder(heading)).toEqual([kind]);
  });

  test.each([
    "Keep and add",
    "Less or more",
    "Do less, do more",
    "Additional",
    "Keeper",
    "Moreover",
    "Notes",
    "",
  ])("%j asks for none", (heading) => {
    expect(kindsUnder(heading)).toEqual([]);
  });

  test.each(["K.A.L.M.", "KALM", "K A L M", "kalm!", "2. K.A.L.M."])("%j begins the section", (heading) => {
    expect(parseKalm(`# ${heading}\n\n## Keep\n\n- x`).promises).toHaveLength(1);
  });

  test("of the same rank as the section's ends it, and one below does not", () => {
    const text = "## KALM\n\n### Keep\n\n- in\n\n#### More\n\n- deep\n\n## Less\n\n- out\n";
    expect(parseKalm(text).promises.map(({ text: words }) => words)).toEqual(["in", "deep"]);
  });
});

describe("the issue of a promise", () => {
  test.each([
    ["Ask about #12", 12],
    ["(#12)", 12],
    ["#12, then #13", 12],
    ["Learn C#7", null],
    ["See other/repo#8", null],
    ["#0 and #007", null],
    ["#12th", null],
    ["#1234567890", null],
    ["[it](https://github.com/A/B/issues/9)", 9],
    ["[it](https://github.com/a/b/pull/9)", null],
    ["[it](https://github.com/a/bb/issues/9)", null],
    ["[it](https://github.com/a/b/issues/9x)", null],
    ["[x](https://github.com/c/d/issues/3) [y](https://github.com/a/b/issues/4)", 4],
    ["[x](https://github.com/a/b/issues/3) [y](https://github.com/a/b/issues/4)", 3],
  ])("%j is %s", (item, issue) => {
    expect(issueIn(item)).toEqual([issue]);
  });

  test("of several repositories is told by the whole name, though one begins with the other", () => {
    expect(
      ["web#3", "web-api#3", "a/web-api#3", "web-ap#3"].flatMap((item) => issueIn(item, several)),
    ).toEqual([several.keyOf("web", 3), several.keyOf("web-api", 3), several.keyOf("web-api", 3), null]);
  });

  test("is none that only a list below it names, by number or by link", () => {
    for (const remark of ["see #9", "see [it](https://github.com/a/b/issues/9)"])
      expect(under("Keep", `- Ask early\n  - ${remark}`).promises).toEqual([
        { kind: "keep", text: "Ask early", issue: null },
      ]);
  });
});

describe("a follow-up", () => {
  test.each([
    ["[x] kept", true],
    ["[X] kept", true],
    ["[ ] open", null],
    ["open", null],
    ["[-] dropped", false],
    ["~~dropped~~", false],
    ["[x] ~~dropped~~", false],
    ["~~part~~ of it", null],
    ["kept [x]", null],
  ])("%j is an answer of %s", (item, kept) => {
    expect(under("Follow-up", `- ${item}`).answers.map((answer) => answer.kept)).toEqual([kept]);
  });

  test("that is struck through promises nothing under another heading", () => {
    expect(under("Keep", "- ~~gone~~\n- there").promises.map(({ text }) => text)).toEqual(["there"]);
  });
});

test("whatever a review says, its sections hold each of its blocks once, and nothing is promised outside K.A.L.M.", () => {
  const line = fc.constantFrom(
    "# KALM",
    "## Keep",
    "### Follow-up",
    "# Other",
    "- a #1",
    "- [-] b",
    "~~c~~",
    "<!-- d -->",
    "",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join("\n\n");
      const sections = kalmSections(text);
      expect(sections).toHaveLength(lines.filter((each) => each.startsWith("#")).length);
      const inside = sections.filter(({ where }) => where === "inside");
      if (inside.length === 0) expect(parseKalm(text)).toEqual({ promises: [], answers: [] });
      const items = inside.flatMap(({ nodes }) =>
        nodes.flatMap((node) => (node.type === "list" ? node.children : [])),
      );
      const { promises, answers } = parseKalm(text);
      expect(promises.length + answers.length).toBeLessThanOrEqual(items.length);
    }),
    { seed: 61, numRuns: 100 },
  );
});
