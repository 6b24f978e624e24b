import { describe, expect, test } from "vitest";
import { ContentError, exitCodes } from "../errors.ts";
import { orderSprints, parsePost, parseReport, parseSettings, parseSprint } from "./parse.ts";

const minimal = "repository: a/b\ntimeZone: Europe/Vienna\n";
const settings = parseSettings(minimal, "settings.yml");

function failure(work: () => unknown): ContentError {
  try {
    work();
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error("expected a ContentError");
}

const sprint = (front: string) => parseSprint(`---\n${front}\n---\nText\n`, "sprints/01.md", settings);
const days = (number: number, first: string, last: string) =>
  sprint(`number: ${number}\ntitle: T\ngoal: G\nfirstDay: ${first}\nlastDay: ${last}`);

describe("settings", () => {
  test("the repository and the zone are enough", () => {
    expect(settings).toMatchObject({
      repository: "a/b",
      sizes: { S: 0.1, M: 0.5, L: 1 },
      membership: "milestone",
    });
    expect(settings.lanes.map((l) => l.name)).toEqual(["Backlog", "Sprint", "In progress", "Done"]);
  });

  test.each([
    [
      "an unknown lane rule",
      "lanes:\n  - { name: A, role: done, when: { colour: red } }\n  - { name: B, role: sprint, when: {} }",
      /lanes\.0\.when\.colour/,
    ],
    ["a misspelt key", "timezone: Europe/Vienna", /did you mean "timeZone"/],
    [
      "two done lanes",
      "lanes:\n  - { name: A, role: done, when: {} }\n  - { name: B, role: done, when: {} }",
      /exactly one lane with role done, got 2/,
    ],
    ["a size of nothing", "sizes: { S: 0 }", /sizes\.S/],
    ["a size in two writings", "sizes: { xl: 2, XL: 3 }", /sizes: XL is there twice/],
    ["a link that would run", 'social: [{ label: x, url: "javascript:alert(1)" }]', /social\.0\.url/],
    [
      "a GitHub with a path",
      "github: https://github.example.com/acme",
      /github: expected an address without a path/,
    ],
    ["a GitHub that a token must not go to", "github: https://a:b@github.example.com", /github: expected/],
    [
      "a GitHub that is no web address",
      "github: git@github.example.com",
      /github: expected an address such as/,
    ],
    ["a day that is none", "daysOff: [2024-02-30]", /daysOff\.0/],
  ])("%s is named", (_, yaml, expected) => {
    const error = failure(() => parseSettings(`${minimal}${yaml}\n`, "content/settings.yml"));
    expect(error.message).toMatch(expected);
    expect(error).toMatchObject({
      file: "content/settings.yml",
      exitCode: exitCodes.content,
      code: "settings-invalid",
    });
  });

  test("a zone that is none, with what came", () => {
    expect(failure(() => parseSettings("repository: a/b\ntimeZone: Mars/Base\n", "s.yml")).message).toMatch(
      /timeZone: expected an IANA time zone.*got "Mars\/Base"/,
    );
  });

  test("broken YAML keeps its cause", () => {
    const error = failure(() => parseSettings("repository: [", "s.yml"));
    expect(error.code).toBe("settings-yaml");
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("an empty file says what is missing", () => {
    expect(failure(() => parseSettings("", "s.yml")).message).toMatch(/repository/);
  });
});

describe("sprints", () => {
  test("days are midnights of the zone, across the change to summer time", () => {
    const { sprint: one } = days(1, "2024-03-25", "2024-04-05");
    expect(new Date(one.start).toISOString()).toBe("2024-03-24T23:00:00.000Z");
    expect(new Date(one.end).toISOString()).toBe("2024-04-05T22:00:00.000Z");
  });

  test("one that ends before it starts", () => {
    expect(failure(() => days(1, "2024-05-10", "2024-05-06")).message).toMatch(
      /ends \(2024-05-06\) before it starts \(2024-05-10\)/,
    );
  });

  test("neither days nor instants, or both", () => {
    expect(failure(() => sprint("number: 1\ntitle: T\ngoal: G")).message).toMatch(
      /either firstDay and lastDay, or start and end/,
    );
    expect(failure(() => sprint("number: 1\ntitle: T\ngoal: G\nfirstDay: 2024-05-06")).message).toMatch(
      /both firstDay and lastDay/,
    );
  });

  test("two that overlap, naming both", () => {
    const error = failure(() =>
      orderSprints([days(1, "2024-05-06", "2024-05-10"), days(2, "2024-05-10", "2024-05-17")]),
    );
    expect(error.code).toBe("sprints-overlap");
    expect(error.message).toMatch(/sprint 2 starts at .* before sprint 1/);
  });

  test("two that touch are fine; two with one number are not", () => {
    expect(
      orderSprints([days(2, "2024-05-11", "2024-05-17"), days(1, "2024-05-06", "2024-05-10")]).map(
        (s) => s.sprint.number,
      ),
    ).toEqual([1, 2]);
    expect(
      failure(() => orderSprints([days(1, "2024-05-06", "2024-05-10"), days(1, "2024-06-06", "2024-06-10")]))
        .code,
    ).toBe("sprint-number-twice");
  });

  test("broken and missing front matter", () => {
    expect(failure(() => parseSprint("Just text\n", "s.md", settings)).code).toBe("front-matter-missing");
    expect(failure(() => parseSprint("---\ntitle: [\n---\n", "s.md", settings)).code).toBe(
      "front-matter-yaml",
    );
  });

  test("front matter cannot run code", () => {
    expect(
      failure(() => parseSprint("---js\n{ number: process.exit(9) }\n---\n", "s.md", settings)).code,
    ).toBe("front-matter-missing");
  });
});

describe("posts and reports", () => {
  test("a post tells where its body begins", () => {
    const post = parsePost(
      '---\ntitle: "T"\nkind: review\ndate: 2024-05-06\n---\n\nBody\n',
      "posts/a.md",
      "a",
    );
    expect(post).toMatchObject({ slug: "a", date: "2024-05-06", sprint: null, draft: false });
    expect(post.body.trim()).toBe("Body");
  });

  test("an unknown kind is named with what came", () => {
    expect(
      failure(() => parsePost("---\ntitle: T\nkind: rant\ndate: 2024-05-06\n---\n", "p.md", "p")).message,
    ).toMatch(/kind: .*"rant"/);
  });

  test("a report that is cut off, or is none", () => {
    expect(failure(() => parseReport('{"schema": "sprintc', "r.json")).code).toBe("report-json");
    expect(failure(() => parseReport("{}", "r.json")).code).toBe("report-invalid");
  });
});

describe("several repositories", () => {
  const listed = (yaml: string) => parseSettings(`timeZone: UTC\n${yaml}\n`, "settings.yml");

  test("the first stands where one is asked for", () => {
    expect(listed("repositories: [acme/api, acme/web]")).toMatchObject({
      repository: "acme/api",
      repositories: ["acme/api", "acme/web"],
    });
    expect(listed("repository: acme/api").repositories).toEqual(["acme/api"]);
  });

  test.each([
    ["repository: a/b\nrepositories: [a/c]", /repositories: expected either repository or repositories/],
    ["repositories: [a/b, A/B]", /repositories: a\/b is listed twice/],
    [
      "repositories: []",
      /repositories: expected at least 1 entry such as \[octo-org\/rocket\], got an empty list/,
    ],
    ["repositories: [a/b, web]", /repositories\.1: expected owner\/name, got "web"/],
    ["repositories: a/b", /repositories: expected a list, got "a\/b"; write repositories: \[a\/b\]/],
    ["title: T", /repository: is missing, expected owner\/name, or a list of them as repositories/],
  ])("%j is named", (yaml, expected) => {
    expect(failure(() => listed(yaml)).message).toMatch(expected);
  });
});
