import { subIssueKinds } from "../core/history/fold-relations.ts";
import type { HistoryPage } from "../core/model/page.ts";
import type { PlacementObservation } from "../core/model/project.ts";
import type { Appended } from "./store.ts";
import type { Tables } from "./tables.ts";

/** Equal looks in a row are one that goes on; a look like an earlier one, with another in between, begins anew. */
function addPlacement(
  observations: Tables["observations"],
  look: Omit<PlacementObservation, "since">,
): boolean {
  const last = observations.latest("placement", look.number);
  if (last !== null && last.observedAt > look.observedAt) return false;
  const same = last !== null && JSON.stringify(last.placements) === JSON.stringify(look.placements);
  return observations.add("placement", { ...look, since: same ? last.since : look.observedAt });
}

/** Keeps one page in one transaction; what was new marks its issue as stale in the same breath. */
export function append(tables: Tables, page: HistoryPage, also?: () => void): Appended {
  const { observations, events, comments, stale, names } = tables;
  return tables.transaction(() => {
    const touched = new Set<number>();
    const added: Appended = { issues: 0, events: 0, comments: 0 };
    for (const milestone of page.milestones) if (observations.add("milestone", milestone)) names.setDue(true);
    for (const label of page.labels) if (observations.add("label", label)) names.setDue(true);
    for (const issue of page.issues) {
      if (!observations.add("issue", issue)) continue;
      added.issues++;
      touched.add(issue.number);
    }
    for (const event of page.events) {
      if (!events.add(event)) continue;
      added.events++;
      touched.add(event.issue);
      // A parent's event speaks of its sub-issue.
      if (subIssueKinds.includes(event.kind) && typeof event.relation === "number")
        touched.add(event.relation);
    }
    for (const look of page.placements ?? []) if (addPlacement(observations, look)) touched.add(look.number);
    for (const project of page.projects ?? []) observations.add("project", project);
    for (const comment of page.comments) if (comments.add(comment)) added.comments++;
    for (const issue of touched) stale.add(issue);
    also?.();
    return added;
  });
}
