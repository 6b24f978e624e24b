import { isoOf } from "../../core/model/days.ts";
import type { Sighting } from "../../core/model/page.ts";
import { goneSentence } from "../../reports/gone-issues.ts";
import type { Store } from "../../store/store.ts";

/** More would drown what else a sync says. */
const most = 10;

/** What was found gone, a sentence each. */
export function goneNotices(store: Store, gone: readonly Sighting[]): string[] {
  const told = gone.slice(0, most).map((one) => goneSentence(store, one));
  const rest = gone.length - told.length;
  return rest > 0 ? [...told, `${rest} more like these: npx sprintcast doctor names them all`] : told;
}

/** The same for `sync --json`: `since` is when it was last seen, `at` when it was found gone. */
export const goneEntry = ({ issue, at, since, found }: Sighting) => ({
  number: issue,
  how: found,
  since: isoOf(since),
  at: isoOf(at),
});
