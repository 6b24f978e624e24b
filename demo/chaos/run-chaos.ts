import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createBus } from "../app/services.ts";
import { replayJournal } from "../feeder/journal-state.ts";
import { readingsOf } from "../feeder/outbox.ts";
import { defaultOptions } from "../options/options.ts";
import type { Batch } from "../protocol.ts";
import { type Audit, createAudit } from "./audit.ts";
import { type ChaosSettings, type Processes, startProcesses } from "./fleet-of-processes.ts";
import { planKills, type Victim, victimsOf } from "./plan.ts";
import { settle } from "./settle.ts";
import { startViewer, type Viewer } from "./viewer.ts";
import type { ViewerState } from "./viewer-check.ts";

export interface ChaosReport {
  seconds: number;
  kills: Partial<Record<Victim, number>>;
  database: Audit;
  /** The same checks over what the stream holds. */
  stream: Audit;
  viewers: (ViewerState & { behind: number })[];
  drained: boolean;
}

/**
 * Runs feeder, eaters, live process, nats-server and where wanted PostgreSQL, kills each `times` times at random under load, lets all settle
 * and audits what is stored, what the stream holds, and what the viewers saw.
 */
export async function runChaos(
  settings: ChaosSettings,
  progress: (message: string) => void,
): Promise<ChaosReport> {
  const begun = performance.now();
  const processes = await startProcesses(settings);
  const viewers = Array.from({ length: settings.viewers }, () => startViewer(processes.liveUrl));
  const victims = victimsOf({ viewers: settings.viewers, isShared: settings.postgres !== null });
  const kills = Object.fromEntries(victims.map((victim) => [victim, 0])) as Record<Victim, number>;
  try {
    for (const { victim, afterMs, deadMs } of planKills(settings.seed, settings.times, victims)) {
      await sleep(afterMs);
      // A live process that nobody watches would be killed for nothing.
      if (victim === "live") await allSee(viewers, ({ connections }) => connections > kills.live);
      await processes.kill(victim, deadMs);
      kills[victim] += 1;
      progress(`kill -9 ${victim} (${kills[victim]} of ${settings.times})`);
    }
    await sleep(1000);
    progress("no more kills; the feeder drains");
    const drained = (await processes.drainFeeder()) === 0;
    const { database, committed } = await auditDatabase(processes);
    const stream = await auditStream(processes, committed);
    await allSee(viewers, ({ offset }) => offset >= committed);
    return {
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      kills,
      drained,
      database,
      stream,
      viewers: viewers.map((viewer) => ({ ...viewer.state(), behind: committed - viewer.state().offset })),
    };
  } finally {
    for (const viewer of viewers) viewer.close();
    await processes.close();
  }
}

async function auditOf({ state }: Processes) {
  const { nextSeq, entries } = replayJournal(await readFile(state, "utf8"), "audit").state();
  return createAudit(nextSeq, entries.flatMap(readingsOf));
}

async function auditDatabase(processes: Processes): Promise<{ database: Audit; committed: number }> {
  const audit = await auditOf(processes);
  let offset = 0;
  for (;;) {
    const batch = await processes.batchAfter(offset, 10_000);
    if (!batch) break;
    audit.take(batch.from, batch.readings);
    offset = batch.to;
  }
  return { database: audit.result(), committed: offset };
}

/** Reads the stream from its beginning until it has all that was committed, or nothing more comes. */
async function auditStream(processes: Processes, committed: number): Promise<Audit> {
  const audit = await auditOf(processes);
  const bus = createBus({ ...defaultOptions(), bus: processes.natsUrl }, () => {});
  let offset = 0;
  await bus.subscribe(null, (batch: Batch) => {
    audit.take(batch.from, batch.readings);
    offset = batch.to;
  });
  await settle(() => ({ isDone: offset >= committed, reached: offset }));
  await bus.close();
  return audit.result();
}

/** Waits until something holds of every viewer, or those of whom it does not hold see nothing more. */
function allSee(viewers: readonly Viewer[], holds: (state: ViewerState) => boolean): Promise<boolean> {
  return settle(() => {
    const waiting = viewers.map((viewer) => viewer.state()).filter((state) => !holds(state));
    return { isDone: waiting.length === 0, reached: JSON.stringify(waiting) };
  });
}

/** What must not be; empty when all promises were kept. */
export function brokenPromises(report: ChaosReport): string[] {
  const broken: string[] = [];
  if (!report.drained) broken.push("the feeder did not drain");
  for (const [where, audit] of [
    ["database", report.database],
    ["stream", report.stream],
  ] as const) {
    for (const what of ["lost", "storedTwice", "outOfOrder", "offsetGaps"] as const) {
      if (audit[what] > 0) broken.push(`${where}: ${audit[what]} ${what}`);
    }
  }
  report.viewers.forEach((viewer, index) => {
    if (viewer.gaps > 0) broken.push(`viewer ${index + 1}: ${viewer.gaps} gaps that were not declared`);
    if (viewer.behind > 0) broken.push(`viewer ${index + 1}: ${viewer.behind} readings behind at the end`);
  });
  return broken;
}
