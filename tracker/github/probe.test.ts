import { describe, expect, test } from "vitest";
import { scriptedClient } from "../testing/github/scripted-client.ts";
import type { Graph } from "./ask-graph.ts";
import { listings, probeHistory, probeIssueFields, probeListing, probeProjects } from "./probe.ts";

const date = "Mon, 02 Mar 2026 12:00:00 GMT";
const at = Date.parse(date);
const next = { link: '<https://x/repos/a/b/labels?page=2>; rel="next"' };

describe("a probe of a listing", () => {
  test.each(listings.map((one) => [one.name, one] as const))(
    "of %s asks once, for a hundred, and follows nothing",
    async (_, listing) => {
      const { client, asked } = scriptedClient(() => ({ data: [{ id: 1 }], headers: { date, ...next } }));
      const { page, isWhole } = await probeListing(client, "a/b", listing);
      expect(page).toEqual({ kind: listing.kind, repository: "a/b", items: [{ id: 1 }], observedAt: at });
      expect(isWhole).toBe(false);
      const [address, ...more] = asked;
      expect(more).toEqual([]);
      expect(address).toMatch(new RegExp(`^/repos/a/b/${listing.path}\\?`));
      expect(new URL(address ?? "", "http://x").searchParams.get("per_page")).toBe("100");
    },
  );

  test("that has no more is whole", async () => {
    const { client } = scriptedClient(() => ({ data: [], headers: { date } }));
    const [listing] = listings;
    expect((await probeListing(client, "a/b", listing)).isWhole).toBe(true);
  });

  test("of one issue's history names the issue, which its events do not", async () => {
    const { client, asked } = scriptedClient(() => ({ data: [{ id: 7 }], headers: { date } }));
    expect((await probeHistory(client, "a/b", 12)).page).toMatchObject({ kind: "events", issueNumber: 12 });
    expect(asked).toEqual(["/repos/a/b/issues/12/events?per_page=100"]);
  });

  test.each([
    ["a cache that answers «not modified»", { status: 304 }],
    ["a page of another server", { data: "<html>" }],
  ])("is refused by %s", async (_, answer) => {
    const { client } = scriptedClient(() => answer);
    await expect(probeHistory(client, "a/b", 12)).rejects.toMatchObject({ code: "github-odd-answer" });
  });
});

/** Answers GraphQL with these issues, and projects by their ids. */
function graphOf(issues: object[], hasNextPage = false) {
  const asked: Record<string, unknown>[] = [];
  const request = async ({ variables }: { variables: Record<string, unknown> }) => {
    asked.push(variables);
    const list = { totalCount: issues.length, pageInfo: { hasNextPage, endCursor: "a" }, nodes: issues };
    const data = Array.isArray(variables.ids)
      ? { nodes: variables.ids.map((id) => ({ id })) }
      : { repository: { issues: list } };
    return { data: { data }, headers: { date } };
  };
  return { asked, graph: { client: { request }, base: "https://api.github.com" } as unknown as Graph };
}
const whole = (nodes: object[] = []) => ({ pageInfo: { hasNextPage: false, endCursor: null }, nodes });
const card = (project: string) => ({ id: `c${project}`, project: { id: project }, fieldValues: whole() });
const placed = (id: string, ...projects: string[]) => ({
  id,
  timelineItems: whole(),
  projectItems: whole(projects.map(card)),
});

describe("a probe of Projects", () => {
  test("asks each project once that an issue is in, however many issues are in it", async () => {
    const { graph, asked } = graphOf(
      [placed("I_1", "P_1", "P_2"), placed("I_2", "P_2"), placed("I_3")],
      true,
    );
    const [issues, projects, ...more] = await probeProjects(graph, "a/b");
    expect(more).toEqual([]);
    expect([issues?.page.kind, issues?.isWhole, issues?.page.observedAt]).toEqual(["placements", false, at]);
    expect([projects?.page.kind, projects?.isWhole]).toEqual(["projects", true]);
    expect(projects?.page.items).toEqual([{ id: "P_1" }, { id: "P_2" }]);
    expect(asked).toEqual([{ owner: "a", name: "b", first: 20, after: null }, { ids: ["P_1", "P_2"] }]);
  });

  test("asks for no project where no issue is in one", async () => {
    const { graph, asked } = graphOf([placed("I_1")]);
    expect(await probeProjects(graph, "a/b")).toMatchObject([{ isWhole: true }]);
    expect(asked).toHaveLength(1);
  });
});

test("a probe of issue fields asks for some issues, once", async () => {
  const issue = { id: "I_1", timelineItems: whole() };
  const { graph, asked } = graphOf([issue], true);
  expect(await probeIssueFields(graph, "a/b")).toEqual([
    { page: { kind: "issueFields", items: [issue], observedAt: at }, isWhole: false },
  ]);
  expect(asked).toEqual([{ owner: "a", name: "b", first: 20, after: null }]);
});
