import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { syncBackup } from "../commands/sync/backup.ts";
import { present } from "../core/model/present.ts";
import type { Report } from "../core/model/report.ts";
import { isIntact, restatementFor } from "../core/report/freeze.ts";
import { promisesOf, tallyOf } from "../core/report/promises.ts";
import type { Io } from "../io.ts";
import { type OpenReports, openReports } from "../reports/open-reports.ts";
import { readReportFile } from "../reports/report-file.ts";
import { openStore } from "../store/open.ts";
import { exampleContent } from "../testing/example-content.ts";
import { sampleFolder } from "./repository.ts";

const reportPath = (dir: string, sprint: number) => join(dir, "reports", `0${sprint}.json`);

const content = exampleContent();
let dir: string;
let source: OpenReports;
let reports: Report[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sprintcast-sample-"));
  const io: Io = {
    out: () => {},
    err: () => {},
    isTerminal: false,
    showsProgress: false,
    columns: 80,
    env: {},
    cwd: dir,
    now: () => Date.parse("2019-11-05T12:00:00Z"),
    signal: new AbortController().signal,
  };
  const store = openStore(join(dir, "sample.db"));
  const read = await syncBackup(store, sampleFolder, null, io);
  store.refresh();
  store.close();
  expect([read.skipped, read.problems]).toEqual([[], []]);
  source = await openReports(io, { db: "sample.db", content });
  reports = source.all();
});

afterAll(async () => {
  source?.close();
  await rm(dir, { recursive: true, force: true });
});

const titles = (cards: { title: string }[]) => cards.map((card) => card.title).toSorted();

describe("what the series published", () => {
  test("capacity, commitment, freezebox and actual of each sprint", () => {
    const facts = reports.map(({ sprint, effort, freezebox, goalMet }) => [
      sprint.title,
      sprint.capacityDays,
      effort.committed,
      freezebox.length,
      effort.actual,
      goalMet,
    ]);
    expect(facts).toEqual([
      ["Software packaging", 7, 8.2, 1, null, false],
      ["Deploy and test the API services", 9, 7.8, 2, null, false],
      ["Deploy Python components", 7, 7.2, 0, 7.8, true],
    ]);
  });

  test("sprint 1: twenty-two tasks, four unexpected, three done, one re-estimated", () => {
    const [first] = reports;
    expect(present(first).effort.counts.committed).toBe(22);
    expect(titles(present(first).unexpected)).toEqual([
      "Deploy Auth Service in a VM by hand",
      "Get access to the production machine",
      "Get access to the source repositories",
      "Test the CRM dependency of the Auth Service",
    ]);
    expect(titles(present(first).done)).toEqual([
      "Create DB for Auth Service",
      "Create container for Auth Service",
      "Create git repository for Auth Service",
    ]);
    expect(titles(present(first).freezebox)).toEqual(["Deploy Auth Service in a VM by hand"]);
    const grown = present(first).reestimated.map(({ title, daysBefore, daysAfter }) => [
      title,
      daysBefore,
      daysAfter,
    ]);
    expect(grown).toEqual([["Create container for Auth Service", 0.5, 1]]);
  });

  test("sprint 2: twelve tasks with their sizes", () => {
    const planned = present(reports[1])
      .boards.start.lanes.filter((lane) => lane.role === "sprint")
      .flatMap((lane) => lane.cards.map((card) => `${card.title}: ${card.size}`));
    expect(planned.toSorted()).toEqual([
      "Create DB for API Service: M",
      "Create DB for Billing Service: M",
      "Create container for API Service: L",
      "Create container for Billing Service: L",
      "Create container for Data Eater: L",
      "Create container for Data Feeder: L",
      "Create git repository for API Service: S",
      "Create git repository for Billing Service: S",
      "Create git repository for Data Eater and Data Feeder: S",
      "Deploy API Service to single VM: M",
      "Deploy Auth Service to single VM: L",
      "Deploy Billing Service to single VM: L",
    ]);
  });

  test("sprint 3: five unexpected tasks, three new debts, four promises", () => {
    const third = present(reports[2]);
    expect(titles(third.unexpected)).toEqual([
      "Create a cluster using NGINX Ingress",
      "Create a git repository for the iOS client",
      "Deploy Memcached service",
      "Reduce the size of the GKE cluster for the API Service",
      "Reduce the size of the GKE cluster for the Auth Service",
    ]);
    const memcached = third.unexpected.find((card) => card.title === "Deploy Memcached service");
    expect([memcached?.days, memcached?.actualDays]).toEqual([0.5, 0.1]);
    expect(titles(third.debt.opened)).toEqual([
      "IP addresses and ports are hard-wired in the Python services",
      "Memcached was set up by hand in the cloud console",
      "NGINX ingress and cert-manager were set up by hand on both clusters; needs infrastructure as code",
    ]);
    const { keep, add, less, more } = third.kalm;
    expect([keep, add, less, more].map((entries) => entries.map((entry) => entry.text))).toEqual([
      ["Livestreams instead of edited videos"],
      ["A fixed time for the daily scrum (10:15), in the calendar and scheduled ahead"],
      ["Instagram / IGTV republishing"],
      ["Talk to people when stuck"],
    ]);
  });
});

describe("what the articles say of the figures", () => {
  test("effort in man-days", () => {
    const rows = reports.map(({ effort: e }) => [
      ...[
        e.added,
        e.removed,
        e.reestimated,
        e.final,
        e.completed,
        e.completedInitial,
        e.frozen,
        e.notCompleted,
      ],
      ...[e.sayDo, e.sayDoInitial],
    ]);
    expect(rows).toEqual([
      [1.6, 1.1, 0.5, 9.2, 1.6, 1.6, 0.5, 7.1, 0.195, 0.195],
      [2, 1, -0.4, 8.4, 4.9, 2.9, 1.5, 2, 0.628, 0.372],
      [2.6, 0, 0, 9.8, 8.2, 5.6, 0, 1.6, 1.139, 0.778],
    ]);
    const { actualShare, estimationError, unexpectedActual } = present(reports[2]).effort;
    expect([actualShare, estimationError, unexpectedActual]).toEqual([0.813, -0.4, 2.2]);
  });

  test("what moved on, came and went, and was left behind in its second sprint", () => {
    expect(present(reports[1]).movedOn.map((card) => card.number)).toEqual([14]);
    expect(present(reports[1]).cameAndWent.map((card) => card.number)).toEqual([33]);
    expect(present(reports[2]).carriedOver.map((card) => [card.number, card.depth])).toEqual([
      [16, 1],
      [35, 0],
      [39, 0],
    ]);
  });

  test("debts through the renamed label, and promises through the reviews", () => {
    expect(
      reports.map(({ debt }) => [debt.opened.length, debt.paid.length, debt.open, debt.daysOwed]),
    ).toEqual([
      [1, 0, 1, 0.5],
      [1, 0, 2, 1],
      [3, 1, 4, 2.5],
    ]);
    expect(tallyOf(promisesOf(reports))).toEqual({ kept: 6, dropped: 2, open: 4, rate: 0.75 });
  });

  test("every figure is replayed, and the backlog holds the open debts", () => {
    for (const { provenance } of reports) {
      const { actualShare: _, ...rest } = provenance;
      expect(new Set(Object.values(rest))).toEqual(new Set(["replayed"]));
    }
    const backlog = present(reports[2]).boards.end.lanes.find((lane) => lane.role === "backlog");
    expect(backlog?.cards.map((card) => card.number)).toEqual(
      expect.arrayContaining([8, 20, 34, 43, 46, 47]),
    );
  });
});

test("the committed reports are sealed, intact, and what history still says", async () => {
  for (const report of reports) {
    const kept = await readReportFile(reportPath(content, report.sprint.number));
    expect(kept?.frozen).not.toBeNull();
    expect(isIntact(present(kept))).toBe(true);
    expect(restatementFor(present(kept), report, "2019-11-05T12:00:00Z")).toBeNull();
  }
});

test("the flow in content/reports is what the history says", () => {
  expect(source.content.flows).toEqual([source.flowOf(null, { weeks: 26 })]);
});
