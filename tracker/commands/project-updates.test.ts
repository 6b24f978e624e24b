import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rangeText } from "../render/format.ts";
import type { ServedProject, ServedUpdate } from "../testing/github/graph.ts";
import {
  cardIn,
  commandLine,
  elsewhere,
  january,
  lanes,
  roadmap,
  serveProjects,
  team,
} from "../testing/project-rig.ts";

const said = (id: number, day: number, more: Partial<ServedUpdate> = {}): ServedUpdate => ({
  id,
  at: january(day),
  status: "ON_TRACK",
  body: `Update ${id}`,
  ...more,
});

interface Told {
  projectUpdates?: { project: string; at: string; status: string; author: string | null; body: string }[];
}

/** A team of two whose issue 1 is in Roadmap and whose issue 2 is elsewhere. */
async function told(own: ServedUpdate[], others: ServedUpdate[] = [], settings = "") {
  const project: ServedProject = { ...roadmap, updates: own };
  const all = team(2);
  all.told.cards.set(1, [cardIn(project, "Todo")]);
  all.told.cards.set(2, [cardIn({ ...elsewhere, updates: others }, "Inbox")]);
  const clock = { now: Date.parse(january(20)) };
  const double = await serveProjects(all, { now: () => clock.now });
  const line = commandLine(double, { settings: lanes + settings, sprint: "milestone: Sprint 1\n" });
  const report = async () => {
    expect([await line.call("sync"), line.io.printed.err]).toEqual([0, ""]);
    await line.call("report", "1", "--json");
    return line.out() as Told;
  };
  return { ...line, double, project, clock, report };
}

test("those of the sprint's days stand in its report, oldest first, with what GitHub says of them", async () => {
  const { report, double, call, io } = await told(
    [
      said(15, 20),
      said(14, 19, { at: "2026-01-19T00:00:00Z" }),
      said(13, 12, { status: "AT_RISK", startDate: "2026-01-05", targetDate: "2026-01-30", author: null }),
      said(12, 5, { at: "2026-01-05T00:00:00Z" }),
      said(11, 4),
    ],
    [said(21, 9, { status: null, body: null })],
  );
  const { projectUpdates = [] } = await report();
  expect(
    projectUpdates.map(({ project, at, status, author, body }) => [project, at, status, author, body]),
  ).toEqual([
    ["Roadmap", "2026-01-05T00:00:00.000Z", "ON_TRACK", "ana", "Update 12"],
    ["Elsewhere", "2026-01-09T12:00:00.000Z", null, "ana", ""],
    ["Roadmap", "2026-01-12T12:00:00.000Z", "AT_RISK", null, "Update 13"],
  ]);
  expect(projectUpdates[2]).toMatchObject({ startDate: "2026-01-05", targetDate: "2026-01-30" });
  // They come with what projects offer: no question of their own.
  expect(double.asked.map(({ query }) => /query (\w+)/.exec(query)?.[1])).toEqual(["placements", "projects"]);
  const span = rangeText("2026-01-05", "2026-01-30");
  await call("report", "1", "--format", "md");
  expect(io.printed.out).toContain(`**At risk** · [Roadmap, 2026-01-12 12:00; planned ${span}]`);
  await call("report", "1");
  expect(io.printed.out).toContain(`At risk: Roadmap, 2026-01-12 12:00; planned ${span}`);
});

test("of the project that the settings name alone", async () => {
  const { report } = await told([said(11, 6)], [said(21, 7)], "project: Elsewhere\n");
  expect((await report()).projectUpdates?.map(({ project }) => project)).toEqual(["Elsewhere"]);
});

test("all of many are read, what was edited is read again, and what was deleted is gone", async () => {
  const many = Array.from({ length: 90 }, (_, index) =>
    said(190 - index, 10, { at: new Date(Date.parse(january(16)) - index * 3_600_000).toISOString() }),
  );
  const { report, project, double, clock } = await told(many);
  expect((await report()).projectUpdates).toHaveLength(90);
  expect(double.asked.filter(({ query }) => query.includes("query updates"))).toHaveLength(2);
  clock.now += 3_600_000;
  project.updates = many.slice(1).map((one, index) => (index === 0 ? { ...one, body: "Mended" } : one));
  const later = (await report()).projectUpdates ?? [];
  expect([later.length, later.at(-1)?.body]).toEqual([89, "Mended"]);
});

test("a frozen report keeps its seal, its figures and its words, whatever is written later", async () => {
  const { report, project, call, io, folder, clock } = await told([said(11, 6)]);
  await report();
  expect(await call("freeze", "1")).toBe(0);
  const file = join(folder, "content/reports/01.json");
  const frozen = readFileSync(file, "utf8");
  expect(JSON.parse(frozen).projectUpdates).toHaveLength(1);
  clock.now += 3_600_000;
  project.updates = [said(12, 8, { status: "OFF_TRACK" }), said(11, 6, { body: "Rewritten" })];
  expect(await call("sync")).toBe(0);
  expect(await call("freeze", "1")).toBe(0);
  expect(io.printed.out).toContain("is up to date");
  expect(readFileSync(file, "utf8")).toBe(frozen);
  expect(await call("freeze", "--check")).toBe(0);
});

test("an older GitHub that knows no such updates is read without them", async () => {
  const all = team(1);
  all.told.cards.set(1, [cardIn(roadmap, "Todo")]);
  const unknown = { message: "Field 'statusUpdates' doesn't exist", extensions: { code: "undefinedField" } };
  const double = await serveProjects(all, {
    now: () => Date.parse(january(20)),
    instead: (_, { query }) => (query.includes("statusUpdates") ? { errors: [unknown] } : undefined),
  });
  const { call, io, out } = commandLine(double, { settings: lanes, sprint: "" });
  expect([await call("sync"), io.printed.err]).toEqual([0, ""]);
  await call("report", "1", "--json");
  expect(out()).not.toHaveProperty("projectUpdates");
  await call("doctor", "--json");
  const { checks } = out() as { checks: { name: string; verdict: string }[] };
  expect(checks).toContainEqual(expect.objectContaining({ name: "projects", verdict: "fine" }));
});
