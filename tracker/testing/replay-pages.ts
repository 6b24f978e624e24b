import { stateAt } from "../core/history/state-at.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import { openStore } from "../store/open.ts";
import { day } from "./history-builder.ts";

/** Reasoning needs the whole repository, so it is tried through the store that gathers it. */
export function replayPages(...pages: HistoryPage[]) {
  const store = openStore(":memory:");
  for (const page of pages) store.append(page);
  store.refresh();
  const timelines = new Map(store.timelines().map((timeline) => [timeline.number, timeline]));
  const names = store.names();
  const carrying = (mark: Parameters<typeof store.issuesEverCarrying>[0]) => store.issuesEverCarrying(mark);
  return {
    on: (number: number, n: number) => present(stateAt(present(timelines.get(number)), day(n))),
    renames: names.aliases.map(({ from, to }) => `${from} → ${to}`),
    aliases: names.aliases,
    carrying,
  };
}
