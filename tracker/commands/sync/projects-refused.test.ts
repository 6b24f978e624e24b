import { describe, expect, test } from "vitest";
import { SprintcastError } from "../../errors.ts";
import { isTorn } from "../../store/first-sync.ts";
import { openStore } from "../../store/open.ts";
import {
  cardIn,
  commandLine,
  roadmap,
  serveProjects,
  team,
  teamName,
  token,
} from "../../testing/project-rig.ts";
import { ioFor, quick, serve } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";

/** An answer of status 200 that holds errors, and a part of what was asked. */
const refused = (type: string, message: string, path: unknown[], more: object = {}) => ({
  data: {
    repository: { issues: { totalCount: 3, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } },
  },
  errors: [{ type, message, path, locations: [{ line: 1, column: 1 }], ...more }],
});
const inProject = ["repository", "issues", "nodes", 0, "projectItems", "nodes", 0];

async function refusal(answer: unknown, env: Record<string, string> = token) {
  const all = team(3);
  all.told.cards.set(1, [cardIn(roadmap, "Todo")]);
  const double = await serveProjects(all, { instead: () => answer });
  const store = openStore(":memory:");
  const io = ioFor(double, {}, env);
  const error = await syncGitHub(store, teamName, io, { ...quick, projects: true }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(SprintcastError);
  store.refresh();
  const { hint = "", ...rest } = error as SprintcastError;
  expect(`${hint}${JSON.stringify(rest)}${String((error as Error).cause)}`).not.toContain(token.GITHUB_TOKEN);
  return { error: error as SprintcastError, hint, double, store };
}

test("a first sync to which only its projects are refused has ended: they have a mark of their own", async () => {
  const { store } = await refusal(refused("INSUFFICIENT_SCOPES", "no", inProject));
  expect(isTorn(store.syncState)).toBe(false);
});

describe("what GitHub refuses of projects", () => {
  const cases: [string, unknown, string, RegExp][] = [
    [
      "a token without the scope",
      refused("INSUFFICIENT_SCOPES", "Your token has not been granted the required scopes", inProject),
      "github-projects-scope",
      /read:project/,
    ],
    [
      "a private project, though the rest of the answer came",
      refused("FORBIDDEN", "Resource not accessible by personal access token", inProject),
      "github-projects-forbidden",
      /organisation permission Projects/,
    ],
    [
      "single sign-on",
      refused("FORBIDDEN", "Resource protected by organization SAML enforcement", inProject, {
        extensions: { saml_failure: true },
      }),
      "github-single-sign-on",
      /Configure SSO/,
    ],
    [
      "no such repository",
      {
        data: { repository: null },
        errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve" }],
      },
      "github-no-repository",
      /owner\/name/,
    ],
    [
      "a GitHub that knows no such history",
      { errors: [{ message: "Field 'status' doesn't exist", extensions: { code: "undefinedField" } }] },
      "github-projects-unknown",
      /--no-projects/,
    ],
    [
      "a secondary limit told in the answer",
      { errors: [{ message: "You have exceeded a secondary rate limit." }] },
      "github-rate-limited",
      /after that/,
    ],
    ["another error", { errors: [{ message: "Nothing today" }] }, "github-failed", /githubstatus/],
    ["something that is no GitHub", { hello: "world" }, "github-odd-answer", /GITHUB_GRAPHQL_URL/],
    [
      "an issue that has no shape",
      { data: { repository: { issues: null } } },
      "github-odd-answer",
      /GITHUB_GRAPHQL_URL/,
    ],
  ];
  test.each(cases)("%s: exit code 4, and what came before is kept", async (_, answer, code, hint) => {
    const { error, store, ...told } = await refusal(answer);
    expect(error).toMatchObject({ code, exitCode: 4 });
    expect(told.hint).toMatch(hint);
    expect(store.counts()).toMatchObject({ issues: 3 });
    expect(store.projects()).toEqual([]);
  });

  const endless = { pageInfo: { hasNextPage: true, endCursor: "x" }, nodes: [] };
  test.each([
    ["a page that leads to itself", endless],
    ["more, without saying where", { ...endless, pageInfo: { hasNextPage: true, endCursor: null } }],
  ])("%s: not followed for ever", async (_, issues) => {
    const { error } = await refusal({ data: { repository: { issues: { totalCount: 9, ...issues } } } });
    expect(error).toMatchObject({ code: "github-odd-answer", exitCode: 4 });
  });

  test("a server without GraphQL is no unknown repository", async () => {
    const double = await serve(team(1).served);
    const io = ioFor(double, {}, token);
    const asked = syncGitHub(openStore(":memory:"), teamName, io, { ...quick, projects: true });
    await expect(asked).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
  });

  test("no token at all: told without asking", async () => {
    const { error, double } = await refusal(null, {});
    expect(error).toMatchObject({ code: "github-projects-token", exitCode: 4 });
    expect(double.asked).toEqual([]);
  });

  test("the command ends with 4 and says which scope is missing", async () => {
    const answer = refused("INSUFFICIENT_SCOPES", "no scopes", inProject);
    const double = await serveProjects(team(1), { instead: () => answer });
    const { call, io } = commandLine(double, { settings: "membership: iteration\n", sprint: "" });
    expect(await call("sync")).toBe(4);
    expect(io.printed.err).toContain("lacks the scope read:project");
  });
});

describe("a limit in an answer of status 200", () => {
  const limited = { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };

  test("is waited for, and then all is well", async () => {
    const all = team(1);
    const waits: string[] = [];
    const double = await serveProjects(all, { instead: (nth) => (nth === 1 ? limited : null) });
    const store = openStore(":memory:");
    const io = ioFor(double, { err: (text) => waits.push(text) }, token);
    const sum = await syncGitHub(store, teamName, io, { ...quick, projects: true });
    expect(sum.issues).toBe(1);
    expect(double.asked).toHaveLength(2);
  });

  test("that does not end is told as what it is", async () => {
    const { error, double } = await refusal(limited);
    expect(error).toMatchObject({ code: "github-rate-limited", exitCode: 4 });
    expect(double.asked.length).toBeGreaterThan(1);
  });
});

describe("a token of its own for projects", () => {
  const only = async (env: Record<string, string>) => {
    const double = await serveProjects(team(1), { token: "issues-token", graphToken: "board-token" });
    const io = ioFor(double, {}, env);
    return syncGitHub(openStore(":memory:"), teamName, io, { ...quick, projects: true });
  };

  test("is shown to GraphQL, and the other to the rest", async () => {
    const env = { GITHUB_TOKEN: "issues-token", GITHUB_PROJECTS_TOKEN: " board-token\n" };
    expect(await only(env)).toMatchObject({ issues: 1, problems: [] });
  });

  test.each([
    [{ GITHUB_TOKEN: "issues-token" }, /^GITHUB_TOKEN may be|^GitHub took GITHUB_TOKEN a moment ago/],
    [{ GITHUB_TOKEN: "issues-token", GITHUB_PROJECTS_TOKEN: "wrong" }, /^GITHUB_PROJECTS_TOKEN may be/],
  ])("%j is refused, naming which", async (env, words) => {
    const error = (await only(env).catch((e: unknown) => e)) as SprintcastError;
    expect(error).toMatchObject({ code: "github-token-refused", exitCode: 4 });
    expect([error.message, error.hint].some((text) => words.test(String(text)))).toBe(true);
    expect(`${error.message}${error.hint}`).not.toMatch(/-token|wrong/);
  });

  test("of a form that no token has is refused without repeating it", async () => {
    const error = (await only({ GITHUB_PROJECTS_TOKEN: "se cret" }).catch((e: unknown) => e)) as Error;
    expect(error).toMatchObject({ code: "token-form", exitCode: 2 });
    expect(error.message).toMatch(/^GITHUB_PROJECTS_TOKEN holds/);
    expect(error.message).not.toContain("cret");
  });
});

describe("where GraphQL is asked", () => {
  test("GITHUB_GRAPHQL_URL wins; a wrong one is named without repeating it", async () => {
    const double = await serveProjects(team(1));
    const rest = await serveProjects(team(1), { instead: () => ({ errors: [{ message: "wrong server" }] }) });
    const env = { ...token, GITHUB_GRAPHQL_URL: `${double.url}/graphql` };
    const sync = (more: object) =>
      syncGitHub(openStore(":memory:"), teamName, ioFor(rest, {}, { ...env, ...more }), {
        ...quick,
        projects: true,
      });
    expect((await sync({})).issues).toBe(1);
    expect([double.asked.length, rest.asked.length]).toEqual([1, 0]);
    for (const wrong of [
      "https://me:secret@github.invalid/graphql",
      "https://github.invalid/other",
      "ftp://x/graphql",
    ]) {
      const error = await sync({ GITHUB_GRAPHQL_URL: wrong }).catch((e: unknown) => e);
      expect(error).toMatchObject({ code: "graphql-url-form", exitCode: 2 });
      expect(String(error)).not.toContain("secret");
    }
  });

  test("a backup holds nothing of projects", async () => {
    const { call, io } = commandLine({ url: "http://github.invalid" }, { settings: "", sprint: "" });
    expect(await call("sync", "--backup", "nowhere", "--projects")).toBe(2);
    expect(io.printed.err).toContain("--projects cannot be combined with --backup");
  });
});
