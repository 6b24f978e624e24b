import { createHash } from "node:crypto";
import type { Report, Restatement } from "../model/report.ts";
import { changedBasis } from "./basis.ts";
import { canonicalJson } from "./canonical-json.ts";
import { issueNameOf } from "./issue-refs.ts";
import { agreesAgain, figuresRestated } from "./restated.ts";
import { sizeUnitOf } from "./unit.ts";

/**
 * sha256 (hex) over the canonical JSON of the report's figures, lists and boards as they were frozen. Left out are the
 * seal itself, the restatements that came after, people's words (`kalm`, `promiseIssues`, `goalMet`,
 * `projectUpdates`) and the `budget`: a review is written after the freeze, and so is a bill. Whoever changes a frozen figure by hand changes the digest.
 */
export function digestOf(report: Report): string {
  const { frozen: _, kalm, promiseIssues, goalMet, budget, projectUpdates, ...figures } = report;
  return digest(figures);
}

/** As reports were sealed while promises and answers were under the seal. */
function digestWithWords(report: Report): string {
  const { frozen: _, promiseIssues, budget, projectUpdates, ...rest } = report;
  return digest(rest);
}

type Words = "kalm" | "promiseIssues" | "goalMet" | "budget" | "projectUpdates";

function digest(sealed: Omit<Report, "frozen" | Words>): string {
  return createHash("sha256")
    .update(canonicalJson({ ...sealed, restatements: [] }))
    .digest("hex");
}

/** The report with its seal. `at`: ISO instant. */
export function freezeReport(report: Report, at: string): Report {
  const plain: Report = { ...report, frozen: null, restatements: [] };
  return { ...plain, frozen: { at, digest: digestOf(plain) } };
}

/** Whether a frozen report is still what was frozen; an unfrozen one is never tampered with. */
export function isIntact(report: Report): boolean {
  return report.frozen === null || [digestOf(report), digestWithWords(report)].includes(report.frozen.digest);
}

const wordsOf = ({ kalm, promiseIssues = [], goalMet }: Report) => ({ kalm, promiseIssues, goalMet });

/** The frozen report with the words of `fresh`, under the same seal; null where it has them already. */
export function rewordedFrom(frozen: Report, fresh: Report): Report | null {
  const words = wordsOf(fresh);
  if (canonicalJson(words) === canonicalJson(wordsOf(frozen))) return null;
  const seal = frozen.frozen === null ? null : { ...frozen.frozen, digest: digestOf(frozen) };
  return { ...frozen, ...words, frozen: seal };
}

/**
 * What later evidence says against a frozen report, as a restatement relative to the frozen figures; null where it
 * says nothing that the newest restatement does not already say. `at`: ISO instant of the new evidence.
 */
export function restatementFor(frozen: Report, fresh: Report, at: string): Restatement | null {
  const before = figuresOf(frozen);
  const now = figuresOf(fresh);
  // A figure that reports had not yet when this one was frozen cannot contradict it.
  const isOther = sizeUnitOf(frozen) !== sizeUnitOf(fresh);
  const changes = [...before.keys()]
    .filter((figure) => !isOther || !countsSizes(figure))
    .map((figure) => ({ figure, frozen: before.get(figure) ?? null, now: now.get(figure) ?? null }))
    .filter((change) => change.frozen !== change.now && !isRoundedUp(change));
  const note = noteOf(frozen, fresh, changes.length);
  const newest = frozen.restatements.map(figuresRestated).findLast((one) => one !== null);
  if (newest === undefined) return note === null ? null : { at, note, changes };
  const said = canonicalJson([newest.note, newest.changes]);
  const agrees = note ?? agreesAgain;
  return said === canonicalJson([agrees, changes]) ? null : { at, note: agrees, changes };
}

/** A share frozen as all or nothing while a thousandth was rounded away: what it is made of is compared on its own. */
const isRoundedUp = ({ figure, frozen, now }: Restatement["changes"][number]): boolean =>
  /^effort\.(?:sayDo|sayDoInitial|actualShare)$/.test(figure) &&
  ((frozen === 1 && now === 0.999) || (frozen === 0 && now === 0.001));

/** Whether a figure is a sum of sizes, or rests on one: in man-days and in points it cannot be compared. */
const countsSizes = (figure: string): boolean =>
  figure === "debt.daysOwed" ||
  (/^effort\.\w+$/.test(figure) && !/^effort\.(?:\w*[aA]ctual\w*|spentElsewhere)$/.test(figure));

function noteOf(frozen: Report, fresh: Report, changed: number): string | null {
  const isSame = changed === 0 && canonicalJson(tasksOf(frozen)) === canonicalJson(tasksOf(fresh));
  if (isSame) return null;
  const what = changed > 0 ? "these figures" : "which tasks stood where; the figures stay";
  const settings = changedBasis(frozen, fresh);
  if (settings.length === 0) return `History that was learned after the freeze changes ${what}.`;
  const names = settings.join(", ");
  return `Settings that were changed after the freeze (${names}) change ${what}. History learned since may have a part in it.`;
}

/** Every number of a report that a reader may quote. */
function figuresOf(report: Report): Map<string, number | null> {
  const { counts, unestimated, ...effort } = report.effort;
  const prefixed = (prefix: string, values: Record<string, number | null>) =>
    Object.entries(values).map(([name, value]): [string, number | null] => [`${prefix}${name}`, value]);
  return new Map([
    ...prefixed("effort.", effort),
    ...prefixed("effort.counts.", counts),
    ...prefixed("effort.unestimated.", unestimated),
    ...prefixed("", {
      "sprint.capacityDays": report.sprint.capacityDays,
      unexpected: report.unexpected.length,
      carriedOver: report.carriedOver.length,
      movedOn: report.movedOn.length,
      freezebox: report.freezebox.length,
      "debt.opened": report.debt.opened.length,
      "debt.paid": report.debt.paid.length,
      ...(report.debt.dropped === undefined ? {} : { "debt.dropped": report.debt.dropped.length }),
      "debt.open": report.debt.open,
      "debt.daysOwed": report.debt.daysOwed,
    }),
  ]);
}

function tasksOf(report: Report): unknown {
  const names = (cards: { number: number; ref?: string }[]) => cards.map(issueNameOf).sort();
  const lanes = (at: "start" | "end") =>
    report.boards[at].lanes
      .filter((lane) => lane.role !== "backlog")
      .map((lane) => [lane.role, lane.name, names(lane.cards)]);
  return [
    lanes("start"),
    lanes("end"),
    names(report.unexpected),
    names(report.carriedOver),
    names(report.done),
    names(report.removed),
    names(report.debt.opened),
    names(report.debt.paid),
  ];
}
