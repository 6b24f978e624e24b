import type { DebtCard, ExplanationRow, Report } from "../core/model/report.ts";
import { forReaders, unitOf } from "../core/report/unit.ts";
import { amountText, counted, shareText, signedText } from "./format.ts";

/** What a figure rests on. `number` null: not an issue but a promise. */
export type ShownRow = Omit<ExplanationRow, "number"> & { number: number | null };

export interface FigureWords {
  /** One sentence; docs/figures.md says more. */
  definition: string;
  value(report: Report): string;
  grounds(report: Report): ShownRow[];
}

const days = (pick: (report: Report) => number | null) => (report: Report) =>
  amountText(pick(report), "days");

/** An amount of work: man-days, or tasks where none of them has an estimate. */
const work = (pick: (report: Report) => number | null) => (report: Report) =>
  amountText(pick(forReaders(report)), unitOf(report));

const share = (pick: (report: Report) => number | null) => (report: Report) => shareText(pick(report));

const tasks = (pick: (report: Report) => { length: number }) => (report: Report) =>
  counted(pick(report).length, "task");

const explained =
  (...keys: string[]) =>
  (report: Report): ShownRow[] =>
    keys.flatMap((key) => report.explanations[key] ?? []);

/** Cards that a list of the report holds, with the newest event of this sprint that says why. */
const listed = (list: "movedOn" | "cameAndWent", why: string) => (report: Report) =>
  report[list].map((card): ShownRow => {
    const left = report.changes.findLast((change) => change.number === card.number && change.kind === "left");
    return {
      number: card.number,
      title: card.title,
      days: card.days,
      why,
      at: left?.at ?? card.enteredAt ?? null,
      eventId: left?.eventId ?? null,
      provenance: card.provenance ?? "replayed",
    };
  });

const debts =
  (list: "opened" | "paid" | "openCards", why: string, at: (card: DebtCard) => string | null) =>
  (report: Report) =>
    report.debt[list].map(
      (card): ShownRow => ({
        number: card.number,
        title: card.title,
        days: card.days,
        why,
        at: at(card),
        eventId: (list === "paid" ? card.paidEventId : card.openedEventId) ?? null,
        provenance: card.provenance ?? "replayed",
      }),
    );

const answers = ({ kalm }: Report): ShownRow[] =>
  kalm.followUp.map((answer) => ({
    number: answer.issue,
    title: answer.text,
    days: null,
    why: `promised in sprint ${answer.from}: ${answer.kept === null ? "still open" : answer.kept ? "kept" : "dropped"}`,
    at: null,
    eventId: null,
    provenance: "replayed",
  }));

/** Every figure that `sprintcast explain` knows, by name; the keys of `effort` first, as the report has them. */
export const figureWords: Record<string, FigureWords> = {
  committed: {
    definition: "Estimates at the start of the tasks in the sprint then, less those done or frozen already.",
    value: work((report) => report.effort.committed),
    grounds: explained("committed"),
  },
  added: {
    definition: "Estimates at the end of the tasks that entered after the start and stayed.",
    value: work((report) => report.effort.added),
    grounds: explained("added"),
  },
  removed: {
    definition: "Estimates at the start of committed tasks that had left the sprint by its end.",
    value: work((report) => report.effort.removed),
    grounds: explained("removed"),
  },
  reestimated: {
    definition: "How much the estimates of committed tasks that stayed changed from start to end.",
    value: (report) => `${signedText(report.effort.reestimated)} man-days`,
    grounds: explained("reestimated"),
  },
  final: {
    definition:
      "Committed + added + re-estimated − removed: the estimates of all tasks in the sprint at its end.",
    value: work((report) => report.effort.final),
    grounds: explained("final"),
  },
  completed: {
    definition: "Estimates at the end of the tasks that were in the sprint and done then.",
    value: work((report) => report.effort.completed),
    grounds: explained("completed"),
  },
  completedInitial: {
    definition: "What of the completed work had been committed at the start.",
    value: work((report) => report.effort.completedInitial),
    grounds: explained("completedInitial"),
  },
  notCompleted: {
    definition: "The final scope less what was completed and what was frozen.",
    value: work((report) => report.effort.notCompleted),
    grounds: explained("notCompleted"),
  },
  frozen: {
    definition: "Estimates at the end of the sprint's tasks that were dropped or proved invalid.",
    value: work((report) => report.effort.frozen),
    grounds: explained("frozen"),
  },
  actual: {
    definition: "Days really spent on the final scope, where tasks say so; never the estimate in its place.",
    value: days((report) => report.effort.actual),
    grounds: explained("actual"),
  },
  actualShare: {
    definition: "The share of the final scope's tasks that say what they really took.",
    value: share((report) => report.effort.actualShare),
    grounds: explained("actualShare"),
  },
  estimationError: {
    definition: "Days really spent less estimates, over tasks that have both.",
    value: (report) => `${signedText(report.effort.estimationError)} man-days`,
    grounds: explained("estimationError"),
  },
  unexpectedActual: {
    definition: "Days really spent on the unexpected tasks, where they say so.",
    value: days((report) => report.effort.unexpectedActual),
    grounds: explained("unexpectedActual"),
  },
  sayDo: {
    definition: "Completed ÷ committed: the tasks completed, then the tasks committed.",
    value: share((report) => forReaders(report).effort.sayDo),
    grounds: explained("completed", "committed"),
  },
  sayDoInitial: {
    definition: "Completed work that had been committed ÷ committed: the one set of tasks, then the other.",
    value: share((report) => forReaders(report).effort.sayDoInitial),
    grounds: explained("completedInitial", "committed"),
  },
  unestimated: {
    definition: "Tasks of the final scope that count without an estimate.",
    value: (report) => counted(report.effort.unestimated.final, "task"),
    grounds: explained("unestimated"),
  },
  capacityDays: {
    definition: "The man-days the team has, as the sprint's file in content/sprints/ says.",
    value: days((report) => report.sprint.capacityDays),
    grounds: () => [],
  },
  unexpected: {
    definition: "Tasks that entered the sprint after its start and were in it at its end.",
    value: tasks((report) => report.unexpected),
    grounds: explained("added"),
  },
  carriedOver: {
    definition: "Tasks in the sprint at its end that were neither done nor frozen.",
    value: tasks((report) => report.carriedOver),
    grounds: explained("notCompleted"),
  },
  movedOn: {
    definition: "Tasks that had left for the next sprint before this one ended.",
    value: tasks((report) => report.movedOn),
    grounds: listed("movedOn", "left for the next sprint"),
  },
  cameAndWent: {
    definition: "Tasks that entered after the start and left before the end: listed, never summed.",
    value: tasks((report) => report.cameAndWent),
    grounds: listed("cameAndWent", "entered and left within the sprint"),
  },
  freezebox: {
    definition: "Tasks of the sprint that were dropped or proved invalid.",
    value: tasks((report) => report.freezebox),
    grounds: explained("frozen"),
  },
  debtOpened: {
    definition: "Technical debts that began in the sprint.",
    value: (report) => counted(report.debt.opened.length, "debt"),
    grounds: debts("opened", "became a debt", (card) => card.openedAt),
  },
  debtPaid: {
    definition: "Technical debts that were paid in the sprint.",
    value: (report) => counted(report.debt.paid.length, "debt"),
    grounds: debts("paid", "was paid", (card) => card.paidAt),
  },
  debtOpen: {
    definition: "Technical debts that stand open at the sprint's end.",
    value: (report) => counted(report.debt.open, "debt"),
    grounds: debts("openCards", "open since", (card) => card.openedAt),
  },
  daysOwed: {
    definition: "Estimates of the technical debts that stand open at the sprint's end.",
    value: days((report) => report.debt.daysOwed),
    grounds: debts("openCards", "open since", (card) => card.openedAt),
  },
  keepRate: {
    definition: "Promises kept ÷ promises answered in this sprint's review.",
    value: share((report) => report.kalm.keepRate),
    grounds: answers,
  },
};
