import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dayOf } from "../core/model/calendar.ts";
import type { Flow } from "../core/model/flow.ts";
import { canonicalJson } from "../core/report/freeze.ts";
import type { OpenReports } from "./open-reports.ts";

/** How many weeks the website tells of. */
const weeks = 26;

/** Where the flow that the website shows is kept. */
export const flowPath = (contentDir: string): string => join(contentDir, "reports", "flow.json");

/**
 * Keeps the flow of the newest weeks for the website, which is built without a database. It is never frozen. A file
 * that says the same, and is of the same day, stays as it is. Resolves to whether it was written. Errors as `flowOf`.
 */
export async function keepFlow(source: OpenReports): Promise<boolean> {
  const file = flowPath(source.contentDir);
  const fresh = source.flowOf(null, { weeks });
  const kept = source.content.flow;
  if (kept !== null && newsOf(kept) === newsOf(fresh)) return false;
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, `${JSON.stringify(fresh, null, 1)}\n`);
  return true;
}

/** All of it but what only time moves on within one day. */
function newsOf(flow: Flow): string {
  const { asOf, to, reference, cumulative, ageing, ...rest } = flow;
  const open = ageing.map(({ lead, cycle, lanes, blocked, past, ...task }) => task);
  const counts = cumulative.points.map((point) => point.counts);
  const day = dayOf(Date.parse(to), flow.timeZone);
  return canonicalJson({ ...rest, open, counts, lanes: cumulative.lanes, reference: reference.cycle, day });
}
