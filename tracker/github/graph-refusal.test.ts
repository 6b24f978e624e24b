import { describe, expect, test } from "vitest";
import { badCursor, graphErrors, graphRefusal, tooMuch, unknownField } from "./graph-refusal.ts";

type Told = Parameters<typeof graphRefusal>[0];
const scope = {
  type: "INSUFFICIENT_SCOPES",
  message: "Your token has not been granted the required scopes",
};
const sso = {
  message: "Resource protected by organization SAML enforcement",
  extensions: { saml_failure: true },
};
const missing = { type: "NOT_FOUND", message: "Could not resolve to a Repository", path: ["repository"] };
const forbidden = {
  type: "FORBIDDEN",
  message: "Resource not accessible by personal access token",
  path: ["nodes", 3],
};
const heavy = { type: "RESOURCE_LIMITS_EXCEEDED", message: "Resource limits for this query exceeded" };
const cursor = { type: "INVALID_CURSOR_ARGUMENTS", message: "`abc` does not appear to be valid" };
const field = { message: "Field 'issueFieldValues' doesn't exist", extensions: { code: "undefinedField" } };
const limited = { type: "RATE_LIMITED", message: "API rate limit exceeded" };

const refusalOf = (...errors: Told[number][]) => graphRefusal(errors, undefined);

describe("what GitHub's GraphQL API refuses is told by its own mark", () => {
  test.each<[string, Told[number], string, RegExp]>([
    ["a scope that lacks", scope, "github-projects-scope", /read:project/],
    ["single sign-on", sso, "github-single-sign-on", /Configure SSO/],
    ["an unknown repository", missing, "github-no-repository", /spelling owner\/name/],
    ["a project that is closed to it", forbidden, "github-projects-forbidden", /--no-projects/],
    [
      "one that it does not find",
      { ...missing, path: ["repository", "issues", "nodes", 2, "projectItems"] },
      "github-projects-forbidden",
      /private or another owner's/,
    ],
    [
      "a project that was asked for by its id",
      { type: "NOT_FOUND", message: "x" },
      "github-projects-forbidden",
      /./,
    ],
    ["too much", heavy, tooMuch, /run the same command again/],
    ["a cursor of long ago", cursor, badCursor, /same command again/],
    ["the same in words alone", { message: "The cursor has expired." }, badCursor, /./],
    ["what this GitHub does not have", field, unknownField, /Enterprise Server/],
    [
      "a type that it does not have",
      { message: "x", extensions: { code: "undefinedType" } },
      unknownField,
      /./,
    ],
    ["a limit", limited, "github-rate-limited", /after that/],
    [
      "a secondary limit",
      { message: "You have exceeded a secondary rate limit." },
      "github-rate-limited",
      /after that/,
    ],
    ["something that nobody foresaw", { message: "Something went wrong" }, "github-failed", /githubstatus/],
    // A word within another is none.
    ["precursors", { message: "precursors are odd" }, "github-failed", /./],
  ])("%s", (_, error, code, hint) => {
    const told = refusalOf(error);
    expect(told).toMatchObject({ code, exitCode: 4 });
    expect(told.hint).toMatch(hint);
  });
});

describe("of several errors", () => {
  test.each<[string, Told, string]>([
    ["a limit explains all", [scope, forbidden, limited], "github-rate-limited"],
    ["a scope that lacks explains what is closed", [forbidden, missing, scope], "github-projects-scope"],
    ["single sign-on explains what is closed", [forbidden, sso], "github-single-sign-on"],
    ["an unknown repository comes before a project", [forbidden, missing], "github-no-repository"],
    ["what is closed comes before what was too much", [heavy, forbidden], "github-projects-forbidden"],
    ["one that is known is told before one that is not", [{ message: "x" }, cursor], badCursor],
  ])("%s, in whatever order they come", (_, errors, code) => {
    expect(graphRefusal(errors, undefined).code).toBe(code);
    expect(graphRefusal(errors.toReversed(), undefined).code).toBe(code);
  });

  test("the first three stand in the cause, with where they were", () => {
    const more = ["second", "third", "fourth"].map((message) => ({ message }));
    const { cause } = graphRefusal([forbidden, ...more], undefined);
    expect((cause as Error).message).toBe(
      "FORBIDDEN: Resource not accessible by personal access token (nodes.3); error: second; error: third",
    );
  });
});

test.each([
  ["1767225600", "2026-01-01T00:00:00.000Z"],
  [1767225600, "2026-01-01T00:00:00.000Z"],
  [undefined, "a later hour"],
  ["soon", "a later hour"],
  ["9e99", "a later hour"],
])("a limit that is reset at %j ends at %s", (reset, until) => {
  expect(graphRefusal([limited], reset).message).toBe(`GitHub's limit of GraphQL is used up until ${until}`);
});

test("errors are a list of at least one with a message; other marks on them do not matter", () => {
  const isRead = (value: unknown) => graphErrors.safeParse(value).success;
  expect(isRead([{ message: "x", locations: [{ line: 1 }], path: ["a", 0] }])).toBe(true);
  expect(isRead([{ message: "x", extensions: { requestId: "7" } }])).toBe(true);
  for (const value of [[], null, {}, "x", [null], [{ type: "NOT_FOUND" }], [{ message: 7 }]])
    expect(isRead(value)).toBe(false);
});
