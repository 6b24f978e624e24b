import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import type { Report } from "../../core/model/report.ts";
import type { SprintName } from "../../core/model/sprint.ts";
import { SprintcastError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { reportToShow } from "../../reports/current-report.ts";
import type { ReportSource } from "../../reports/open-reports.ts";
import { readReportFile } from "../../reports/report-file.ts";
import { exampleContent } from "../../testing/example-content.ts";
import { runDraft } from "../draft.ts";
import { runCheck, runFreeze } from "./run.ts";

const reportPath = (dir: string, sprint: number) => join(dir, "reports", `0${sprint}.json`);

let dir: string;
let said: string;
let now: number;
let reports: Report[];

const io = (): Io => ({
  out: (text) => {
    said += text;
  },
  err: () => {},
  isTerminal: false,
  showsProgress: false,
  columns: 80,
  env: {},
  cwd: dir,
  now: () => now,
  signal: new AbortController().signal,
});

const source = (hasHistory = true): ReportSource => ({
  contentDir: dir,
  repository: "a/b",
  repositories: ["a/b"],
  timeZone: "Europe/Berlin",
  names: reports.map((report) => report.sprint.number),
  nameOf: (report) => report.sprint.number,
  fileOf: (name) => reportPath(dir, Number(name)),
  placeOf: (name) => `0${name}`,
  posts: [],
  hasHistory,
  inTeamWords: (report) => report,
  withBudget: (report) => Promise.resolve(report),
  endOf: (number) => Date.parse(find(number).sprint.end),
  reportOf: find,
  all: () => reports,
  close: () => {},
});

function find(number: SprintName): Report {
  return present(reports.find((report) => report.sprint.number === number));
}

/** The committed sample reports, unsealed: what history says. */
async function sampleReports(): Promise<Report[]> {
  const files = [1, 2, 3].map((number) => reportPath(exampleContent(), number));
  const read = await Promise.all(files.map(readReportFile));
  return read.map((report) => ({ ...present(report), frozen: null, restatements: [] }));
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sprintcast-freeze-"));
  said = "";
  now = Date.parse("2019-11-02T12:00:00Z");
  reports = await sampleReports();
});

afterEach(() => rm(dir, { recursive: true, force: true }));

async function failureOf(work: Promise<unknown>): Promise<SprintcastError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SprintcastError) return error;
  throw new Error(`expected a SprintcastError, got ${String(error)}`);
}

test("every ended sprint is frozen once, and the files keep their bytes the second time", async () => {
  await runFreeze(io(), source(), null, {});
  expect(said).toMatch(/Sprint 1: frozen .*\nSprint 2: frozen .*\nSprint 3: frozen/);
  const before = await readFile(reportPath(dir, 3), "utf8");
  now += 1e9;
  await runFreeze(io(), source(), null, {});
  expect(await readFile(reportPath(dir, 3), "utf8")).toBe(before);
  expect(said).toContain(`Sprint 3: ${join("reports", "03.json")} is up to date.`);
});

test("a running sprint is only previewed", async () => {
  now = Date.parse("2019-10-25T12:00:00Z");
  expect((await failureOf(runFreeze(io(), source(), 3, {}))).code).toBe("sprint-running");
  await runFreeze(io(), source(), null, { preview: true });
  expect((await readReportFile(reportPath(dir, 3)))?.frozen).toBeNull();
  expect(await readReportFile(reportPath(dir, 1))).toBeNull();
});

test("later evidence is restated in the file and said on the way", async () => {
  await runFreeze(io(), source(), 3, {});
  reports[2] = { ...find(3), effort: { ...find(3).effort, actual: 8.3 } };
  expect((await failureOf(runCheck(io(), source(), null))).message).toContain("effort.actual 7.8 → 8.3");
  await runFreeze(io(), source(), 3, {});
  expect(said).toContain("effort.actual: frozen 7.8, now 8.3");
  const kept = await readReportFile(reportPath(dir, 3));
  expect(kept?.effort.actual).toBe(7.8);
  expect(kept?.restatements).toHaveLength(1);
  await runCheck(io(), source(), 3);
});

test("check asks for every ended sprint, and finds a figure changed by hand", async () => {
  const missing = await failureOf(runCheck(io(), source(), null));
  expect(missing.exitCode).toBe(3);
  expect(missing.message).toMatch(/sprint 1 has ended and is not frozen[\s\S]*sprint 3/);
  await runFreeze(io(), source(), null, {});
  await runCheck(io(), source(), null);
  await runCheck(io(), source(false), null);
  expect(said).toContain("no history here");
  const file = reportPath(dir, 2);
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace('"completed": 4.9', '"completed": 7.8'));
  for (const work of [() => runCheck(io(), source(), null), () => runFreeze(io(), source(), 2, {})]) {
    const error = await failureOf(work());
    expect([error.code, error.exitCode]).toEqual(["report-tampered", 3]);
  }
  await writeFile(file, text.slice(0, 100));
  expect((await failureOf(runCheck(io(), source(), null))).code).toBe("report-json");
});

test("the sample's committed reports are intact and what their sprints were", async () => {
  const contentDir = exampleContent();
  const content = {
    ...source(false),
    contentDir,
    fileOf: (name: SprintName) => reportPath(contentDir, Number(name)),
  };
  await runCheck(io(), content, null);
  expect(said).toContain("3 reports: every digest matches");
});

test("a draft is written once, and human words in it outlive the next draft", async () => {
  await runDraft(io(), source(), 3, false);
  const file = join(dir, "posts", "03-review.md");
  const human = (await readFile(file, "utf8")).replace(
    "## Conclusion",
    "We ship on Fridays now.\n\n## Conclusion",
  );
  await writeFile(file, human);
  reports[2] = { ...find(3), done: find(3).done.slice(0, 2) };
  await runDraft(io(), source(), 3, false);
  const after = await readFile(file, "utf8");
  expect(after).toContain("We ship on Fridays now.");
  expect(after).not.toContain("#45 Create a git repository for the iOS client\n<!-- /sprintcast:done");
  await runDraft(io(), source(), 3, true);
  expect(await readFile(join(dir, "posts", "03-planning.md"), "utf8")).toContain(
    "- [ ] #15 Create container for Data Feeder",
  );
  expect(said).toMatch(/Drafted.*\nUpdated.*\nDrafted/);
});

test("a draft speaks of the frozen figures, which are those below its words", async () => {
  await runFreeze(io(), source(), null, {});
  reports[2] = { ...find(3), effort: { ...find(3).effort, completed: 99 } };
  await runDraft(io(), source(), 3, false);
  const review = await readFile(join(dir, "posts", "03-review.md"), "utf8");
  const { completed } = present(await readReportFile(reportPath(dir, 3))).effort;
  expect(review).toContain(`completed ${completed}`);
  expect(review).not.toContain("completed 99");
});

test("a draft is of the day after its sprint's end, a planning of its first day", async () => {
  await runDraft(io(), source(), 3, false);
  await runDraft(io(), source(), 3, true);
  expect(await readFile(join(dir, "posts", "03-review.md"), "utf8")).toContain("\ndate: 2019-11-01\n");
  expect(await readFile(join(dir, "posts", "03-planning.md"), "utf8")).toContain("\ndate: 2019-10-23\n");
});

test("an old database beside a frozen report: the frozen one is shown, and check asks for a sync", async () => {
  await runFreeze(io(), source(), null, {});
  const sealed = find(3);
  reports[2] = { ...sealed, asOf: "2019-10-24T09:00:00.000Z", effort: { ...sealed.effort, completed: 0 } };
  const warned: string[] = [];
  const warning: Io = { ...io(), err: (text) => warned.push(text) };
  expect((await reportToShow(warning, source(), 3)).effort.completed).toBe(sealed.effort.completed);
  expect(warned.join("")).toContain("the last sync here was at 2019-10-24T09:00:00.000Z");
  expect((await failureOf(runCheck(io(), source(), null))).message).toMatch(
    /last sync here was at 2019-10-24.*run npx sprintcast sync/,
  );
  expect((await failureOf(runFreeze(io(), source(), 3, {}))).code).toBe("history-too-old");
});
