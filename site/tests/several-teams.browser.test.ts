import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { twoTeams } from "sprintcast/testing";
import { expect, it } from "vitest";
import { buildSite } from "../testing/build-site.ts";
import { htmlFaults } from "../testing/html-faults.ts";

it("has a page for each team, an overview, and figures that are no other team's", async () => {
  const team = await twoTeams();
  expect(await team.call("freeze")).toMatchObject({ code: 0 });
  const [content, out, cache] = ["content", "dist", "cache"].map((name) => join(team.folder, name));
  await buildSite({ content: content ?? "", out: out ?? "", cache: cache ?? "" });
  const html = (path: string) => readFile(join(team.folder, "dist", path, "index.html"), "utf8");
  const text = async (path: string) =>
    (await html(path)).replaceAll(/<script[^>]*>.*?<\/script>|<[^>]+>/gs, " ");

  // The overview links both, each with its newest sprint.
  const front = await html("");
  expect(front).toMatch(
    /<a href="\/teams\/web\/">Web<\/a>[\s\S]*?\/sprints\/3\/[\s\S]*?<a href="\/teams\/app\/">App<\/a>[\s\S]*?\/sprints\/2\//,
  );
  const [web, app] = [await html("teams/web"), await html("teams/app")];
  expect([...web.matchAll(/<h3><a href="(\/sprints\/\d+\/)"/g)].map(([, path]) => path)).toEqual([
    "/sprints/3/",
    "/sprints/1/",
  ]);
  expect([...app.matchAll(/<h3><a href="(\/sprints\/\d+\/)"/g)].map(([, path]) => path)).toEqual([
    "/sprints/2/",
  ]);

  // A sprint's page leads to the team, and on to the team's next sprint.
  const sprint = await html("sprints/1");
  expect(sprint).toContain('<a href="/teams/web/">Web</a>');
  expect(sprint).toMatch(/Next[\s\S]{0,200}Web 2|\/sprints\/3\//);
  expect(sprint).not.toContain('href="/sprints/2/"');
  expect(await text("debt")).toMatch(/Web: 1 debt item .*App: 1 debt item /s);
  expect(await text("sprints")).toMatch(/Velocity of Web/);
  expect(await readFile(join(team.folder, "dist/calendar.ics"), "utf8")).toContain("SUMMARY:App: App 1");

  for (const path of ["", "teams/web", "teams/app", "debt", "sprints", "sprints/2"])
    expect([path, await htmlFaults(await html(path))]).toEqual([path, []]);
}, 240_000);
