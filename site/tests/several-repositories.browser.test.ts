import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { teamOfThree } from "sprintcast/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildSite } from "../testing/build-site.ts";

const review =
  "---\ntitle: Review of sprint 1\nkind: review\nsprint: 1\ndate: 2026-03-13\n---\n\n::unexpected\n\n## K.A.L.M.\n\n" +
  "### Add\n\n- Pair on web#3\n\n### Keep\n\n- Small steps (#1)\n";

let team: ReturnType<typeof teamOfThree>;
const page = (path: string) => readFile(join(team.folder, "dist", path, "index.html"), "utf8");
beforeAll(async () => {
  team = teamOfThree();
  team.write("content/posts/01-review.md", review);
  await team.gitHub();
  for (const verb of ["sync", "freeze"]) expect(await team.call(verb)).toMatchObject({ code: 0, err: "" });
  const [content, out, cache] = ["content", "dist", "cache"].map((name) => join(team.folder, name));
  await buildSite({ content: content ?? "", out: out ?? "", cache: cache ?? "" });
}, 240_000);
afterAll(() => team?.close());

it("calls issues of several repositories by name, and links each to its own", async () => {
  const sprint = await page("sprints/1");
  for (const name of ["api#1", "web#2", "web#3", "web#5", "infra#1", "infra#2", "infra#3"])
    expect(sprint).toContain(name);
  expect(sprint).toMatch(/<a href="https:\/\/github\.com\/acme\/web\/issues\/2"[^>]*>web#2<\/a>/);
  expect(sprint).toMatch(/<a href="https:\/\/github\.com\/acme\/infra\/issues\/2"[^>]*>infra#2<\/a>/);
  const text = sprint.replaceAll(/<script[^>]*>.*?<\/script>|<[^>]+>/gs, " ");
  // The team's own words aside.
  expect(text.replace("Small steps (#1)", "")).not.toMatch(/(?<![\w&])#\d/);
  expect(sprint).not.toMatch(/[12]0{8}\d/);
});

it("hands the replay a card for each, though they share numbers", async () => {
  const data = await readFile(join(team.folder, "dist/sprints/1/replay.json"), "utf8");
  const { cards, moves } = JSON.parse(data) as { cards: [string, string][]; moves: [number, number][] };
  const names = cards.map(([name]) => name);
  expect(names).toContain("api#2");
  expect(names).toContain("web#2");
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(moves.map(([, card]) => card)).size).toBe(names.length);
});

it.each([
  ["debt", ["api#2", "infra#1"]],
  ["posts/01-review", ["web#3"]],
  ["about", ["acme/api", "acme/web", "acme/infra"]],
])("the page %s says whose they are", async (path, names) => {
  const html = await page(path);
  for (const name of names) expect(html).toContain(name);
});
