import { describe, expect, test } from "vitest";
import type { ContentError } from "../errors.ts";
import { type Post, parsePost } from "./parse.ts";
import { sectionsOf } from "./post-sections.ts";
import { sprintOfPost, withTeam } from "./post-team.ts";
import { isHeldBack, isPublished } from "./published.ts";

const base = "title: T\nkind: review\ndate: 2026-01-16\n";
const post = (front: string, body = ""): Post =>
  parsePost(`---\n${base}${front}\n---\n${body}`, "posts/x.md", "x");
function told(front: string): string | null {
  try {
    post(front);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: "post-invalid", exitCode: 3 });
    return (error as ContentError).message.replace("posts/x.md: ", "");
  }
}

describe("names of authors and tags", () => {
  test.each([
    ["authors: Ana", ["Ana"]],
    ["authors: Ana, Bo", ["Ana, Bo"]],
    ["authors: [Ana, '  Bo ']", ["Ana", "Bo"]],
    ["authors:\n  - Ana\n  - Bo", ["Ana", "Bo"]],
    ["authors: []", []],
    ["", []],
  ])("%j", (front, names) => expect(post(front).authors).toEqual(names));

  test.each([
    ["tags: [a, 3]", 'tags.1: expected text, got 3; write "3" (line 5)'],
    ["tags: 2026", 'tags: expected a list, got 2026; write tags: "2026" (line 5)'],
    ["tags: ['']", 'tags.0: expected some text, got "" (line 5)'],
    ["tags: ' '", "tags.0: expected some text (line 5)"],
    ["tags: { a: b }", /^tags: expected a list/],
    ["tags:", /^tags: expected a list .*got nothing/],
  ])("%j is refused", (front, expected) => {
    if (typeof expected === "string") expect(told(front)).toBe(expected);
    else expect(told(front)).toMatch(expected);
  });
});

describe("recordings and slides are addresses of the web, or files beside the post", () => {
  test.each([
    "https://video.example/42",
    "HTTP://video.example",
    "deck.pdf",
    "../media/März 1.mp4",
    "/talks/3",
    "a b.pdf",
    "?x",
    "#y",
  ])("%j is one", (place) => expect(post(`slides: ${JSON.stringify(place)}`).slides).toBe(place));
  test.each([
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//video.example/42",
    "ftp://a.example",
    "https:video.example",
    "mailto:a@b.example",
    "C:\\talk.mp4",
    "",
    "  ",
  ])("%j is none", (place) => {
    for (const key of ["slides", "recording"])
      expect(told(`${key}: ${JSON.stringify(place)}`)).toMatch(new RegExp(`^${key}: expected `));
  });
  test("null and nothing are none, which is fine", () => {
    expect([post("slides:").slides, post("slides: null").slides, post("").slides]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

test.each([
  ["sprint: 0", /^sprint: expected more than 0, got 0/],
  ["sprint: 1.5", /^sprint: expected a whole number/],
  ["sprint: api/3", /^sprint: expected a number .*got "api\/3"/],
  ["draft: yes", 'draft: expected true or false, got "yes"; write draft: true (line 5)'],
  ["draft: 1", /^draft: expected true or false such as false, got 1/],
  ["Draft: true", 'Draft is not known; did you mean "draft"? (line 5)'],
  ["author: Ana", 'author is not known; did you mean "authors"? (line 5)'],
  ["summary: [x]", "summary: expected text, got a list of 1; write summary: x (line 5)"],
])("%s is refused", (front, expected) => {
  if (typeof expected === "string") expect(told(front)).toBe(expected);
  else expect(told(front)).toMatch(expected);
});

test.each([
  ["a draft", true, "2026-01-01", false, false],
  ["a draft to come", true, "2026-02-01", false, false],
  ["one of yesterday", false, "2026-01-15", true, false],
  ["one of today", false, "2026-01-16", true, false],
  ["one of tomorrow", false, "2026-01-17", false, true],
  ["one of another century", false, "1999-12-31", true, false],
])("%s: shown %j, held back %j", (_, draft, date, shown, held) => {
  expect([isPublished({ draft, date }, "2026-01-16"), isHeldBack({ draft, date }, "2026-01-16")]).toEqual([
    shown,
    held,
  ]);
});

describe("the sprint of a post", () => {
  const sprints = (...names: [number, string?][]) =>
    names.map(([number, team]) => ({ number, ...(team === undefined ? {} : { team }) }));

  test.each([
    ["", sprints([1]), null],
    ["sprint: 1", sprints([1], [2]), 1],
    // Of a sprint without a file it is all the same.
    ["sprint: 9", sprints([1]), 9],
    ["sprint: 1", sprints([1, "A"], [2, "B"]), "A/1"],
    ["sprint: 1", sprints([1], [1, "A"]), 1],
    ["sprint: 1", sprints([1, "A"], [1, "A"]), "A/1"],
    ["sprint: 1\nteam: B", sprints([1, "A"], [1, "B"]), "B/1"],
    ["team: B", sprints([1, "A"], [1, "B"]), null],
  ])("%j among %j is %j", (front, named, name) => {
    expect(sprintOfPost(withTeam(post(front), named))).toBe(name);
  });

  test("of several teams alike has to be said, with the line to write", () => {
    const both = sprints([1, "A"], [1, "B"]);
    expect(() => withTeam(post("sprint: 1"), both)).toThrow(
      expect.objectContaining({
        code: "post-sprint-unclear",
        hint: "Say whose it is, in the line below: team: A",
      }),
    );
  });

  test("is never written into the post that was read", () => {
    const written = post("sprint: 1");
    withTeam(written, sprints([1, "A"]));
    expect(written).not.toHaveProperty("team");
  });
});

test("a post is cut at its headings once, however often it is asked for", () => {
  const one = post("", "Words\n\n## K.A.L.M.\n\n### Keep\n\n- It\n");
  expect(sectionsOf(one)).toBe(sectionsOf(one));
  expect(sectionsOf({ ...one, body: "" })).not.toBe(sectionsOf(one));
});
