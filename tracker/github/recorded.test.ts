import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { present } from "../core/model/present.ts";
import { createAnswerCheck } from "../testing/github/check-answers.ts";
import { type Answer, ask, isBeyond } from "./ask.ts";
import { createClient, currentName } from "./client.ts";
import { mapPage } from "./map-page.ts";

/** An answer that api.github.com once gave, as @octokit/fixtures keeps it. */
interface Recorded {
  method: string;
  path: string;
  status: number;
  response: unknown;
  headers: Record<string, string>;
}

const scenarios = join(
  dirname(fileURLToPath(import.meta.resolve("@octokit/fixtures"))),
  "scenarios/api.github.com",
);
const recorded = (scenario: string): Recorded[] =>
  JSON.parse(readFileSync(join(scenarios, scenario, "normalized-fixture.json"), "utf8"));

const notFound = { status: 404, response: { message: "Not Found" }, headers: {} as Record<string, string> };

/** Answers with what was recorded, and 404 to all else. Later recordings of one address take the earlier's place. */
async function replay(answers: readonly Recorded[], more: Partial<Recorded> = {}) {
  const app = fastify();
  const asked: string[] = [];
  const known = new Map(answers.map((one) => [one.path, { ...one, ...more }]));
  app.setNotFoundHandler((request, reply) => {
    asked.push(request.url);
    const { status, response, headers } = known.get(request.url) ?? notFound;
    const { "content-length": _, "transfer-encoding": __, "content-encoding": ___, ...kept } = headers;
    // A redirect leads to api.github.com; here the same path is served.
    const location = kept.location === undefined ? {} : { location: new URL(kept.location).pathname };
    reply.code(status).headers({ ...kept, ...location, "content-type": "application/json; charset=utf-8" });
    return reply.send(JSON.stringify(response));
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => app.close());
  const client = createClient({ apiUrl: url, token: null, signal: new AbortController().signal, second: 2 });
  return { client, asked };
}

describe("what api.github.com once answered", () => {
  test("pages of issues are followed to the last, and every issue is read", async () => {
    const { client, asked } = await replay(recorded("paginate-issues"));
    const numbers: number[] = [];
    const places: unknown[] = [];
    let url: string | null = "/repos/octokit-fixture-org/paginate-issues/issues?per_page=3";
    while (url !== null) {
      const answer: Answer = present(await ask(client, url, null));
      const { page, problems } = mapPage({ kind: "issues", items: answer.items, observedAt: answer.at });
      expect(problems).toEqual([]);
      expect(new Date(answer.at).toISOString()).toBe("2017-10-10T16:00:00.000Z");
      numbers.push(...page.issues.map(({ number }) => number));
      places.push(answer.place);
      url = answer.next;
    }
    expect(numbers).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(asked).toHaveLength(5);
    expect(places[0]).toEqual({ page: 1, of: 5 });
    expect(places[1]).toEqual({ page: 2, of: 5 });
  });

  test("labels are read with their colours", async () => {
    const [listing] = recorded("labels");
    const { client } = await replay([present(listing)]);
    const { items, at } = present(await ask(client, present(listing).path, null));
    const { page, problems } = mapPage({ kind: "labels", items, observedAt: at });
    expect(problems).toEqual([]);
    expect(page.labels).toHaveLength(items.length);
    expect(page.labels.map(({ name, color }) => [name, color])).toContainEqual(["bug", "d73a4a"]);
  });

  test("a repository that was renamed is followed, and says its new name", async () => {
    const gets = recorded("rename-repository").filter(({ method }) => method === "get");
    const { client, asked } = await replay(gets);
    expect(await currentName(client, "octokit-fixture-org/rename-repository")).toBe(
      "octokit-fixture-org/rename-repository-newname",
    );
    expect(asked).toEqual(["/repos/octokit-fixture-org/rename-repository", "/repositories/1000"]);
  });

  test("a refusal of status 422 ends a listing where it ends", async () => {
    const [error] = recorded("errors");
    const { client } = await replay([present(error)]);
    const refused = await ask(client, present(error).path, null).catch((e: unknown) => e);
    expect(isBeyond(refused)).toBe(true);
  });

  test("a used-up limit is known by the headers that GitHub sends", async () => {
    const [listing] = recorded("labels");
    const { path, headers } = present(listing);
    // The recording has the reset in milliseconds; GitHub sends seconds.
    const reset = String(Math.floor(Date.now() / 1000) + 3000);
    const used = { ...headers, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    const { client, asked } = await replay([present(listing)], {
      status: 403,
      headers: used,
      response: { message: "API rate limit exceeded" },
    });
    await expect(ask(client, path, null)).rejects.toMatchObject({ status: 403 });
    expect(asked).toHaveLength(1);
  });

  test("every issue of every scenario is one", () => {
    const issues = ["paginate-issues", "add-labels-to-issue", "search-issues"].flatMap((scenario) =>
      recorded(scenario)
        .flatMap(({ response }) => (response as { items?: unknown[] }).items ?? response)
        .filter((one) => typeof (one as { number?: unknown }).number === "number"),
    );
    expect(issues.length).toBeGreaterThan(15);
    expect(mapPage({ kind: "issues", items: issues, observedAt: 0 }).problems).toEqual([]);
  });
});

describe("what GitHub's description gives as examples", () => {
  const { answers } = JSON.parse(
    readFileSync(new URL("../testing/github/github-examples.json", import.meta.url), "utf8"),
  ) as { answers: Record<string, unknown> };

  test.each(["issues", "events", "comments", "milestones", "labels"] as const)(
    "%s are read whole",
    (kind) => {
      const items = answers[kind] as unknown[];
      const { page, problems } = mapPage({ kind, items, observedAt: 0 });
      expect(problems).toEqual([]);
      expect(page[kind]).toHaveLength(items.length);
    },
  );

  test("a timeline gives its events and its comment", () => {
    const items = answers.timeline as unknown[];
    const { page, problems } = mapPage({ kind: "events", items, observedAt: 0, issueNumber: 30 });
    expect(problems).toEqual([]);
    expect(page.events.map(({ kind }) => kind)).toEqual(["locked", "labeled", "renamed"]);
    expect(page.comments).toHaveLength(1);
  });

  test("the double is held to a description that its own examples fit", () => {
    const check = createAnswerCheck();
    // Of events there is one, and it lacks a field that its own schema requires.
    for (const kind of ["issues", "comments", "milestones", "labels"]) {
      const listing = kind === "comments" ? "issues/comments" : kind;
      expect(check(listing, answers[kind] as unknown[]), kind).toEqual([]);
    }
  });
});
