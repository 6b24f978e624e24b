import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite } from "../site/testing/build-site.ts";
import { present } from "../tracker/core/model/present.ts";
import type { Report } from "../tracker/core/model/report.ts";
import { sharedData, unpackBackup } from "../tracker/testing/shared-data.ts";

const cli = join(import.meta.dirname, "../tracker/cli.ts");

const sprints = {
  "01": 'title: Release 23.0\nfirstDay: 2022-01-10\nlastDay: 2022-04-15\nmilestone: "23.0"',
  "02": "title: Bugs of half a year\nfirstDay: 2022-06-01\nlastDay: 2022-12-31\nlabel: Bug",
};

/** An issue of the backup, as far as the plain reading of this test needs it. */
interface Raw {
  issue: { number: number; title: string; created_at: string; labels: { name: string }[] };
  events: { event: string; created_at: string; label?: { name: string }; milestone?: { title: string } }[];
}

/** Whether the issue carried the label and was open, told by a plain walk over its events: no reconciling, no store. */
function standing({ issue, events }: Raw, label: string, at: string): { labelled: boolean; open: boolean } {
  const told = events.filter((event) => event.label?.name === label);
  let labelled = told.length === 0 && issue.labels.some((one) => one.name === label) && issue.created_at < at;
  let open = issue.created_at < at;
  for (const { event, created_at, label: named } of events) {
    if (created_at >= at) continue;
    if (named?.name === label) labelled = event === "labeled";
    if (event === "closed" || event === "converted_to_discussion") open = false;
    if (event === "reopened") open = true;
  }
  return { labelled, open };
}

/** How many cards a page has, and how many stand in no closed <details>. */
function cardsIn(html: string): { shown: number; all: number } {
  const closed: boolean[] = [];
  const count = { shown: 0, all: 0 };
  for (const [tag] of html.matchAll(/<details[^>]*>|<\/details>|<li><p>#\d/g)) {
    if (tag === "</details>") closed.pop();
    else if (tag.startsWith("<details")) closed.push(!/ open(?=[\s>=])/.test(tag));
    else {
      count.all += 1;
      if (!closed.includes(true)) count.shown += 1;
    }
  }
  return count;
}

describe.skipIf(!sharedData().hasBackup)("a real project, from its history to its website", () => {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-real-"));
  const content = join(folder, "content");
  let backup: ReturnType<typeof unpackBackup>;
  let issues: Raw[];
  const sprintcast = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    return stdout;
  };
  const page = (path: string) => readFileSync(join(folder, "dist", path), "utf8");
  const report = (n: string): Report => JSON.parse(readFileSync(join(content, `reports/${n}.json`), "utf8"));

  beforeAll(async () => {
    backup = unpackBackup();
    issues = readdirSync(join(backup.folder, "issues")).map((file) =>
      JSON.parse(readFileSync(join(backup.folder, "issues", file), "utf8")),
    );
    mkdirSync(join(content, "sprints"), { recursive: true });
    writeFileSync(
      join(content, "settings.yml"),
      "repository: bitcoin-core/gui\ntimeZone: UTC\ntitle: GUI reviews\n",
    );
    for (const [n, front] of Object.entries(sprints))
      writeFileSync(
        join(content, `sprints/${n}.md`),
        `---\nnumber: ${Number(n)}\ngoal: Ship it\n${front}\n---\n`,
      );
    sprintcast("sync", "--backup", backup.folder);
    for (const n of ["1", "2"]) sprintcast("draft", n);
    sprintcast("freeze");
    execFileSync("sed", [
      "-i",
      "/^draft: true/d",
      join(content, "posts/01-review.md"),
      join(content, "posts/02-review.md"),
    ]);
    await buildSite({ content, out: join(folder, "dist"), cache: join(folder, "cache") });
  }, 240_000);
  afterAll(() => {
    backup.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the figures are those of a plain walk over the raw events", () => {
    const start = issues.filter((raw) => {
      const { labelled, open } = standing(raw, "Bug", "2022-06-01T00:00:00Z");
      return labelled && open;
    });
    const { effort, boards } = report("02");
    expect(start.length).toBeGreaterThan(20);
    expect(effort.counts.committed).toBe(start.length);
    const onBoard = boards.start.lanes
      .find((lane) => lane.role === "sprint")
      ?.cards.map((card) => card.number);
    expect(onBoard).toEqual(start.map((raw) => raw.issue.number).sort((a, b) => a - b));
    const added = issues.filter(
      (raw) =>
        !standing(raw, "Bug", "2022-06-01T00:00:00Z").labelled &&
        standing(raw, "Bug", "2023-01-01T00:00:00Z").labelled,
    );
    expect(effort.counts.added).toBe(added.length);
    const milestone = issues.filter(({ events }) =>
      events.some(({ event, milestone: one }) => event === "milestoned" && one?.title === "23.0"),
    );
    const { unexpected, done } = report("01");
    expect(milestone.length).toBeGreaterThan(2);
    expect(unexpected.map((card) => card.number)).toEqual(
      milestone.map((raw) => raw.issue.number).sort((a, b) => a - b),
    );
    expect(done.map((card) => card.number)).toEqual(unexpected.map((card) => card.number));
  });

  test("nobody estimated there: terminal, draft, pages and charts count tasks instead of summing nothing", () => {
    const { counts } = report("02").effort;
    expect(sprintcast("report", "2")).toContain(`committed      ${counts.committed}`);
    expect(readFileSync(join(content, "posts/02-review.md"), "utf8")).toContain(
      `Committed were ${counts.committed} tasks, completed ${counts.completed}.`,
    );
    const sprint = page("sprints/2/index.html");
    const values = [...sprint.matchAll(/<span class="value"[^>]*>(.*?)<\/span>/g)].map((match) =>
      present(match[1]).replace(/<[^>]*>/g, ""),
    );
    expect(sprint).toContain("Burndown of sprint 2: Bugs of half a year, in tasks (none has an estimate)");
    expect(values).toContain(`${counts.committed} tasks`);
    expect(values.filter((value) => value.endsWith(" d"))).toEqual([]);
    expect(report("02").burndown.points.at(-1)).toMatchObject({ scope: counts.final - counts.frozen });
  });

  test("boards at start and end, and what came in and was left, are those of the raw events", () => {
    const [start, end] = ["2022-06-01T00:00:00Z", "2023-01-01T00:00:00Z"] as const;
    const { boards, unexpected, carriedOver, done } = report("02");
    const numbersOf = (raws: Raw[]) => raws.map((raw) => raw.issue.number).sort((a, b) => a - b);
    const inLane = (board: "start" | "end", role: string) =>
      boards[board].lanes
        .filter((lane) => lane.role === role)
        .flatMap((lane) => lane.cards.map((card) => card.number))
        .sort((a, b) => a - b);
    const at = (when: string) => (raw: Raw) => standing(raw, "Bug", when);
    for (const [board, when] of [
      ["start", start],
      ["end", end],
    ] as const) {
      const members = issues.filter((raw) => at(when)(raw).labelled);
      expect(inLane(board, "sprint")).toEqual(numbersOf(members.filter((raw) => at(when)(raw).open)));
      const closed = numbersOf(members.filter((raw) => !at(when)(raw).open));
      expect([...inLane(board, "done"), ...inLane(board, "freezebox")].sort((a, b) => a - b)).toEqual(closed);
    }
    expect(carriedOver.map((card) => card.number)).toEqual(inLane("end", "sprint"));
    const came = issues.filter((raw) => !at(start)(raw).labelled && at(end)(raw).labelled);
    expect(unexpected.map((card) => card.number).sort((a, b) => a - b)).toEqual(numbersOf(came));
    const finished = new Set(
      inLane("end", "done").filter((number) => !inLane("start", "done").includes(number)),
    );
    expect(done.every((card) => finished.has(card.number))).toBe(true);
  });

  test("long lanes fold, old work does not pose as the sprint's, and a review stays light", () => {
    const review = page("posts/02-review/index.html");
    const { boards } = report("02");
    const old = present(boards.start.lanes.find((lane) => lane.role === "done")).cards.length;
    expect(old).toBeGreaterThan(20);
    expect(review).toContain(`${old} done before the sprint`);
    const { shown, all } = cardsIn(review);
    expect(all).toBeGreaterThan(200);
    expect(shown).toBeGreaterThan(20);
    expect(shown).toBeLessThanOrEqual(60);
    expect(review).not.toContain("no estimate<");
    expect(gzipSync(review).length).toBeLessThan(60_000);
  });

  test("every task of the boards stands on the review, with its title as text", () => {
    const review = page("posts/02-review/index.html");
    for (const card of report("02").boards.end.lanes.flatMap((lane) => lane.cards))
      expect(review.includes(`#${card.number}`), card.title).toBe(true);
  });
});
