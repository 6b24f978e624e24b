import { RequestError } from "@octokit/request-error";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { GitHubRefusedError, InterruptedError, SprintcastError, UsageError } from "../errors.ts";
import { type Asked, githubError, isGraph, resetText } from "./refusal.ts";

const token = "ghp_0123456789abcdef";
const asked: Asked = {
  repository: "a/b",
  shown: { variable: "GH_TOKEN", value: token },
  wasTaken: false,
};
const url = `https://${token}@api.example.org/repos/a/b/issues?access_token=${token}`;

function answered(status: number, said: unknown = "", headers: Record<string, string> = {}): RequestError {
  return new RequestError(`${status} for ${url}`, status, {
    request: { method: "GET", url, headers: { authorization: `token ${token}` } },
    response: { status, url, headers, data: { message: said } },
  });
}
function refusedAs(error: unknown, more: Partial<Asked> = {}): GitHubRefusedError {
  const found = githubError(error, { ...asked, ...more }, new AbortController().signal);
  if (!(found instanceof GitHubRefusedError)) throw new Error("it is no refusal of GitHub's");
  return found;
}
const codeOf = (...answer: Parameters<typeof answered>) => refusedAs(answered(...answer)).code;

describe("an answer of GitHub's", () => {
  test.each([
    [400, "", {}, "github-api-version"],
    [401, "", { "retry-after": "60" }, "github-token-refused"],
    [403, "", {}, "github-forbidden"],
    [403, "", { "x-ratelimit-remaining": "0" }, "github-rate-limited"],
    [403, "", { "x-ratelimit-remaining": "00" }, "github-forbidden"],
    [403, "You have exceeded a secondary rate limit", {}, "github-rate-limited"],
    [403, "", { "x-github-sso": "required" }, "github-single-sign-on"],
    [403, "Resource protected by organization SAML enforcement", {}, "github-single-sign-on"],
    [403, "Repository access blocked", {}, "github-blocked"],
    [404, "", {}, "github-no-repository"],
    [404, "", { "x-ratelimit-remaining": "0" }, "github-no-repository"],
    [410, "", {}, "github-issues-off"],
    [429, "", {}, "github-rate-limited"],
    [451, "", {}, "github-blocked"],
    [500, "", {}, "github-failed"],
    [502, "", { "retry-after": "5" }, "github-rate-limited"],
  ])("%i, %j, %j is %s", (status, said, headers, code) => {
    expect(codeOf(status, said, headers)).toBe(code);
  });

  test.each([
    ["1", " for 1 s,"],
    ["60", " for 60 s,"],
    ["Wed, 21 Oct 2026 07:28:00 GMT", " until 2026-10-21T07:28:00Z,"],
    ["soon", ","],
    ["-1", ","],
    ["", ","],
  ])("that asks to wait with retry-after %j is told so", (retryAfter, told) => {
    const { message } = refusedAs(answered(429, "", { "retry-after": retryAfter }));
    expect(message).toBe(`GitHub asks to slow down${told} again and again`);
  });

  it("says nothing of the token or the request, whatever it says itself", () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom(null, 7, { message: token }, `Bad credentials: ${token}`, `${"x".repeat(400)}${token}`),
    );
    const status = fc.constantFrom(400, 401, 403, 404, 410, 418, 429, 451, 500, 503);
    fc.assert(
      fc.property(status, words, words, (answer, said, wants) => {
        const headers: Record<string, string> =
          typeof wants === "string" ? { "x-accepted-github-permissions": wants } : {};
        const error = refusedAs(answered(answer, said, headers));
        const cause = error.cause instanceof Error ? error.cause : new Error("none");
        const all = [error.message, error.hint, cause.message, cause.stack, JSON.stringify(error)].join("\n");
        expect(all).not.toContain(token);
        expect(all).not.toContain("access_token");
        expect(error.hint).not.toBe("");
      }),
      { seed: 81, numRuns: 200 },
    );
  });

  it("tells a token that expired on the way from one that was never taken, by the variable that holds it", () => {
    expect(refusedAs(answered(401), { wasTaken: true }).message).toContain("GH_TOKEN a moment ago");
    expect(refusedAs(answered(401)).message).not.toContain("a moment ago");
    expect(refusedAs(answered(401)).hint).toContain("GH_TOKEN");
  });

  it("asks for a token only where none was shown", () => {
    for (const error of [answered(404), answered(403, "", { "x-ratelimit-remaining": "0" })]) {
      expect(refusedAs(error, { shown: null }).hint).toContain("GITHUB_TOKEN");
      expect(refusedAs(error).hint).not.toContain("GITHUB_TOKEN");
    }
  });
});

describe("what is no answer", () => {
  it("is a server that cannot be reached, by its name and the reason alone", () => {
    const cause = Object.assign(new TypeError(`fetch failed ${token}`), {
      cause: Object.assign(new Error(token), { code: "ECONNREFUSED" }),
    });
    const error = refusedAs(
      new RequestError("down", 500, { request: { method: "GET", url, headers: {} }, cause }),
    );
    expect([error.code, error.message]).toEqual([
      "github-unreachable",
      "api.example.org cannot be reached (ECONNREFUSED)",
    ]);
    expect(String(error.cause)).not.toContain(token);
  });

  it("is handed back as it came where GitHub has nothing to do with it", () => {
    const signal = new AbortController().signal;
    for (const error of [new TypeError("ours"), new UsageError("u", "ours"), null, "text"])
      expect(githubError(error, asked, signal)).toBe(error);
  });

  it("is an interruption once the sync was stopped, but for an error that has its own words", () => {
    const signal = AbortSignal.abort();
    expect(githubError(answered(401), asked, signal)).toBeInstanceOf(InterruptedError);
    const own = refusedAs(answered(401));
    expect(own).toBeInstanceOf(SprintcastError);
    expect(githubError(own, asked, signal)).toBe(own);
  });
});

test.each([
  ["1790000000", "2026-09-21T14:13:20.000Z"],
  [0, "1970-01-01T00:00:00.000Z"],
  [undefined, "a later hour"],
  ["soon", "a later hour"],
  ["1e300", "a later hour"],
])("a limit that is lifted at %j is lifted at %s", (reset, text) => {
  expect(resetText(reset)).toBe(text);
});

it("a question to GraphQL is known by the whole end of its address", () => {
  const to = (address: string) =>
    new RequestError("x", 500, { request: { method: "POST", url: address, headers: {} } });
  expect(
    ["https://h/graphql", "https://h/api/graphql", "https://h/graphql/x", "https://h/graphqls"].map((one) =>
      isGraph(to(one)),
    ),
  ).toEqual([true, true, false, false]);
  expect(isGraph(new Error("https://h/graphql"))).toBe(false);
});
