import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readContent } from "sprintcast/content";
import { ContentError } from "sprintcast/errors";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeContent } from "../testing/make-content.ts";
import { assembleSite } from "./assemble.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "assemble-"));
  await makeContent(dir, { sprints: 2, cards: 4 });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const siteAt = async (instant: string) => assembleSite(await readContent(dir), Date.parse(instant));
const titlesAt = async (instant: string) => (await siteAt(instant)).posts.map(({ title }) => title);
const post = (name: string, lines: string) =>
  writeFile(
    join(dir, "posts", `${name}.md`),
    `---\ntitle: ${name}\nsummary: Words.\n${lines}\n---\n\nWords.\n`,
  );

describe("a post", () => {
  // The team is in Vienna, an hour ahead of UTC in January and two in July.
  it.each([
    ["2031-01-10", "2031-01-09T22:59:59Z", "2031-01-09T23:00:00Z"],
    ["2031-07-10", "2031-07-09T21:59:59Z", "2031-07-09T22:00:00Z"],
  ])("of %s is shown when that day begins where the team is", async (date, before, then) => {
    await post("news", `kind: note\ndate: ${date}`);
    expect(await titlesAt(before)).not.toContain("news");
    expect(await titlesAt(then)).toContain("news");
  });

  it("that is a draft is not shown, whatever its day", async () => {
    await post("news", "kind: note\ndate: 2001-01-10\ndraft: true");
    expect(await titlesAt("2031-01-10T12:00:00Z")).toEqual(
      expect.arrayContaining(["Review of sprint 1", "Review of sprint 2"]),
    );
    expect(await titlesAt("2031-01-10T12:00:00Z")).not.toContain("news");
  });
});

describe("a sprint", () => {
  it("has the days that its file says, the last one included, and says whether it is reported", async () => {
    await rm(join(dir, "reports", "02.json"));
    const { sprints, reports } = await siteAt("2031-01-10T12:00:00Z");
    const written = await Promise.all(
      ["01", "02"].map(async (name) => {
        const text = await readFile(join(dir, "sprints", `${name}.md`), "utf8");
        return { firstDay: /firstDay: (.+)/.exec(text)?.[1], lastDay: /lastDay: (.+)/.exec(text)?.[1] };
      }),
    );
    expect(sprints).toMatchObject([
      { number: 1, reported: true, ...written[0] },
      { number: 2, reported: false, ...written[1] },
    ]);
    expect(reports.map(({ sprint }) => sprint.number)).toEqual([1]);
  });
});

it("a report that was changed by hand stops the build, and is named", async () => {
  const file = join(dir, "reports", "01.json");
  const report = JSON.parse(await readFile(file, "utf8"));
  report.frozen = { at: report.sprint.end, digest: "0".repeat(64) };
  await writeFile(file, JSON.stringify(report));
  const building = siteAt("2031-01-10T12:00:00Z");
  await expect(building).rejects.toThrow(ContentError);
  await expect(building).rejects.toThrow(/01\.json: sprint 1 .*digest/);
});
