import { RequestError } from "@octokit/request-error";
import { describe, expect, test } from "vitest";
import { memoryCursors } from "../testing/github/scripted-client.ts";
import type { Cursors } from "./ask.ts";
import type { Graph } from "./ask-graph.ts";
import { pullProjects } from "./pull-projects.ts";

interface Question {
  query: string;
  variables: Record<string, unknown>;
  request?: { retries: number };
}
type Refusal = { errors: object[] } | RequestError;

const whole = (nodes: unknown[] = []) => ({ pageInfo: { hasNextPage: false, endCursor: null }, nodes });
const issue = (number: number, projects: string[] = []) => ({
  id: `I_${number}`,
  timelineItems: whole(),
  projectItems: whole(projects.map((id) => ({ id: `c${id}`, project: { id }, fieldValues: whole() }))),
});
const tooMuch = { errors: [{ type: "RESOURCE_LIMITS_EXCEEDED", message: "too much" }] };

/** GitHub with these issues; `refuse` may answer something else. A cursor is the place of the next issue. */
function github(
  issues: ReturnType<typeof issue>[],
  refuse: (asked: Question) => Refusal | null = () => null,
) {
  const asked: Question[] = [];
  const request = async (question: Question) => {
    asked.push(question);
    if (asked.length > 60) throw new Error("asked for ever");
    const refused = refuse(question);
    if (refused instanceof Error) throw refused;
    if (refused !== null) return { data: refused, headers: {} };
    const { ids, first, after } = question.variables as {
      ids?: string[];
      first: number;
      after: string | null;
    };
    if (ids !== undefined) return { data: { data: { nodes: ids.map((id) => ({ id })) } }, headers: {} };
    const from = Number(after ?? 0);
    const end = Math.min(issues.length, from + first);
    const pageInfo = { hasNextPage: end < issues.length, endCursor: String(end) };
    const list = { totalCount: issues.length, pageInfo, nodes: issues.slice(from, end) };
    return { data: { data: { repository: { issues: list } } }, headers: {} };
  };
  return { asked, graph: { client: { request }, base: "https://api.github.com" } as unknown as Graph };
}

const issues = (count: number, ...projects: string[]) =>
  Array.from({ length: count }, (_, index) => issue(index + 1, projects));

/** The ids of issues and of projects that a pull brings; `stopAfter`: pages after which it is cut off. */
async function pull(graph: Graph, memory: Cursors = memoryCursors(), stopAfter = Number.POSITIVE_INFINITY) {
  const found = { placements: [] as string[], projects: [] as string[], places: [] as unknown[] };
  let pages = 0;
  for await (const { page, saveCursor, place } of pullProjects(graph, "a/b", memory)) {
    const ids = page.items.map((item) => (item as { id: string }).id);
    found[page.kind as "placements" | "projects"].push(...ids);
    if (place !== null) found.places.push(place);
    saveCursor();
    pages += 1;
    if (pages === stopAfter) break;
  }
  return found;
}

const idsTo = (count: number, from = 1) =>
  Array.from({ length: count - from + 1 }, (_, index) => `I_${index + from}`);
const sizesIn = (asked: Question[]) => asked.flatMap(({ variables }) => (variables.first as number) ?? []);
const isPage = ({ variables }: Question) => variables.first !== undefined;
const broken = (status?: number) =>
  new RequestError("x", status ?? 500, {
    request: { method: "POST", url: "/graphql", headers: {} },
    ...(status === undefined ? {} : { response: { status, url: "/graphql", headers: {}, data: {} } }),
  });

describe("where issues stand in their projects", () => {
  test("is read page by page, then what those projects offer, each once", async () => {
    const memory = memoryCursors();
    const { graph, asked } = github(issues(250, "P_1", "P_2"));
    const found = await pull(graph, memory);
    expect(found.placements).toEqual(idsTo(250));
    expect(found.projects).toEqual(["P_1", "P_2"]);
    expect(found.places).toEqual([
      { page: 1, of: 3 },
      { page: 2, of: 3 },
      { page: 3, of: 3 },
    ]);
    expect(sizesIn(asked)).toEqual([100, 100, 100]);
    // The next pull begins from the start: a card that moves is no update of its issue.
    expect(memory.keys()).toEqual([]);
  });

  test("asks for projects a hundred at a time", async () => {
    const many = Array.from({ length: 230 }, (_, index) => `P_${index}`);
    const { graph, asked } = github([issue(1, many)]);
    expect((await pull(graph)).projects).toEqual(many);
    const lengths = asked.flatMap(({ variables }) => (variables.ids as string[] | undefined)?.length ?? []);
    expect(lengths).toEqual([100, 100, 30]);
  });

  test("of no issue, or of none in a project, is one question", async () => {
    for (const list of [[], issues(3)]) {
      const { graph, asked } = github(list);
      expect((await pull(graph)).projects).toEqual([]);
      expect(asked).toHaveLength(1);
    }
  });
});

describe("a page that is too much for GitHub", () => {
  test.each<[string, Refusal]>([
    ["by its own word", tooMuch],
    ["by a gateway that gave up", broken(502)],
    ["by one that waited too long", broken(504)],
    ["by a connection that broke", broken()],
  ])("%s is asked for again with fewer issues, and those that follow too", async (_, refusal) => {
    const { graph, asked } = github(issues(60), (question) =>
      isPage(question) && Number(question.variables.first) > 25 ? refusal : null,
    );
    expect((await pull(graph)).placements).toEqual(idsTo(60));
    expect(sizesIn(asked)).toEqual([100, 50, 25, 25, 25]);
    // Why wait for a size to fail four times over, where a smaller one is left to try?
    expect(asked.map(({ request }) => request?.retries)).toEqual([1, 1, 1, 1, 1]);
  });

  test("at the smallest size ends the pull, with what GitHub said; it has all its tries then", async () => {
    const { graph, asked } = github(issues(60), (question) => (isPage(question) ? tooMuch : null));
    await expect(pull(graph)).rejects.toMatchObject({ code: "github-too-much", exitCode: 4 });
    expect(sizesIn(asked)).toEqual([100, 50, 25, 10]);
    expect(asked.at(-1)?.request).toBeUndefined();
  });

  test.each<[string, Refusal]>([
    ["a scope that lacks", { errors: [{ type: "INSUFFICIENT_SCOPES", message: "no" }] }],
    ["a fault of the server", broken(500)],
    ["a refusal", broken(403)],
  ])("is another matter than %s: that ends it at once", async (_, refusal) => {
    const { graph, asked } = github(issues(60), () => refusal);
    await expect(pull(graph)).rejects.toBeInstanceOf(Error);
    expect(asked).toHaveLength(1);
  });
});

describe("a pull that was cut off", () => {
  test.each([1, 2])(
    "after page %i goes on there, and knows the projects that it had seen",
    async (stopAfter) => {
      const memory = memoryCursors();
      const all = [...issues(100, "P_1"), ...issues(250).slice(100)];
      const first = await pull(github(all).graph, memory, stopAfter);
      const { graph } = github(all);
      const rest = await pull(graph, memory);
      expect([...first.placements, ...rest.placements]).toEqual(idsTo(250));
      expect(rest.projects).toEqual(["P_1"]);
      expect(rest.places.at(-1)).toEqual({ page: 3, of: 3 });
      expect(memory.keys()).toEqual([]);
    },
  );

  test("after the last page asks only what the projects offer", async () => {
    const memory = memoryCursors();
    await pull(github(issues(3, "P_1")).graph, memory, 1);
    const { graph, asked } = github(issues(3, "P_1"));
    expect(await pull(graph, memory)).toMatchObject({ placements: [], projects: ["P_1"] });
    expect(asked).toHaveLength(1);
  });

  test.each([
    { type: "INVALID_CURSOR_ARGUMENTS", message: "x" },
    { message: "The cursor is not valid any more" },
  ])("at a place that GitHub forgot begins anew: %j", async (error) => {
    const memory = memoryCursors();
    await pull(github(issues(150)).graph, memory, 1);
    const { graph } = github(issues(150), ({ variables }) =>
      variables.after === "100" && variables.first === 100 && isFirst() ? { errors: [error] } : null,
    );
    let calls = 0;
    function isFirst() {
      calls += 1;
      return calls === 1;
    }
    expect((await pull(graph, memory)).placements).toEqual(idsTo(150));
  });

  test("by another refusal stays where it was", async () => {
    const memory = memoryCursors();
    await pull(github(issues(150)).graph, memory, 1);
    const before = memory.get("github.projects.pass");
    await expect(pull(github([], () => broken(403)).graph, memory)).rejects.toBeInstanceOf(RequestError);
    expect(memory.get("github.projects.pass")).toBe(before);
  });

  test.each(["{", "null", '{"cursor":7}', '{"cursor":"1"}'])(
    "and remembered in another shape (%s) begins anew",
    async (value) => {
      const memory = memoryCursors();
      memory.set("github.projects.pass", value);
      expect((await pull(github(issues(3)).graph, memory)).placements).toEqual(idsTo(3));
    },
  );
});

test("a GitHub that knows no updates of a project's status is asked without them", async () => {
  const { graph, asked } = github([issue(1, ["P_1"])], ({ query }) =>
    query.includes("statusUpdates")
      ? {
          errors: [
            { message: "Field 'statusUpdates' doesn't exist", extensions: { code: "undefinedField" } },
          ],
        }
      : null,
  );
  expect((await pull(graph)).projects).toEqual(["P_1"]);
  expect(asked.filter(({ variables }) => variables.ids !== undefined)).toHaveLength(2);
});
