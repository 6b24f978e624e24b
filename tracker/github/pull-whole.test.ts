import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, scriptedClient } from "../testing/github/scripted-client.ts";
import type { Cursors } from "./ask.ts";
import { pullWhole } from "./pull-whole.ts";

const listing = { kind: "labels", path: "labels" } as const;
const address = (page: number) => `/repos/a/b/labels?per_page=100${page === 1 ? "" : `&page=${page}`}`;

/** GitHub with these labels, a hundred on a page, each page known by the ETag of its body alone. */
function github(labels: readonly string[]) {
  return scriptedClient((url, { "if-none-match": known }) => {
    const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
    const data = labels.slice((page - 1) * 100, page * 100).map((name) => ({ name }));
    const etag = `"${JSON.stringify(data)}"`;
    if (known === etag) return { status: 304 };
    const more = labels.length > page * 100;
    return { data, headers: { etag, ...(more && { link: `<https://x${address(page + 1)}>; rel="next"` }) } };
  });
}

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `label ${index}`);
/** What a pull brings, and how many questions it took. */
async function pull(labels: readonly string[], kept: Cursors, stopAfter?: number) {
  const { client, asked } = github(labels);
  const items = await keptOf(pullWhole(client, "a/b", listing, kept), stopAfter);
  return { came: items.map((item) => (item as { name: string }).name), requests: asked.length };
}

describe("a listing that GitHub gives only whole", () => {
  test("is read to its end, and then only where a page changed, the last one too", async () => {
    const kept = memoryCursors();
    expect(await pull(names(250), kept)).toEqual({ came: names(250), requests: 3 });
    expect(await pull(names(250), kept)).toEqual({ came: [], requests: 3 });
    const changed = [...names(249), "renamed"];
    expect((await pull(changed, kept)).came).toEqual(changed.slice(200));
  });

  test.each([100, 200])("of %i shows what is added behind its full last page", async (count) => {
    const kept = memoryCursors();
    await pull(names(count), kept);
    await pull(names(count), kept);
    expect((await pull(names(count + 1), kept)).came).toContain(`label ${count}`);
    expect((await pull(names(count + 1), kept)).came).toEqual([]);
  });

  test("that lost its last page is no fault, and one that is empty is asked for again", async () => {
    const kept = memoryCursors();
    await pull(names(101), kept);
    expect((await pull(names(100), kept)).came).toEqual([]);
    expect((await pull([], kept)).came).toEqual([]);
    expect((await pull(["first"], kept)).came).toEqual(["first"]);
  });

  test("that is cut off is asked for again, whole", async () => {
    const kept = memoryCursors();
    await pull(names(250), kept, 2);
    expect(kept.keys()).toEqual([]);
    expect((await pull(names(250), kept)).came).toEqual(names(250));
  });

  test("without ETags is read anew each time", async () => {
    const kept = memoryCursors();
    const { client, asked } = scriptedClient(() => ({ data: [{ name: "bug" }] }));
    for (let round = 0; round < 2; round += 1)
      expect(await keptOf(pullWhole(client, "a/b", listing, kept))).toEqual([{ name: "bug" }]);
    expect(asked).toEqual([address(1), address(1)]);
  });

  test("of milestones asks for the closed ones, too", async () => {
    const { client, asked } = scriptedClient(() => ({}));
    await keptOf(pullWhole(client, "a/b", { kind: "milestones", path: "milestones" }, memoryCursors()));
    expect(asked).toEqual(["/repos/a/b/milestones?per_page=100&state=all"]);
  });
});
