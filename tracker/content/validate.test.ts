import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ContentError } from "../errors.ts";
import { parsePost, parseReport, parseSettings, parseSprint } from "./parse.ts";
import { nearest } from "./validate.ts";

const minimal = "repository: a/b\ntimeZone: UTC\n";
const settings = parseSettings(minimal, "settings.yml");

/** What is told of a file, without its name; null: it is taken. */
function told(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ContentError);
    const { message, file } = error as ContentError;
    return message.slice(file.length + 2);
  }
}
const ofSettings = (text: string) => told(() => parseSettings(text, "settings.yml"));
const ofKey = (yaml: string) => ofSettings(`${minimal}${yaml}\n`);
const ofSprint = (front: string) =>
  told(() => parseSprint(`---\n${front}\n---\n`, "sprints/01.md", settings));
const ofPost = (front: string) => told(() => parsePost(`---\n${front}\n---\n`, "posts/x.md", "x"));

/** Words of the library that checks, which say little to whoever wrote the file. */
const jargon =
  /Invalid|received|Too (small|big)|>=|<=|\b(string|array|object|record|boolean|null|undefined|NaN)\b/;

describe("a file that is no map of keys", () => {
  test.each([
    ["- a\n- b", "a list of 2"],
    ["[]", "an empty list"],
    ["just words", '"just words"'],
    ["42", "42"],
    ["true", "true"],
  ])("settings of %j are told what was found and what is expected, with an example, once", (text, got) => {
    expect(ofSettings(text)).toBe(
      `expected keys with values such as { repository: octo-org/rocket, timeZone: Europe/Vienna }, got ${got} (line 1)`,
    );
  });

  test("the line is that of the file, below comments and in front matter", () => {
    expect(ofSettings("# Ours\n\n- a\n")).toMatch(/got a list of 1 \(line 3\)$/);
    expect(ofSprint("- a")).toMatch(/^expected keys with values such as \{ number: 1, .*\(line 2\)$/);
    expect(ofPost("Hello")).toMatch(/^expected keys with values such as \{ title: .*got "Hello" \(line 2\)$/);
  });

  test.each([
    ["settings", () => ofSettings("- a"), (text: string) => ofSettings(text)],
    ["a sprint", () => ofSprint("- a"), (text: string) => ofSprint(text)],
    ["a post", () => ofPost("- a"), (text: string) => ofPost(text)],
  ])("the example of %s is one that works", (_, wrong, read) => {
    expect(read(/such as (.*), got/.exec(wrong() ?? "")?.[1] ?? "")).toBeNull();
  });
});

describe("a value of the wrong kind", () => {
  test.each([
    ["title: 3", 'title: expected text, got 3; write title: "3" (line 3)'],
    ["title: 1.10", 'title: expected text, got 1.1; write title: "1.10" (line 3)'],
    ["title:", "title: expected text such as Sprint reviews, got nothing (line 3)"],
    ["links: 'no'", 'links: expected true or false, got "no"; write links: false (line 3)'],
    ["hoursPerDay: '7,5'", 'hoursPerDay: expected a number, got "7,5"; write hoursPerDay: 7.5 (line 3)'],
    ["hoursPerDay: eight", 'hoursPerDay: expected a number such as 8, got "eight" (line 3)'],
    ["hoursPerDay: .inf", "hoursPerDay: expected a number such as 8, got Infinity (line 3)"],
    ["hoursPerDay: 25", "hoursPerDay: expected at most 24, got 25 (line 3)"],
    ["hoursPerDay: 0", "hoursPerDay: expected more than 0, got 0 (line 3)"],
    ["workdays: 5", "workdays: expected a list such as [1, 2, 3, 4, 5], got 5 (line 3)"],
    [
      "workdays: []",
      "workdays: expected at least 1 entry such as [1, 2, 3, 4, 5], got an empty list (line 3)",
    ],
    ["workdays: [1, 8]", "workdays.1: expected at most 7, got 8 (line 3)"],
    ["workdays: [1.5]", "workdays.0: expected a whole number such as 1, got 1.5 (line 3)"],
    [
      "labels:\n  debt: technical debt",
      'labels.debt: expected a list, got "technical debt"; write debt: [technical debt] (line 4)',
    ],
    ["labels: { debt: 'a, b' }", 'labels.debt: expected a list, got "a, b"; write debt: [a, b] (line 3)'],
    [
      "labels: debt",
      'labels: expected keys with values such as { debt: [technical debt] }, got "debt" (line 3)',
    ],
    [
      "daysOff: 2026-12-24",
      'daysOff: expected a list, got "2026-12-24"; write daysOff: [2026-12-24] (line 3)',
    ],
    [
      "daysOff:\n  - 2026-12-24\n  - 25.12.2026",
      'daysOff.1: expected a day such as 2026-01-05, got "25.12.2026"; write 2026-12-25 (line 5)',
    ],
    [
      "teams: { name: A }",
      "teams: expected a list, got keys with values; write teams: [{ name: A }] (line 3)",
    ],
    ["live: yes", 'live: expected true or false, or keys with values, got "yes"; write live: true (line 3)'],
    [
      "live: { url: x }",
      'live.url: expected an address such as wss://demo.example.org/live, got "x" (line 3)',
    ],
    ["url: x", 'url: expected an address such as https://example.org, got "x" (line 3)'],
    ["daily: { time: 9:15 }", 'daily.time: expected HH:MM such as 09:15, got "9:15" (line 3)'],
    [
      "membership: lable",
      /^membership: expected one of milestone, label, .*got "lable"; did you mean label\?/,
    ],
    [
      "membership: sprint",
      'membership: expected one of milestone, label, status, iteration, got "sprint" (line 3)',
    ],
    ["unit: 3", "unit: expected one of days, points, got 3 (line 3)"],
    ["sizes: 3", "sizes: expected keys with values such as { S: 0.1, M: 0.5, L: 1 }, got 3 (line 3)"],
    ["theme: red", 'theme: expected keys with values such as { accent: "#0b6e4f" }, got "red" (line 3)'],
    [
      "budget: 400",
      "budget: expected keys with values such as { currency: EUR, amount: 400 }, got 400 (line 3)",
    ],
  ])("%j", (yaml, expected) => {
    if (expected instanceof RegExp) expect(ofKey(yaml)).toMatch(expected);
    else expect(ofKey(yaml)).toBe(expected);
  });

  test("is told once, though other rules break on it, too", () => {
    expect(ofKey("lanes: x")?.split("\n")).toEqual([
      expect.stringMatching(/^lanes: expected a list such as \[\{ name: To do, .*\], got "x" \(line 3\)$/),
    ]);
    expect(ofSprint("number: 1\ntitle: T\ngoal: G\nfirstDay: 5.1.2026\nlastDay: 2026-01-16")).toBe(
      'firstDay: expected a day, YYYY-MM-DD, got "5.1.2026"; write firstDay: 2026-01-05 (line 5)',
    );
  });

  test("is shortened where it is a novel", () => {
    expect(ofKey(`membership: ${"x".repeat(5000)}`)?.length).toBeLessThan(300);
  });

  test("every problem of a file is told in one go, from its first line to its last", () => {
    const text = "repository: 3\nlabels: { debt: [] }\ntypo: 1\ncount: all\nworkdays:\n  - 1\n  - 8\n  - x\n";
    const lines = ofSettings(text)?.split("\n  ") ?? [];
    expect(lines.map((line) => [/^[\w.]+/.exec(line)?.[0], /\(line (\d)\)/.exec(line)?.[1]])).toEqual([
      ["repository", "1"],
      ["timeZone", undefined],
      ["labels.debt", "2"],
      ["typo", "3"],
      ["count", "4"],
      ["workdays.1", "7"],
      ["workdays.2", "8"],
    ]);
  });
});

describe("keys that are missing or not known", () => {
  test("a missing one is told with an example, where it is missing", () => {
    expect(ofSettings("repository: a/b\n")).toBe("timeZone: is missing, expected text such as Europe/Vienna");
    expect(ofKey("social:\n  - label: Blog")).toBe(
      "social.0.url: is missing, expected text such as https://example.org (line 4)",
    );
    expect(ofPost("title: T\ndate: 2026-01-05")).toBe(
      "kind: is missing, expected one of planning, daily, review, note",
    );
  });

  test("all that are not known are told, with what was surely meant, and what there is told once", () => {
    const lines =
      ofKey("tittle: x\nTAGLINE: y\nfoo: 1\nbarbar: 2\nlabels: { dept: [x] }")?.split("\n  ") ?? [];
    expect(lines.filter((line) => line.includes("is not known"))).toEqual(
      expect.arrayContaining([
        'labels.dept is not known; did you mean "debt"? (line 7)',
        'tittle is not known; did you mean "title"? (line 3)',
        'TAGLINE is not known; did you mean "tagline"? (line 4)',
        "foo is not known (line 5)",
        expect.stringMatching(/^barbar is not known \(line 6\)\. Known: repository, repositories, github, /),
      ]),
    );
    expect(lines).toHaveLength(5);
  });

  test("a key that JavaScript knows is none of ours", () => {
    for (const key of ["__proto__", "constructor", "toString"])
      expect(ofKey(`${key}: 1`)).toMatch(new RegExp(`^${key} is not known`));
    expect(ofKey("labels: { constructor: [x] }")).toMatch(/^labels\.constructor is not known/);
  });
});

/** Every top key that docs/settings.md tells of. */
const documented = [
  ...new Set(
    [
      ...(
        readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8")
          .split("## `content/settings.yml`")[1]
          ?.split("\n## ")[0] ?? ""
      ).matchAll(/^\| `(\w+)`/gm),
    ].map(([, key = ""]) => key),
  ),
];

test("the documentation tells of the keys that are tried here", () => {
  expect(documented.length).toBeGreaterThan(25);
});

const wrong = ["3", "-1.5", "true", "x y", "[]", "[3]", "[x]", "{ a: 1 }", "{ a: { b: [] } }", "~", "''"];

test.each(documented)(
  "%s: whatever of another kind stands there, words are plain and advice works",
  (key) => {
    const others = minimal.split("\n").filter((line) => line !== "" && !line.startsWith(`${key}:`));
    if (key === "repositories") others.shift();
    const withValue = (value: string) => ofSettings([...others, `${key}: ${value}`].join("\n"));
    let tried = 0;
    for (const value of wrong) {
      for (const line of withValue(value)?.split("\n  ") ?? []) {
        expect(line).not.toMatch(jargon);
        expect(line).toMatch(new RegExp(`^${key}\\b`));
        const advised =
          new RegExp(`^${key}: expected .*(?:; write ${key}:|such as) ([^()]*?)(?:, got .*)? \\(line`).exec(
            line,
          ) ?? new RegExp(`^${key}: expected one of (\\w+)`).exec(line);
        const [, text = ""] = advised ?? [];
        // Rules of our own words have examples such as "400 or 400.50".
        if (advised === null || / or |, or /.test(text)) continue;
        expect([key, value, text, withValue(text)]).toEqual([key, value, text, null]);
        expect(() => parse(text)).not.toThrow();
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(0);
  },
);

describe("a report", () => {
  test("that is cut down is told without examples, and with where to get it back", () => {
    const failed = told(() => parseReport("{}", "reports/01.json"));
    expect(failed).toMatch(
      /^schema: is missing, expected sprintcast\/report@1\n {2}repository: is missing, expected text\n/,
    );
    expect(failed).not.toMatch(jargon);
    expect(failed).not.toMatch(/such as|line \d/);
    expect(told(() => parseReport("[]", "reports/01.json"))).toBe(
      "expected keys with values, got an empty list",
    );
    try {
      parseReport("{}", "reports/01.json");
    } catch (error) {
      expect((error as ContentError).hint).toMatch(/freeze.*bring it back/);
    }
  });

  test("with more faults than anybody reads has the first of them, and how many more", () => {
    const lines = told(() => parseReport(JSON.stringify({ done: Array(500).fill({}) }), "r.json"))?.split(
      "\n  ",
    );
    expect(lines).toHaveLength(21);
    expect(lines?.at(-1)).toMatch(/^and \d{3,} more$/);
  });
});

test.each([
  ["timezone", ["timeZone", "title"], "timeZone"],
  ["LANES", ["lanes", "live"], "lanes"],
  ["goal_met", ["goalMet", "goal"], "goalMet"],
  ["foo", ["logo", "for"], "for"],
  ["foo", ["logo", "url"], null],
  ["x", ["S", "M"], "S"],
  ["nothing like it", ["title"], null],
  ["a", [], null],
])("of %j and %j the near word is %j", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});
