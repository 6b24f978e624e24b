import { describe, expect, test } from "vitest";
import { ContentError } from "../errors.ts";
import { orderSprints, parseSettings, parseSprint } from "./parse.ts";

const settingsIn = (timeZone: string, more = "") =>
  parseSettings(`repository: a/b\ntimeZone: ${timeZone}\n${more}`, "settings.yml");

const read = (front: string, settings = settingsIn("UTC"), file = "sprints/01.md") =>
  parseSprint(
    `---\nnumber: 1\ntitle: T\ngoal: G\n${front}\n---\n`.replace(/number: 1\n([\s\S]*number:)/, "$1"),
    file,
    settings,
  );

function told(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ContentError);
    return (error as ContentError).message.replace(/^sprints\/\d+\.md: /, "");
  }
}
const spanOf = (front: string, timeZone: string) => {
  const { sprint } = read(front, settingsIn(timeZone));
  return [sprint.start, sprint.end].map((at) => new Date(at).toISOString().replace(".000Z", "Z"));
};

describe("days become instants of the team's zone", () => {
  test.each([
    ["UTC", "2026-01-05", "2026-01-05", "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"],
    // Midnight does not come: clocks go from 23:59:59 to 01:00.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-10", "2018-11-04T03:00:00Z", "2018-11-11T02:00:00Z"],
    ["America/Sao_Paulo", "2018-10-29", "2018-11-03", "2018-10-29T03:00:00Z", "2018-11-04T03:00:00Z"],
    // Midnight comes twice: the sprint begins with the first.
    ["Asia/Amman", "2021-10-29", "2021-10-29", "2021-10-28T21:00:00Z", "2021-10-29T22:00:00Z"],
    // Across both changes of a year, and at the edges of the world.
    ["Europe/Vienna", "2026-03-28", "2026-03-29", "2026-03-27T23:00:00Z", "2026-03-29T22:00:00Z"],
    ["Pacific/Kiritimati", "2026-01-01", "2026-01-01", "2025-12-31T10:00:00Z", "2026-01-01T10:00:00Z"],
    ["Pacific/Pago_Pago", "2026-01-01", "2026-01-01", "2026-01-01T11:00:00Z", "2026-01-02T11:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-04", "2026-04-05", "2026-04-03T13:00:00Z", "2026-04-05T13:30:00Z"],
    // The day before the change of the date line: 30 December 2011 was left out.
    ["Pacific/Apia", "2011-12-28", "2011-12-29", "2011-12-28T10:00:00Z", "2011-12-30T10:00:00Z"],
  ])("%s, %s to %s", (zone, first, last, start, end) => {
    expect(spanOf(`firstDay: ${first}\nlastDay: ${last}`, zone)).toEqual([start, end]);
  });

  test("instants mean the same in every zone, whatever their offset", () => {
    const front = "start: 2026-01-05T09:00:00+01:00\nend: 2026-01-16T18:00:00Z";
    for (const zone of ["UTC", "Asia/Tokyo"])
      expect(spanOf(front, zone)).toEqual(["2026-01-05T08:00:00Z", "2026-01-16T18:00:00Z"]);
  });

  test.each(["Mars/Base", "CEST", "+01:00", "Europe/Wien", "utc+1", "", "3"])("%j is no zone", (zone) => {
    expect(told(() => settingsIn(JSON.stringify(zone)))).toMatch(
      /^settings\.yml: timeZone: expected an IANA time zone/,
    );
  });
});

describe("a sprint's days that cannot be", () => {
  test.each([
    ["", /^firstDay: expected either firstDay and lastDay, or start and end$/],
    ["firstDay: 2026-01-05", /^lastDay: expected both firstDay and lastDay$/],
    ["lastDay: 2026-01-05", /^lastDay: expected both firstDay and lastDay/],
    ["start: 2026-01-05T09:00:00Z", /^end: expected both start and end$/],
    [
      "firstDay: 2026-01-05\nend: 2026-01-16T00:00:00Z",
      /expected either firstDay and lastDay, or start and end/,
    ],
    [
      "firstDay: 2026-01-06\nlastDay: 2026-01-05",
      /^lastDay: the sprint ends \(2026-01-05\) before it starts \(2026-01-06\)/,
    ],
    [
      "start: 2026-01-05T09:00:00Z\nend: 2026-01-05T10:00:00+01:00",
      /^end: the sprint ends .* before it starts/,
    ],
    [
      "firstDay: 2026-02-30\nlastDay: 2026-03-05",
      /^firstDay: expected a day, YYYY-MM-DD such as 2026-01-05, got "2026-02-30" \(line 5\)$/,
    ],
    [
      "firstDay: 2026-1-5\nlastDay: 2026-01-16",
      /^firstDay: .*got "2026-1-5"; write firstDay: 2026-01-05 \(line 5\)$/,
    ],
    [
      "firstDay: 5.1.2026\nlastDay: 16.1.2026",
      /^firstDay: .*write firstDay: 2026-01-05 \(line 5\)\n {2}lastDay: .*write lastDay: 2026-01-16 \(line 6\)$/,
    ],
    ["firstDay: 20260105\nlastDay: 2026-01-16", /^firstDay: .* got 20260105 \(line 5\)$/],
    [
      "start: 2026-01-05 09:00\nend: 2026-01-16T00:00:00Z",
      /^start: expected an instant such as 2026-01-05T09:00:00Z/,
    ],
    ["start: 2026-01-05T09:00:00\nend: 2026-01-16T00:00:00Z", /^start: expected an instant/],
    ["start: 2026-01-05T24:00:00Z\nend: 2026-01-16T00:00:00Z", /^start: expected an instant/],
  ])("%j", (front, expected) => {
    expect(told(() => read(front))).toMatch(expected);
  });
});

describe("what marks a sprint's issues", () => {
  const days = "firstDay: 2026-01-05\nlastDay: 2026-01-16\n";
  const markOf = (front: string, settings = "") =>
    read(days + front, settingsIn("UTC", settings)).sprint.mark;

  test.each([
    ["", "", { by: "milestone", title: "T", number: null }],
    ["", "membership: label", { by: "label", name: "sprint 1" }],
    ["", "membership: status", { by: "status", field: "Status", value: "Sprint 1" }],
    ["", "membership: iteration", { by: "iteration", title: "T" }],
    ["label: x", "membership: status", { by: "label", name: "x" }],
    ["milestone: Alpha", "membership: label", { by: "milestone", title: "Alpha", number: null }],
    ["milestone: 12", "", { by: "milestone", title: "12", number: 12 }],
    ["milestone: '12'", "", { by: "milestone", title: "12", number: null }],
    // Versions are titles, letter for letter: 1.10 is not 1.1, and 1.0 is no number 1.
    ["milestone: 1.10", "", { by: "milestone", title: "1.10", number: null }],
    ["milestone: 1.0", "", { by: "milestone", title: "1.0", number: null }],
    ["milestone: 2.5", "", { by: "milestone", title: "2.5", number: null }],
    ["milestone: 1e3", "", { by: "milestone", title: "1e3", number: null }],
    ["milestone: 0x10", "", { by: "milestone", title: "0x10", number: null }],
    ["milestone: v1.0", "", { by: "milestone", title: "v1.0", number: null }],
    ["status: In Sprint", "", { by: "status", field: "Status", value: "In Sprint" }],
    ["iteration: Iteration 4", "", { by: "iteration", title: "Iteration 4" }],
  ])("%j with %j", (front, settings, mark) => {
    expect(markOf(front, settings)).toEqual(mark);
  });

  test.each([
    ["label: 1.10", 'label: expected text, got 1.1; write label: "1.10" (line 7)'],
    ["milestone: -3", /^milestone: expected /],
    ["milestone: ''", /^milestone: expected /],
    ["milestone: true", 'milestone: expected text, or a number, got true; write milestone: "true" (line 7)'],
    [
      "milestone: [Alpha]",
      "milestone: expected text, or a number, got a list of 1; write milestone: Alpha (line 7)",
    ],
    ["milestone: A\nlabel: b", /^milestone: expected one of milestone, label, status and iteration/],
    ["label: a\nstatus: b\niteration: c", /^milestone: expected one of/],
  ])("%j is refused", (front, expected) => {
    const said = told(() => markOf(front));
    if (typeof expected === "string") expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  test("a project of the settings is a title where it is no plain number", () => {
    expect(settingsIn("UTC", "project: 7\n").project).toBe(7);
    expect(settingsIn("UTC", "project: 7.0\n").project).toBe("7.0");
    expect(settingsIn("UTC", "project: Roadmap\n").project).toBe("Roadmap");
  });
});

describe("numbers and grace", () => {
  const days = "firstDay: 2026-01-05\nlastDay: 2026-01-05\n";
  test.each([
    ["number: 03", 3],
    ["number: 999999", 999_999],
  ])("%s", (front, number) => {
    expect(read(days + front).sprint.number).toBe(number);
  });
  test.each([
    ["number: 0", /^number: expected at least 1, got 0/],
    ["number: 1000000", /^number: expected at most 999999/],
    ["number: -1", /^number: expected at least 1/],
    ["number: '3'", /^number: expected a number, got "3"; write number: 3/],
    ["number: 3rd", /^number: expected a number such as 1, got "3rd"/],
    ["planGraceHours: -1", /^planGraceHours: expected at least 0/],
    ["planGraceHours: 24", /^planGraceHours: 24 hours is as long as the sprint or longer/],
    ["capacityDays: .inf", /^capacityDays: expected a number/],
    ["capacityDays: .nan", /^capacityDays: expected a number/],
    ["goalMet: maybe", /^goalMet: expected true or false such as true, got "maybe"/],
    ["goal: ''", /goal is there twice/],
  ])("%s is refused", (front, expected) => {
    expect(told(() => read(days + front))).toMatch(expected);
  });

  test("grace is the sprint's own, else the settings', and may last until just before its end", () => {
    const settings = settingsIn("UTC", "planGraceHours: 4\n");
    expect(read(days, settings).sprint.grace).toBe(4 * 3_600_000);
    expect(read(`${days}planGraceHours: 0`, settings).sprint.grace).toBe(0);
    expect(read(`${days}planGraceHours: 23.5`, settings).sprint.grace).toBe(23.5 * 3_600_000);
  });
});

describe("the sprints of a team in their order", () => {
  const settings = settingsIn("UTC", "teams: [{ name: A }, { name: B }]\n");
  const sprint = (number: number, first: string, last: string, team?: string) =>
    read(
      `number: ${number}\nfirstDay: 2026-01-${first}\nlastDay: 2026-01-${last}${team === undefined ? "" : `\nteam: ${team}`}`,
      settings,
      `sprints/${number}.md`,
    );

  test("is that of time, not that of numbers or files", () => {
    const ordered = orderSprints([sprint(1, "20", "24"), sprint(3, "05", "09"), sprint(2, "12", "16")]);
    expect(ordered.map((one) => one.sprint.number)).toEqual([3, 2, 1]);
  });

  test("two of one number, or at one time, are refused of one team and fine of two", () => {
    const overlap = () => orderSprints([sprint(1, "05", "16"), sprint(2, "10", "20")]);
    expect(told(overlap)).toMatch(
      /^sprint 2 starts at 2026-01-10T00:00:00.000Z, before sprint 1 \(sprints\/1\.md\) ends/,
    );
    expect(told(() => orderSprints([sprint(1, "05", "09"), sprint(1, "12", "16")]))).toMatch(
      /^number 1 is taken by/,
    );
    expect(orderSprints([sprint(1, "05", "16", "A"), sprint(1, "10", "20", "B")])).toHaveLength(2);
    expect(told(() => orderSprints([sprint(1, "05", "16", "A"), sprint(2, "10", "20", "A")]))).toMatch(
      /starts at/,
    );
  });

  test("one that lies within another is found, though a third stands between", () => {
    expect(
      told(() => orderSprints([sprint(1, "01", "31"), sprint(2, "05", "06"), sprint(3, "10", "11")])),
    ).toMatch(/^sprint 2 starts/);
  });

  test("a team that the settings do not list is named, with the nearest", () => {
    expect(told(() => sprint(1, "05", "09", "a"))).toMatch(
      /^team: no team is called "a"; did you mean "A"\?/,
    );
    expect(told(() => sprint(1, "05", "09", "Zebra"))).toBe('team: no team is called "Zebra"');
  });
});
