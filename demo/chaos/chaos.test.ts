import { describe, expect, it } from "vitest";
import { present } from "../testing/present.ts";
import { reading } from "../testing/start-eater.ts";
import { findPostgres } from "../testing/start-postgres.ts";
import { findProgram } from "../testing/start-process.ts";
import { createAudit } from "./audit.ts";
import { planKills, VICTIMS } from "./plan.ts";
import { brokenPromises, runChaos } from "./run-chaos.ts";
import { type CheckedFrame, newViewer, watch } from "./viewer-check.ts";

const natsServer = findProgram("nats-server");
const postgres = findPostgres();

const runs = [
  {
    place: "SQLite",
    isThere: true,
    postgres: null,
    times: 2,
    kills: { feeder: 2, eater: 2, live: 2, "nats-server": 2 },
  },
  {
    place: "two eaters on PostgreSQL",
    isThere: postgres !== null,
    postgres,
    times: 1,
    kills: { feeder: 1, eater: 1, "second eater": 1, live: 1, "nats-server": 1, postgres: 1 },
  },
];

describe.runIf(natsServer)("kill -9 under load (needs nats-server)", () => {
  it.each(runs.filter(({ isThere }) => isThere))(
    "on $place loses nothing, stores nothing twice, keeps the order, and viewers miss nothing undeclared",
    async ({ postgres, times, kills }) => {
      const settings = { natsServer: present(natsServer), seed: 3, times, rate: 800, devices: 20 };
      const report = await runChaos({ ...settings, viewers: 2, postgres }, () => {});
      expect(brokenPromises(report)).toEqual([]);
      expect(report.kills).toEqual(kills);
      expect(report.database.produced).toBeGreaterThan(500);
      expect(report.database.stored).toBe(report.database.produced);
      for (const viewer of report.viewers) expect(viewer.connections).toBeGreaterThan(times);
    },
  );
});

describe("the audit itself", () => {
  const audit = (...groups: [from: number, seqs: number[]][]) => {
    const taken = createAudit(new Map([["a", 5]]));
    for (const [from, seqs] of groups)
      taken.take(
        from,
        seqs.map((seq) => reading("a", seq)),
      );
    return taken.result();
  };
  const clean = { produced: 4, stored: 4, lost: 0, unsent: 0, storedTwice: 0, outOfOrder: 0, offsetGaps: 0 };

  it("finds nothing where nothing is wrong", () => {
    expect(audit([1, [1, 2]], [3, [3, 4]])).toEqual(clean);
  });

  it("tells what is lost from what the feeder has yet to send", () => {
    const taken = createAudit(new Map([["a", 5]]), [reading("a", 1), reading("a", 3), reading("b", 2)]);
    taken.take(1, [reading("a", 1)]);
    expect(taken.result()).toEqual({ ...clean, stored: 1, lost: 2, unsent: 1 });
  });

  it("finds what is lost, doubled, out of order, or skipped", () => {
    expect(audit([1, [1, 2, 4]])).toEqual({ ...clean, stored: 3, lost: 1 });
    expect(audit([1, [1, 2, 3, 4, 4]])).toEqual({ ...clean, stored: 5, storedTwice: 1 });
    expect(audit([1, [1, 3, 2, 4]])).toEqual({ ...clean, outOfOrder: 1 });
    expect(audit([1, [1, 2]], [4, [3, 4]])).toEqual({ ...clean, offsetGaps: 1 });
  });
});

describe("the checking viewer", () => {
  const delta = (from: number, to: number): CheckedFrame => ({
    t: "delta",
    from,
    to,
    cols: { seq: Array(to - from + 1).fill(1) },
  });
  const see = (...frames: CheckedFrame[]) => frames.reduce(watch, newViewer);
  const hello = (offset: number): CheckedFrame => ({ t: "hello", epoch: "e", offset });
  const snapshot = (offset: number): CheckedFrame => ({ t: "snapshot", offset });

  it("is content with a resume, a repetition and a declared resync", () => {
    const state = see(
      hello(5),
      snapshot(5),
      delta(6, 9),
      hello(12),
      { t: "resumed" },
      delta(8, 12),
      hello(40),
      snapshot(40),
    );
    expect(state).toMatchObject({ offset: 40, seen: 7, gaps: 0, resumes: 1, resyncs: 1, connections: 3 });
  });

  it("notices a gap, and a delta that holds less than it says", () => {
    expect(see(hello(5), snapshot(5), delta(7, 9)).gaps).toBe(1);
    expect(see(hello(0), snapshot(0), { t: "delta", from: 1, to: 3, cols: { seq: [1] } }).gaps).toBe(1);
  });
});

describe("the plan of kills", () => {
  it("has every victim as often as asked, and depends on the seed alone", () => {
    const plan = planKills(4, 25, VICTIMS);
    for (const victim of VICTIMS) expect(plan.filter((kill) => kill.victim === victim)).toHaveLength(25);
    expect(planKills(4, 25, VICTIMS)).toEqual(plan);
    expect(planKills(5, 25, VICTIMS)).not.toEqual(plan);
  });
});
