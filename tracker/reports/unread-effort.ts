import type { Content } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import type { EffortText } from "../core/model/event.ts";
import { present } from "../core/model/present.ts";
import type { Repositories } from "../core/model/repositories.ts";
import { effortRules, readSizeLabel } from "../core/report/estimate.ts";
import { readEffort } from "../core/report/said.ts";
import type { UnreadSpend } from "../core/report/spend.ts";
import type { History } from "../store/store.ts";
import { readEffortTexts } from "./effort-texts.ts";

/** Something that was meant as effort and counts nowhere, or not where its writer may think. */
export interface UnreadEffort {
  /** Number of the issue or pull request; null for a label. */
  number: number | null;
  /** A sentence that names it, without a full stop. Holds text of GitHub's: not safe for a terminal as it is. */
  text: string;
}

/**
 * What looks like effort and cannot be read, in texts and `actual:` labels, and what was said where nothing counts it.
 * `changed`: only of these issues and pull requests.
 */
export function unreadEffort(
  store: History,
  settings: Content["settings"],
  repositories: Repositories,
  changed?: ReadonlySet<number>,
): UnreadEffort[] {
  const rules = rulesOf(settings);
  if (rules.actual !== undefined) return besideField(store, settings, repositories, changed);
  const { texts, loose, shared } = readEffortTexts(store, settings, repositories, changed);
  const { issueName } = repositories;
  const lineOf = (number: number, { line, why }: UnreadSpend) => ({
    number,
    text: `${issueName(number)}: "${line}" is not read: ${why}`,
  });
  const unreadIn = (text: EffortText) => readEffort(text, rules).unread;
  const found = texts.flatMap((text) => unreadIn(text).map((line) => lineOf(text.pull ?? text.issue, line)));
  for (const { number, isPull, texts: itsTexts, labelled } of loose) {
    found.push(...itsTexts.flatMap((text) => unreadIn(text).map((line) => lineOf(number, line))));
    const says =
      labelled ||
      itsTexts.some((text) => readEffort(text, rules).said.some(({ deleted }) => deleted === null));
    if (says)
      found.push({ number, text: `${issueName(number)}: ${nowhere}, for ${isPull ? closesNone : noTask}` });
  }
  for (const { pull, issues } of shared)
    found.push({
      number: pull,
      text: `${issueName(pull)}: ${severally} ${issueName(present(issues[0]))}, which it names first`,
    });
  return [...found.sort((a, b) => a.number - b.number), ...unreadLabels(store, settings)];
}

/** What is said where a field alone says effort. */
function besideField(
  store: History,
  settings: Content["settings"],
  repositories: Repositories,
  changed?: ReadonlySet<number>,
): UnreadEffort[] {
  const rules = rulesOf(settings);
  const { texts, loose } = readEffortTexts(store, settings, repositories, changed);
  const speaking = [...texts, ...loose.flatMap((one) => one.texts)].filter((text) =>
    readEffort(text, rules).said.some(({ deleted }) => deleted === null),
  );
  const numbers = new Set(speaking.map(({ issue, pull }) => pull ?? issue));
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => ({
      number,
      text: `${repositories.issueName(number)}: ${nowhere}, for effort is read from the field "${rules.actual?.name}" alone`,
    }));
}

const nowhere = "its effort is not counted";
const closesNone = "this pull request names no issue that it closes";
const noTask = "only pull requests are tasks here (count: pulls in settings.yml)";
const severally = "this pull request closes several issues, and its effort is counted for";

/** Labels of effort really spent that name no amount. */
function unreadLabels(store: History, settings: Content["settings"]): UnreadEffort[] {
  const what = settings.unit === "points" ? "number of days, since sizes count points" : "size";
  return store.labels().flatMap(({ name }): UnreadEffort[] => {
    const read = readSizeLabel(name, settings.actualPrefix, effortRules(settings));
    if (read === null || !("unread" in read)) return [];
    return [
      { number: null, text: `the label "${name}" is not read as effort: "${read.unread}" is no ${what}` },
    ];
  });
}
