import { arrivedSentence } from "../../reports/arrived-issues.ts";
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

/** Issues that arrived and whose past GitHub does not show. */
export const checkArrived = ({ history, repositories }: OpenHistory): Check[] =>
  history.unreadArrivals().map((arrived) => ({
    name: "arrived",
    verdict: "look",
    found: arrivedSentence(history, arrived, repositories),
    hint: "Where the token may read more by now, npx sprintcast sync --full asks again.",
  }));
