import { median } from "d3-array";
import { formatAge } from "./age.ts";
import type { Scene } from "./feed.ts";
import type { Fleet } from "./fleet-state.ts";
import { byUsualOrder } from "./history.ts";
import { formatValue, nameOf } from "./units.ts";
import { englishWords, type ViewWords } from "./words.ts";

/** All metrics of the fleet, the usual ones first. */
export function metricsOf({ latest }: Fleet): string[] {
  const names = new Set<string>();
  for (const metrics of latest.values()) for (const name of metrics.keys()) names.add(name);
  return [...names].sort(byUsualOrder);
}

/** What a screen reader is told now and then: the state, how many devices, the medians. */
export function summaryOf(
  { status, fleet }: Pick<Scene, "status" | "fleet">,
  recordedOn: string,
  words: ViewWords = englishWords,
): string {
  const { fill, texts } = words;
  const state = status === "replay" ? fill(texts.playing, { when: recordedOn }) : texts.status[status];
  if (fleet.latest.size === 0) return `${state}.`;
  const medians = metricsOf(fleet).map((metric) => {
    const values = [...fleet.latest.values()].flatMap((metrics) => metrics.get(metric)?.value ?? []);
    return `${nameOf(metric, words)} ${formatValue(metric, median(values), words)}`;
  });
  return fill(texts.medians, {
    state,
    devices: words.devices(fleet.latest.size),
    medians: medians.join(", "),
  });
}

/** How old the data are, beside the badge; empty while there are none. */
export function ageText(
  { ageMs, status }: Pick<Scene, "ageMs" | "status">,
  recordedOn: string,
  words: ViewWords = englishWords,
): string {
  const { fill, texts } = words;
  if (status === "replay") return fill(texts.recorded, { when: recordedOn });
  if (ageMs === null) return "";
  const age = formatAge(ageMs, words);
  return age === texts.now ? texts.newestNow : fill(texts.newest, { age });
}
