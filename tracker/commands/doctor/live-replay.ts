import type { Attribute, IssueTimeline } from "../../core/model/interval.ts";
import { mapPage } from "../../github/map-page.ts";
import type { Probed } from "../../github/probe.ts";
import type { Io } from "../../io.ts";
import { counted } from "../../render/format.ts";
import type { Store } from "../../store/store.ts";
import type { Check } from "./check.ts";

/** Issues whose whole history is asked for. */
const most = 5;

/** The attributes that GitHub keeps events of; iterations have none, and a status may lack them. */
const replayed: ReadonlySet<Attribute> = new Set([
  "state",
  "title",
  "label",
  "milestone",
  "assignee",
  "parent",
  "type",
  "blockedBy",
]);

/**
 * Replays the issues that changed last, as far as their history fits on one page, and tells what of their state now
 * their events do not give. Errors: those of `ask`.
 */
export async function checkReplay(
  store: Store,
  io: Io,
  ask: (issue: number) => Promise<Probed>,
): Promise<Check> {
  const name = "replay";
  const newest = store
    .knownIssues()
    .flatMap((number) => store.issue(number) ?? [])
    .filter(({ pullRequest }) => !pullRequest)
    .sort((a, b) => b.updatedAt - a.updatedAt);
  const whole: number[] = [];
  for (const { number } of newest.slice(0, 2 * most)) {
    if (whole.length === most) break;
    const { page, isWhole } = await ask(number);
    if (!isWhole) continue;
    store.append(mapPage(page).page);
    whole.push(number);
  }
  if (whole.length === 0) return { name, verdict: "look", found: "there is no issue to replay" };
  store.refresh({ signal: io.signal });
  const odd = store.timelines({ numbers: whole }).flatMap((timeline) => untold(timeline, io.now()));
  if (odd.length === 0)
    return {
      name,
      verdict: "fine",
      found: `${counted(whole.length, "issue")}: the events give the state of now`,
    };
  return {
    name,
    verdict: "look",
    found: `of ${counted(whole.length, "issue")}, events do not give ${odd.slice(0, 5).join(", ")}`,
    hint: "Such parts are marked as inferred, observed or unknown wherever they count.",
  };
}

/** What of an issue's state at `t` is not replayed from events. */
function untold({ number, intervals, doubts = [] }: IssueTimeline, t: number): string[] {
  const weak = [...intervals.filter(({ provenance }) => provenance !== "replayed"), ...doubts].filter(
    ({ attribute, from, to }) => replayed.has(attribute) && from <= t && t < to,
  );
  return [
    ...new Set(weak.map(({ attribute, provenance }) => `the ${attribute} of #${number} (${provenance})`)),
  ];
}
