import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as scaffold from "create-sprintcast";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parsePost, parseSettings, parseSprint } from "../content/parse.ts";
import { readContent } from "../content/read.ts";
import { isTimeZone } from "../core/model/calendar.ts";
import { isRepositoryName } from "../core/model/repository-name.ts";
import { run } from "../program.ts";
import { quietIo } from "../testing/quiet-io.ts";

const now = Date.parse("2026-03-05T09:00:00Z");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-init-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const awkward = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom("yes", "2026-01-05", "12:30:00", "1e3", "~", "a\n---\nb", "# x", "'\"", "- x", "\u2028"),
);

test("whatever is asked for and not refused, the content is what the readers expect", () => {
  fc.assert(
    fc.property(
      awkward,
      awkward,
      fc.integer({ min: 1, max: 365 }),
      fc.date({ min: new Date(0), max: new Date("9998-12-31"), noInvalidDate: true }),
      (title, milestone, days, day) => {
        fc.pre(title.trim() !== "" && milestone.trim() !== "");
        const wishes = { title, milestone, days: String(days), firstDay: day.toISOString().slice(0, 10) };
        const team = scaffold.teamOf("octo/rocket", "Europe/Vienna", wishes, now);
        const files = scaffold.planProject({ team, content: "content", branch: "main" });
        const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))?.text ?? "";
        const settings = parseSettings(textOf("settings.yml"), "settings.yml");
        expect(settings).toMatchObject({ title: team.title, repository: "octo/rocket" });
        const { front } = parseSprint(textOf("sprints/01.md"), "01.md", settings);
        expect(front).toMatchObject({
          milestone: team.milestone,
          firstDay: wishes.firstDay,
          lastDay: team.lastDay,
        });
        expect(parsePost(textOf("01-planning.md"), "01-planning.md", "01-planning").date).toBe(
          wishes.firstDay,
        );
      },
    ),
  );
});

test("the scaffold refuses the repositories and zones that the settings refuse", () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."a-_./\u00e9 ") }),
    fc.constantFrom("octo/rocket", "UTC", "Europe/Vienna", "+01:00", "CET", "Mars/Base", "../..", "a/b/c"),
  );
  fc.assert(
    fc.property(text, (name) => {
      expect(scaffold.isRepositoryName(name)).toBe(isRepositoryName(name));
      expect(scaffold.isTimeZone(name)).toBe(isTimeZone(name));
    }),
  );
});

test("init makes a whole repository that reads, and tells its failures as every verb does", async () => {
  const io = quietIo({ cwd: folder, now });
  expect(await run(["init"], io, "0.0.0")).toBe(2);
  expect(io.printed.err).toMatch(/^sprintcast: no repository is given.*\n {2}Name it: --repo owner\/name\n$/);
  expect(await run(["init", "--repo", "octo/rocket", "--zone", "Asia/Tokyo"], io, "0.0.0")).toBe(0);
  const content = await readContent(join(folder, "content"));
  expect(content.settings).toMatchObject({ repository: "octo/rocket", timeZone: "Asia/Tokyo" });
  expect([content.sprints.length, content.posts.length]).toEqual([1, 1]);
  expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies).toHaveProperty(
    "sprintcast",
  );
});

const planned = (name: string): string => {
  const team = scaffold.teamOf("octo/rocket", "Europe/Vienna", {}, now);
  const files = scaffold.planProject({ team, content: "content", branch: "main" });
  return files.find(({ path }) => path.endsWith(name))?.text ?? "";
};

test("what settings.yml has commented out is what holds without it, and every line of it may be taken in", () => {
  const text = planned("settings.yml");
  const [head = "", commented = ""] = text.split(/^# Everything below .*\n/m);
  const plain = parseSettings(head, "settings.yml");
  const lines = commented.trimEnd().split("\n");
  expect(lines.every((line) => line.startsWith("# "))).toBe(true);
  expect(parseSettings(`${head}${lines.map((line) => line.slice(2)).join("\n")}\n`, "settings.yml")).toEqual(
    plain,
  );
  // Every top key with what belongs to it, alone.
  const keys = lines.filter((line) => /^# \w/.test(line));
  expect(keys.length).toBeGreaterThan(7);
  for (const key of keys.filter((line) => !line.startsWith("# lanes")))
    expect([key, parseSettings(`${head}${key.slice(2)}\n`, "settings.yml")]).toEqual([key, plain]);
});

test("the first sprint has as many days as asked for, from this week's Monday in the team's zone", () => {
  const daysOf = (zone: string, at: string, days?: string) => {
    const { firstDay, lastDay } = scaffold.teamOf("a/b", zone, { days }, Date.parse(at));
    return [firstDay, lastDay];
  };
  expect(daysOf("Europe/Vienna", "2026-03-05T09:00:00Z")).toEqual(["2026-03-02", "2026-03-13"]);
  expect(daysOf("Europe/Vienna", "2026-03-02T00:00:00Z", "1")).toEqual(["2026-03-02", "2026-03-02"]);
  // Sunday evening in Vienna is Monday in Tokyo.
  expect(daysOf("Europe/Vienna", "2026-03-08T20:00:00Z", "7")).toEqual(["2026-03-02", "2026-03-08"]);
  expect(daysOf("Asia/Tokyo", "2026-03-08T20:00:00Z", "7")).toEqual(["2026-03-09", "2026-03-15"]);
  expect(daysOf("Pacific/Kiritimati", "2026-01-04T11:00:00Z", "365")).toEqual(["2026-01-05", "2027-01-04"]);
});
