import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Graph } from "./ask-graph.ts";
import { nextCursor, readRest } from "./connection.ts";

/** Answers one page after the other; `asked`: the variables of each question. */
function graphOf(pages: { nodes: unknown[]; pageInfo: object }[]) {
  const asked: Record<string, unknown>[] = [];
  const request = async ({ variables }: { variables: Record<string, unknown> }) => {
    asked.push(variables);
    const page = pages[asked.length - 1] ?? expect.fail("asked once more than there are pages");
    return { data: { data: { node: { items: page } } }, headers: {} };
  };
  return { asked, graph: { client: { request }, base: "https://api.github.com" } as unknown as Graph };
}
const more = (endCursor: string | null) => ({ hasNextPage: true, endCursor });
const last = { hasNextPage: false, endCursor: "z" };

describe("what did not fit on the first page", () => {
  const read = (graph: Graph, list: { nodes: unknown[]; pageInfo: typeof last | ReturnType<typeof more> }) =>
    readRest(graph, "query", "I_1", "items", list, z.number());

  test("is asked page by page and put behind it, in order", async () => {
    const { graph, asked } = graphOf([
      { nodes: [3, 4], pageInfo: more("b") },
      { nodes: [], pageInfo: more("c") },
      { nodes: [5], pageInfo: last },
    ]);
    const list = { nodes: [1, 2], pageInfo: more("a") };
    await read(graph, list);
    expect(list.nodes).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual(["a", "b", "c"].map((after) => ({ id: "I_1", after })));
  });

  test("is not asked where all did fit", async () => {
    const { graph, asked } = graphOf([]);
    await read(graph, { nodes: [1], pageInfo: last });
    expect(asked).toEqual([]);
  });

  test.each([
    ["the same place again", [{ nodes: [3], pageInfo: more("a") }]],
    ["no place", [{ nodes: [3], pageInfo: more(null) }]],
    ["another shape", [{ nodes: ["three"], pageInfo: last }]],
    ["a place of before", [{ pageInfo: more("b") }, { pageInfo: more("c") }, { pageInfo: more("a") }]],
  ])("is refused, not asked for ever, where an answer has %s", async (_, pages) => {
    const { graph, asked } = graphOf(pages.map((page) => ({ nodes: [], ...page })));
    const reading = read(graph, { nodes: [1], pageInfo: more("a") });
    await expect(reading).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
    expect(asked).toHaveLength(pages.length);
  });
});

test("the first page may begin anywhere, but what promises more must say where", () => {
  expect(nextCursor(more("a"), new Set())).toBe("a");
  expect(nextCursor(last, new Set())).toBeNull();
  expect(() => nextCursor(more(null), new Set())).toThrow("does not say where");
});
