import { stateReasons } from "../../core/model/event.ts";
import { counted } from "../../render/format.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import type { Check } from "./check.ts";

/** More issues than this are not named one by one. */
const most = 5;

/** Reasons of closing that GitHub has added since: whether they mean done or dropped is not known. */
export function checkReasons({ history, repositories }: OpenHistory): Check[] {
  return [...history.issuesClosedOtherwise(stateReasons)].map(([reason, issues]) => {
    const named = issues.slice(0, most).map((issue) => repositories.issueName(issue));
    const rest = issues.length > most ? ", …" : "";
    return {
      name: "reasons",
      verdict: "look",
      found: `${counted(issues.length, "issue")} closed as "${reason}", a reason this version does not know: ${named.join(", ")}${rest}`,
      hint: "They count as done, marked as inferred. A newer version may know better: npm update.",
    };
  });
}
