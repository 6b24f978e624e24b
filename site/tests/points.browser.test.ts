import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inPoints, sizedTeam } from "sprintcast/testing";
import { expect, it } from "vitest";
import { buildSite } from "../testing/build-site.ts";

/** Effort, capacity, ages, and times by the clock: in days whatever sizes count. */
const isOfTime =
  /actual|effort|spent|capacity|median|age|end of day|took|calendar|working|daily|lead time|cycle|day by day/i;

it("a team that counts points has a site that says so, from the front page to the replay's data", async () => {
  const team = await sizedTeam(inPoints);
  expect(await team.call("freeze")).toMatchObject({ code: 0 });
  const [content, out, cache] = ["content", "dist", "cache"].map((name) => join(team.folder, name));
  await buildSite({ content: content ?? "", out: out ?? "", cache: cache ?? "" });
  const found: string[] = [];
  for await (const file of glob("**/index.html", { cwd: out ?? "" })) {
    if (/^(?:flow|about)\b/.test(file)) continue;
    const html = await readFile(join(out ?? "", file), "utf8");
    const text = html
      .replaceAll(/<(?:script|style)[^>]*>.*?<\/(?:script|style)>|<[^>]+>/gs, " ")
      .replaceAll(/\s+/g, " ");
    for (const { index, 0: days } of text.matchAll(/(?<![\w/])(?:man-days?|days?|\d d)\b/gi)) {
      const around = text.slice(Math.max(0, index - 70), index + days.length + 40);
      if (!isOfTime.test(around)) found.push(`${file}: ${around}`);
    }
  }
  expect(found).toEqual([]);
  const page = await readFile(join(out ?? "", "sprints/1/index.html"), "utf8");
  expect(page).toContain("In points.");
  expect(page).toContain("Estimation error: none where sizes are points");
  expect(JSON.parse(await readFile(join(out ?? "", "sprints/1/replay.json"), "utf8"))).toMatchObject({
    unit: "points",
  });
}, 240_000);
