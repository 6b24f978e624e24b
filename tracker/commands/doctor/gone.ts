import { goneSentence } from "../../reports/gone-issues.ts";
import type { Store } from "../../store/store.ts";
import type { Check } from "./check.ts";

/** Issues that were transferred or deleted: nothing to mend, but boards of today lack them. */
export const checkGone = (store: Store): Check[] =>
  store.goneIssues().map((gone) => ({ name: "gone", verdict: "fine", found: goneSentence(store, gone) }));
