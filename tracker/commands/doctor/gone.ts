import { goneSentence } from "../../reports/gone-issues.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import type { Check } from "./check.ts";

/** Issues that were transferred or deleted: nothing to mend, but boards of today lack them. */
export function checkGone({ history, repositories }: OpenHistory): Check[] {
  const all = history.goneIssues();
  const byKey = new Map(all.map((gone) => [gone.issue, gone]));
  return all.map((gone) => ({
    name: "gone",
    verdict: "fine",
    found: goneSentence(history, gone, repositories, (key) => byKey.get(key)),
  }));
}
