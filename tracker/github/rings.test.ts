import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, scriptedClient } from "../testing/github/scripted-client.ts";
import type { Pulled } from "./ask.ts";
import type { Graph } from "./ask-graph.ts";
import type { Client } from "./client.ts";
import { pullAbsences } from "./pull-absences.ts";
import { pullDeletedComments } from "./pull-deleted-comments.ts";
import { pullEvents } from "./pull-events.ts";
import { pullIssueFields } from "./pull-issue-fields.ts";
import { pullProjects } from "./pull-projects.ts";
import { pullSince } from "./pull-since.ts";
import { pullWhole } from "./pull-whole.ts";

const ignore = { onVanished: () => {}, onWhole: () => {} };

/** Every listing that is followed from page to page. `begins`: the address at whose answer the following begins. */
const listings: Record<
  string,
  { begins: RegExp; pull: (client: Client) => AsyncGenerator<Pulled, unknown> }
> = {
  labels: {
    begins: /\/labels\?/,
    pull: (client) => pullWhole(client, "a/b", { kind: "labels", path: "labels" }, memoryCursors()),
  },
  milestones: {
    begins: /\/milestones\?/,
    pull: (client) => pullWhole(client, "a/b", { kind: "milestones", path: "milestones" }, memoryCursors()),
  },
  "open issues of the first pass": {
    begins: /state=open/,
    pull: (client) => pullSince(client, "a/b", { kind: "issues", path: "issues" }, memoryCursors(), ignore),
  },
  "closed issues of the first pass": {
    begins: /state=closed/,
    pull: (client) => pullSince(client, "a/b", { kind: "issues", path: "issues" }, memoryCursors(), ignore),
  },
  comments: {
    begins: /sort=created/,
    pull: (client) =>
      pullSince(client, "a/b", { kind: "comments", path: "issues/comments" }, memoryCursors(), ignore),
  },
  events: {
    begins: /\/events\?/,
    pull: (client) => pullEvents(client, "a/b", memoryCursors()),
  },
  "open issues that are looked for": {
    begins: /state=open/,
    pull(client) {
      const known = {
        issues: () => [7],
        openIssues: () => [7],
        goneIssues: () => [],
        elsewhere: () => [],
        seenAt: () => 1,
      };
      const asked = { client, repository: "a/b", memory: memoryCursors(), isMoved: () => false };
      return pullAbsences(asked, known, false);
    },
  },
  "comments of one issue": {
    begins: /issues\/7\/comments/,
    pull: (client) =>
      pullDeletedComments(
        { client, repository: "a/b", memory: memoryCursors(), isMoved: () => false },
        { commentsToAsk: () => [7], leaveComments: () => {} },
      ),
  },
};

/** GitHub whose pages lead from one to the next of `ring`, and from the last to the one that `back` names. */
function leading(begins: RegExp, ring: readonly number[], back: number) {
  return scriptedClient((url) => {
    const item = { id: 1, number: 1, created_at: "2026-03-01T12:00:00Z", updated_at: "2026-03-01T12:00:00Z" };
    const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
    const address = (number: number) => (number === 1 ? first : `${first}&page=${number}`);
    const first = url.replace(/&page=\d+/, "");
    // What was updated last says that there is more, so that all is read.
    if (url.includes("sort=updated"))
      return { data: [item], headers: { link: `<https://x${first}&page=2>; rel="next"` } };
    if (!begins.test(url)) return { data: [] };
    const next = ring[ring.indexOf(page) + 1] ?? back;
    return { data: [item], headers: { link: `<https://x${address(next)}>; rel="next"` } };
  });
}

const endless = { code: "github-odd-answer", exitCode: 4, message: /lead back/ };

describe.each(Object.entries(listings))("%s whose pages lead round in a ring", (_, { begins, pull }) => {
  test.each([
    ["from the second to the first", [1, 2], 1],
    ["past the first", [1, 2, 3, 4], 2],
    ["to itself, in the middle", [1, 2, 3], 3],
  ])("%s end in an error, each page asked for once", async (_name, ring, back) => {
    const { client, asked } = leading(begins, ring, back);
    const reading = keptOf(pull(client));
    await expect(reading).rejects.toMatchObject({ code: endless.code, exitCode: endless.exitCode });
    await expect(reading).rejects.toThrow(endless.message);
    const followed = asked.filter((url) => begins.test(url) && !url.includes("sort=updated"));
    expect(new Set(followed).size).toBe(followed.length);
    expect(followed).toHaveLength(ring.length);
  });
});

test("a ring keeps what came before it, and once it is mended the same pull brings the rest", async () => {
  const memory = memoryCursors();
  const event = (id: number) => ({ id, created_at: `2026-03-0${id}T12:00:00Z` });
  const github = (isMended: boolean) =>
    scriptedClient((url) => {
      const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
      const next = page === 3 ? (isMended ? null : 1) : page + 1;
      const link =
        next === null ? {} : { link: `<https://x/repos/a/b/issues/events?page=${next}>; rel="next"` };
      return { data: [event(4 - page)], headers: { date: "Wed, 04 Mar 2026 12:00:00 GMT", ...link } };
    });
  const kept: unknown[] = [];
  const pull = async (isMended: boolean) => {
    for await (const { page, saveCursor } of pullEvents(github(isMended).client, "a/b", memory)) {
      kept.push(...page.items.map((item) => (item as { id: number }).id));
      saveCursor();
    }
  };
  await expect(pull(false)).rejects.toThrow(/lead back/);
  expect(kept).toEqual(expect.arrayContaining([3, 2, 1]));
  await pull(true);
  await expect(pull(true)).resolves.toBeUndefined();
});

/** A GraphQL that promises more each time, at the next of `cursors`, and round again. */
function promising(cursors: readonly string[], answer: (list: object) => object) {
  let asked = 0;
  const request = async () => {
    const endCursor = cursors[asked % cursors.length];
    asked += 1;
    if (asked > 30) throw new Error("asked for ever");
    return {
      data: { data: answer({ pageInfo: { hasNextPage: true, endCursor }, totalCount: 9 }) },
      headers: {},
    };
  };
  const graph = { client: { request }, base: "https://api.github.com" } as unknown as Graph;
  return { graph, asked: () => asked };
}

describe.each<[string, (graph: Graph) => AsyncGenerator<Pulled>, object]>([
  [
    "issues with their projects",
    (graph) => pullProjects(graph, "a/b", memoryCursors()),
    { timelineItems: "whole", projectItems: "whole" },
  ],
  ["issues with their fields", (graph) => pullIssueFields(graph, "a/b"), { timelineItems: "whole" }],
])("%s over GraphQL", (_, pull, lists) => {
  const whole = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
  const issue = { id: "I_1", ...Object.fromEntries(Object.keys(lists).map((name) => [name, whole])) };

  test.each([
    ["stands still", ["a"], 2],
    ["goes to and fro", ["a", "b"], 3],
    ["leads round", ["a", "b", "c", "d"], 5],
  ])("end in an error where the cursor %s", async (_name, cursors, requests) => {
    const { graph, asked } = promising(cursors, (list) => ({
      repository: { issues: { ...list, nodes: [issue] } },
    }));
    await expect(keptOf(pull(graph))).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
    expect(asked()).toBe(requests);
  });

  test("end in an error where what belongs to one issue leads round", async () => {
    const round = { pageInfo: { hasNextPage: true, endCursor: "b" }, nodes: [] };
    const { graph } = promising(["a", "b"], (list) => ({
      repository: { issues: { ...list, nodes: [{ ...issue, timelineItems: { ...round } }] } },
      node: { timelineItems: { ...list, nodes: [] } },
    }));
    await expect(keptOf(pull(graph))).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
  });
});

test("a pass over projects that was cut off does not go on round the place where it stopped", async () => {
  const memory = memoryCursors();
  memory.set("github.projects.pass", JSON.stringify({ cursor: "a", read: 1, projects: [] }));
  const { graph, asked } = promising(["b", "a"], (list) => ({
    repository: { issues: { ...list, nodes: [] } },
  }));
  await expect(keptOf(pullProjects(graph, "a/b", memory))).rejects.toMatchObject({
    code: "github-odd-answer",
  });
  expect(asked()).toBe(2);
});
