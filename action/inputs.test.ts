import { describe, expect, test } from "vitest";
import { ActionError, readInputs } from "./inputs.ts";

const usual = {
  COMMAND: "publish",
  SYNC: "true",
  PATH: ".",
  CONTENT: "content",
  VERSION: "",
  SPRINT: "",
  OUT: "",
};
const read = (given: Record<string, string> = {}) =>
  readInputs(
    Object.fromEntries(
      Object.entries({ ...usual, ...given }).map(([name, value]) => [`INPUT_${name}`, value]),
    ),
  );

test("what action.yml gives without any input", () => {
  expect(read()).toEqual({
    command: "publish",
    path: ".",
    content: "content",
    version: null,
    sprint: null,
    out: "dist",
    sync: true,
  });
});

test.each([
  [{ COMMAND: "report" }, { out: "sprintcast-report.json" }],
  [{ PATH: "./docs/Überblick/" }, { path: "docs/Überblick" }],
  [{ PATH: "./" }, { path: "." }],
  [{ VERSION: "^0.2.0-beta.1" }, { version: "^0.2.0-beta.1" }],
  [
    { VERSION: "next", SPRINT: "12", SYNC: "false" },
    { version: "next", sprint: "12", sync: false },
  ],
  [{ SPRINT: "Web shop/3" }, { sprint: "Web shop/3" }],
  [{ SPRINT: "Überbau/12" }, { sprint: "Überbau/12" }],
  [{ OUT: "site/reviews" }, { out: "site/reviews" }],
])("%o is read as %o", (given, read_) => {
  expect(read(given)).toMatchObject(read_);
});

describe("refused, by name", () => {
  test.each([
    ["command", "deploy"],
    ["command", ""],
    ["sync", "yes"],
    ["path", "../other"],
    ["path", "/etc"],
    ["path", "a/../../b"],
    ["path", "--help"],
    ["content", ""],
    ["content", "."],
    ["content", "a;rm -rf"],
    ["content", "$(id)"],
    ["content", "a\nb=c"],
    ["content", "a//b"],
    ["version", "file:../evil"],
    ["version", "https://example.org/x.tgz"],
    ["version", "npm:evil@1"],
    ["version", "--registry=x"],
    ["version", "1 2"],
    ["sprint", "0"],
    ["sprint", "3 --json"],
    ["sprint", "1e3"],
    ["sprint", "api/"],
    ["sprint", "/3"],
    ["sprint", "api/0"],
    ["sprint", "--db/3"],
    ["sprint", "$(id)/3"],
    ["sprint", "a\nb/3"],
    ["out", "../../dist"],
    ["out", "~"],
  ])("%s %j", (name, value) => {
    expect(() => read({ [name.toUpperCase()]: value })).toThrow(ActionError);
    expect(() => read({ [name.toUpperCase()]: value })).toThrow(
      `${name} is ${JSON.stringify(value)}, expected `,
    );
  });

  test("all that is wrong at once", () => {
    expect(() => read({ SPRINT: "x", VERSION: " " })).toThrow(/^version is .*\nsprint is .*$/);
  });

  test.each(["content", "docs"])("a site that would be built over the content: %s", (out) => {
    expect(() => read({ CONTENT: out === "docs" ? "docs/content" : "content", OUT: out })).toThrow(/empties/);
  });
});
