import { createHash } from "node:crypto";
import type { KalmEntry, Report, Restatement } from "../model/report.ts";

/** JSON with sorted keys and no white space: the same value gives the same text wherever it was written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * sha256 (hex) over the canonical JSON of the report as it was frozen: without `frozen`, and without the
 * restatements that came after. Whoever changes a frozen figure by hand changes the digest.
 */
export function digestOf(report: Report): string {
  const { frozen: _, ...rest } = report;
  return createHash("sha256")
    .update(canonicalJson({ ...rest, restatements: [] }))
    .digest("hex");
}

/** The report with its seal. `at`: ISO instant. */
export function freezeReport(report: Report, at: string): Report {
  const plain: Report = { ...report, frozen: null, restatements: [] };
  return { ...plain, frozen: { at, digest: digestOf(plain) } };
}

/** Whether a frozen report is still what was frozen; an unfrozen one is never tampered with. */
export function isIntact(report: Report): boolean {
  return report.frozen === null || report.frozen.digest === digestOf(report);
}

/**
 * What later evidence says against a frozen report, as a restatement relative to the frozen figures; null where it
 * says nothing that the newest restatement does not already say. `at`: ISO instant of the new evidence.
 */
export function restatementFor(frozen: Report, fresh: Report, at: string): Restatement | null {
  const before = figuresOf(frozen);
  const now = figuresOf(fresh);
  // A figure that reports had not yet when this one was frozen cannot contradict it.
  const changes = [...before.keys()]
    .map((figure) => ({ figure, frozen: before.get(figure) ?? null, now: now.get(figure) ?? null }))
    .filter((change) => change.frozen !== change.now);
  const note = noteOf(frozen, fresh, changes.length);
  const newest = frozen.restatements.at(-1);
  if (newest === undefined) return note === null ? null : { at, note, changes };
  const said = canonicalJson([newest.note, newest.changes]);
  const agrees = note ?? "Later history agrees with the frozen figures again.";
  return said === canonicalJson([agrees, changes]) ? null : { at, note: agrees, changes };
}

function noteOf(frozen: Report, fresh: Report, changed: number): string | null {
  const reasons = [
    changed > 0 ? "History that was learned after the freeze changes these figures." : "",
    changed === 0 && canonicalJson(tasksOf(frozen)) !== canonicalJson(tasksOf(fresh))
      ? "History that was learned after the freeze changes which tasks stood where; the figures stay."
      : "",
    canonicalJson(wordsOf(frozen)) === canonicalJson(wordsOf(fresh))
      ? ""
      : "Promises or answers in the review were changed after the freeze.",
  ].filter((reason) => reason !== "");
  return reasons.length === 0 ? null : reasons.join(" ");
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
      "kalm.keepRate": report.kalm.keepRate,
      goalMet: report.goalMet === null ? null : Number(report.goalMet),
    }),
  ]);
}

function tasksOf(report: Report): unknown {
  const numbers = (cards: { number: number }[]) => cards.map((card) => card.number).sort((a, b) => a - b);
  const lanes = (at: "start" | "end") =>
    report.boards[at].lanes
      .filter((lane) => lane.role !== "backlog")
      .map((lane) => [lane.role, lane.name, numbers(lane.cards)]);
  return [
    lanes("start"),
    lanes("end"),
    numbers(report.unexpected),
    numbers(report.carriedOver),
    numbers(report.done),
    numbers(report.removed),
    numbers(report.debt.opened),
    numbers(report.debt.paid),
  ];
}

function wordsOf(report: Report): unknown {
  const texts = (entries: KalmEntry[]) => entries.map((entry) => entry.text);
  const { keep, add, less, more, followUp } = report.kalm;
  const answers = followUp.map((answer) => [answer.from, answer.kind, answer.text, answer.kept]);
  return [texts(keep), texts(add), texts(less), texts(more), answers];
}
