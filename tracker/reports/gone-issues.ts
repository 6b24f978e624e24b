import { instantText } from "../core/model/days.ts";
import type { Sighting } from "../core/model/page.ts";
import { numberOf, type Repositories } from "../core/model/repositories.ts";
import type { History } from "../store/store.ts";
import { keyOfReference } from "../store/transfers.ts";

type Naming = Pick<Repositories, "issueName" | "keyOf"> & Partial<Pick<Repositories, "repositoryOf">>;

/**
 * What became of an issue that is gone, a sentence without a full stop. Holds a title of GitHub's: not safe for a
 * terminal as it is. `goneAt`: that an issue, by its key, is gone from where it came to. Default: none is.
 */
export function goneSentence(
  store: History,
  { issue, at, since, found, to }: Sighting,
  naming: Naming,
  goneAt: (key: number) => Sighting | undefined = () => undefined,
): string {
  const title = store.issue(issue)?.title ?? "";
  const { now, isOurs, isDeleted } = to === undefined ? nowhere : endOf(to, naming, goneAt);
  const place = to === undefined ? elsewhere : now === to ? to : `${to}, then to ${now}`;
  const how = found === "transferred" ? `transferred to ${place}` : "deleted";
  const left = isOurs
    ? "it counts there, with its past"
    : `${isDeleted ? "it was deleted there; " : ""}it is on no board since then, and keeps its history`;
  return `${naming.issueName(issue)} "${title}" was ${how} between ${instantText(since)} and ${instantText(at)}: ${left}`;
}

const elsewhere = "another repository";
const nowhere = { now: "", isOurs: false, isDeleted: false };

/** Where a transferred issue is now, through all transfers that are known. */
function endOf(to: string, naming: Naming, goneAt: (key: number) => Sighting | undefined): typeof nowhere {
  const passed = new Set<number>();
  let now = to;
  for (;;) {
    const key = keyOfReference(now, naming);
    if (key === null) return { now, isOurs: false, isDeleted: false };
    const gone = goneAt(key);
    if (gone?.found === "transferred" && gone.to === undefined)
      return { now: elsewhere, isOurs: false, isDeleted: false };
    if (gone?.to === undefined || passed.has(key)) {
      const name = nameOf(key, naming);
      const isSame = name === null || name.toLowerCase() === now.toLowerCase();
      const isDeleted = gone?.found === "deleted";
      return { now: isSame ? now : name, isOurs: gone === undefined, isDeleted };
    }
    passed.add(key);
    now = gone.to;
  }
}

const nameOf = (key: number, { repositoryOf }: Naming): string | null =>
  repositoryOf === undefined ? null : `${repositoryOf(key)}#${numberOf(key)}`;
