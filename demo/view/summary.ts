import { median } from "d3-array";
import { formatAge } from "./age.ts";
import type { Scene } from "./feed.ts";
import type { Fleet } from "./fleet-state.ts";
import { byUsualOrder } from "./history.ts";
import { STATUS_WORDS } from "./status.ts";
import { counted, formatValue } from "./units.ts";

/** All metrics of the fleet, the usual ones first. */
export function metricsOf({ latest }: Fleet): string[] {
  const names = new Set<string>();
  for (const metrics of latest.values()) for (const name of metrics.keys()) names.add(name);
  return [...names].sort(byUsualOrder);
}

/** What a screen reader is told now and then: the state, how many devices, the medians. */
export function summaryOf({ status, fleet }: Pick<Scene, "status" | "fleet">, recordedOn: string): string {
  const state = status === "replay" ? `Playing what was recorded ${recordedOn}` : STATUS_WORDS[status];
  if (fleet.latest.size === 0) return `${state}.`;
  const medians = metricsOf(fleet).map((metric) => {
    const values = [...fleet.latest.values()].flatMap((metrics) => metrics.get(metric)?.value ?? []);
    return `${metric} ${formatValue(metric, median(values))}`;
  });
  const devices = counted(fleet.latest.size, "device");
  return `${state}. ${devices}. Medians: ${medians.join(", ")}.`;
}

/** How old the data are, beside the badge; empty while there are none. */
export function ageText({ ageMs, status }: Pick<Scene, "ageMs" | "status">, recordedOn: string): string {
  if (status === "replay") return `recorded ${recordedOn}`;
  if (ageMs === null) return "";
  const age = formatAge(ageMs);
  return age === "now" ? "newest reading just now" : `newest reading ${age} ago`;
}
