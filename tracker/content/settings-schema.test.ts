import { describe, expect, test } from "vitest";
import type { ContentError } from "../errors.ts";
import { parseSettings } from "./parse.ts";
import { lanesOfAll, liveOf, rulesOf, settingsOfTeam } from "./settings-schema.ts";

const read = (yaml: string) =>
  parseSettings(`repository: a/b\ntimeZone: Europe/Vienna\n${yaml}\n`, "settings.yml");
function told(yaml: string): string[] {
  try {
    read(yaml);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: "settings-invalid", exitCode: 3 });
    return (error as ContentError).message.replace("settings.yml: ", "").split("\n  ");
  }
}

describe("lanes", () => {
  const lane = (name: string, role: string) => `{ name: ${name}, role: ${role}, when: {} }`;
  test.each([
    ["of all", (lanes: string) => `lanes: [${lanes}]`, "lanes"],
    ["of a team", (lanes: string) => `teams: [{ name: A }, { name: B, lanes: [${lanes}] }]`, "teams.1.lanes"],
  ])("%s: one of them is done, and no two are called the same", (_, yaml, path) => {
    expect(told(yaml(`${lane("A", "sprint")}, ${lane("B", "done")}`))).toEqual([]);
    expect(told(yaml(`${lane("A", "sprint")}, ${lane("B", "progress")}`))).toEqual([
      expect.stringMatching(
        new RegExp(`^${path.replaceAll(".", "\\.")}: expected exactly one lane with role done, got 0`),
      ),
    ]);
    expect(told(yaml(`${lane("A", "sprint")}, ${lane("A", "done")}`))[0]).toContain(
      `${path}: two lanes have the same name`,
    );
    expect(told(yaml(lane("B", "done")))[0]).toContain(`${path}: expected at least 2 entries`);
  });

  test.each([
    [
      "{ name: A, role: doen, when: {} }",
      'lanes.0.role: expected one of backlog, sprint, progress, done, got "doen"; did you mean done?',
    ],
    [
      "{ name: A, role: sprint, when: { labels: doing } }",
      'lanes.0.when.labels: expected a list, got "doing"; write labels: [doing]',
    ],
    [
      "{ name: A, role: sprint, when: { state: merged } }",
      'lanes.0.when.state: expected one of open, closed, got "merged"',
    ],
    [
      "{ name: A, role: sprint, when: { asigned: true } }",
      'lanes.0.when.asigned is not known; did you mean "assigned"?',
    ],
    [
      "{ name: A, role: sprint, when: { assigned: somebody } }",
      "lanes.0.when.assigned: expected true or false such as true",
    ],
    [
      "{ name: A, role: sprint }",
      "lanes.0.when: is missing, expected keys with values such as { state: open }",
    ],
    ["{ name: A, role: sprint, when: { labels: [] } }", "lanes.0.when.labels: expected at least 1 entry"],
  ])("%s is told", (first, expected) => {
    expect(told(`lanes:\n  - ${first}\n  - ${lane("B", "done")}`)).toEqual([
      expect.stringContaining(expected),
    ]);
  });

  test("of teams count where all are asked for", () => {
    const settings = read(
      `teams: [{ name: A }, { name: B, lanes: [${lane("X", "sprint")}, ${lane("Y", "done")}] }]`,
    );
    expect(lanesOfAll(settings).map(({ name }) => name)).toEqual([
      "Backlog",
      "Sprint",
      "In progress",
      "Done",
      "X",
      "Y",
    ]);
  });
});

describe("teams", () => {
  test.each([
    ["the same name", "[{ name: Web }, { name: Web }]"],
    ["names of one address", "[{ name: Web shop }, { name: web-SHOP! }]"],
    ["names that differ in an accent", "[{ name: Café }, { name: Cafe }]"],
  ])("with %s are refused, for their pages would be one", (_, teams) => {
    expect(told(`teams: ${teams}`)).toEqual([
      expect.stringContaining("teams.1.name: another team is called so"),
    ]);
  });

  test("have what is theirs, and of all the rest what all have", () => {
    const settings = read(
      "workdays: [1, 2, 3]\nlabels: { debt: [owed], kalmPrefix: 'k: ' }\nsizes: { S: 2 }\n" +
        "teams:\n  - { name: A, timeZone: Asia/Tokyo, labels: { debt: [schuld] } }\n  - { name: B, workdays: [6] }",
    );
    expect(settingsOfTeam(settings, "A")).toMatchObject({
      timeZone: "Asia/Tokyo",
      workdays: [1, 2, 3],
      sizes: { S: 2 },
      labels: { debt: ["schuld"], freezebox: ["freezebox"], kalmPrefix: "k: " },
    });
    expect(settingsOfTeam(settings, "B")).toMatchObject({
      timeZone: "Europe/Vienna",
      workdays: [6],
      labels: { debt: ["owed"] },
    });
    for (const none of [null, "C", "a"]) expect(settingsOfTeam(settings, none)).toBe(settings);
  });

  test("that count in another unit have none of the sizes of all", () => {
    const settings = read(
      "sizes: { S: 2 }\nteams: [{ name: P, unit: points }, { name: Q, unit: points, sizes: { S: 5 } }, { name: D, unit: days }]",
    );
    expect(["P", "Q", "D"].map((name) => settingsOfTeam(settings, name).sizes)).toEqual([
      {},
      { S: 5 },
      { S: 2 },
    ]);
    const points = read("unit: points\nsizes: { S: 3 }\nteams: [{ name: D, unit: days }]");
    expect(settingsOfTeam(points, "D").sizes).toEqual({ S: 0.1, M: 0.5, L: 1 });
    expect(read("unit: points").sizes).toEqual({});
  });
});

describe("sizes, estimates and effort", () => {
  test.each([
    ["sizes: { S: 0 }", "sizes.S: expected more than 0, got 0 (line 3)"],
    ["sizes: { S: -1 }", "sizes.S: expected more than 0, got -1 (line 3)"],
    ["sizes: { S: .inf }", /^sizes\.S: expected a number/],
    ["sizes: { xl: 1, 'X L': 2 }", /^sizes: X L is there twice, in any case/],
    [
      "estimate: { from: issue-field }",
      "estimate.name: is missing, expected text such as Some words (line 3)",
    ],
    ["actual: { from: comment, name: Spent }", /^actual\.name: comments have no name: leave it out/],
    ["actual: { from: issue-field }", /^actual\.name: is missing, expected the field's name/],
    [
      "actual: { from: label, name: x }",
      /^actual\.from: expected comment, issue-field or project-field, got "label"/,
    ],
    [
      "estimate: { from: issue-field, name: Size }\nactual: { from: issue-field, name: SIZE }",
      /^actual\.name: is the field of estimates, Size: expected another one/,
    ],
    [
      "unit: points\nestimate: { from: issue-field, name: x, daysPerPoint: 2 }",
      /^estimate\.daysPerPoint: with unit: points, a point is a point/,
    ],
  ])("%j is refused", (yaml, expected) => {
    if (typeof expected === "string") expect(told(yaml)).toEqual([expected]);
    else expect(told(yaml)).toEqual([expect.stringMatching(expected)]);
  });

  test.each([
    "estimate: { from: issue-field, name: Size }\nactual: { from: project-field, name: Size }",
    "unit: points\nestimate: { from: issue-field, name: x, daysPerPoint: 2 }\nteams: [{ name: A, unit: days }]",
    "unit: points\nestimate: { from: issue-field, name: x, daysPerPoint: 1 }",
    "actual: { from: comment }",
  ])("%j is fine", (yaml) => expect(told(yaml)).toEqual([]));

  test("figures read effort from a field only where one is named", () => {
    expect(rulesOf(read("actual: { from: comment }"))).not.toHaveProperty("actual");
    expect(rulesOf(read(""))).not.toHaveProperty("estimate");
    expect(rulesOf(read("actual: { from: issue-field, name: Spent, numbers: hours }")).actual).toEqual({
      from: "issue-field",
      name: "Spent",
      numbers: "hours",
    });
  });
});

describe("the live demo", () => {
  test.each([
    ["", null],
    ["live: false", null],
    ["live: true", { url: null }],
    ["live: { url: wss://a.example/live }", { url: "wss://a.example/live" }],
    ["live: { url: 'https://a.example' }", { url: "https://a.example" }],
    ["liveUrl: ws://a.example", { url: "ws://a.example" }],
    ["live: true\nliveUrl: ws://a.example", { url: "ws://a.example" }],
    ["live: { url: wss://new.example }\nliveUrl: ws://old.example", { url: "wss://new.example" }],
    ["liveUrl: null", null],
  ])("%j is at %j", (yaml, expected) => expect(liveOf(read(yaml))).toEqual(expected));

  test.each([
    ["live: { url: /live }", "live.url: expected an address such as wss://demo.example.org/live"],
    ["live: { url: ftp://a.example }", "live.url: expected an address such as wss://"],
    ["live: wss://a.example", "live: expected true or false, or keys with values"],
    ["live: { adress: wss://a.example }", "live.adress is not known"],
    ["liveUrl: a.example", "liveUrl: expected an address such as wss://"],
  ])("%j is refused", (yaml, expected) => expect(told(yaml).join("\n")).toContain(expected));
});

test.each([
  ["github: https://GitHub.Example.com/", "https://github.example.com"],
  ["github: https://github.example.com:443", "https://github.example.com"],
  ["github: http://ghe.local:8080", "http://ghe.local:8080"],
  ["", "https://github.com"],
])("%j is the GitHub at %s", (yaml, expected) => expect(read(yaml).github).toBe(expected));

test.each([
  ["social: [{ label: x, url: 'javascript:alert(1)' }]", "social.0.url: expected an address"],
  ["social: [{ label: '', url: 'https://a.example' }]", "social.0.label: expected some text"],
  ["subscribe: { label: x, url: 'data:x' }", "subscribe.url: expected an address"],
  ["url: a.example", "url: expected an address such as https://example.org"],
  ["daily: { time: '24:00' }", "daily.time: expected HH:MM such as 09:15"],
  ["daily: { time: '10:15', minutes: 0 }", "daily.minutes: expected more than 0"],
  ["locale: german!", "locale: expected a BCP 47 locale such as de-AT"],
  ["texts: { frame: { nav: { abuot: x } } }", "texts.frame.nav.abuot"],
  ["texts: { pages: 3 }", "texts.pages"],
  ["github: https://a.example/x", "github: expected an address without a path"],
  ["github: https://a.example?x", "github: expected an address without a path"],
  ["github: https://a.example#x", "github: expected an address without a path"],
  ["github: https://token@a.example", "github: expected an address without a path"],
  ["hoursPerDay: 24.5", "hoursPerDay: expected at most 24"],
  ["daysPerWeek: 8", "daysPerWeek: expected at most 7"],
  ["daysOff: [2026-02-29]", "daysOff.0: expected a day"],
])("%j is refused", (yaml, expected) => expect(told(yaml).join("\n")).toContain(expected));
