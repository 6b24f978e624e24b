import type { Effort, Restatement } from "../../tracker/core/model/report.ts";
import { daysText, shareText } from "../../tracker/render/format.ts";
import { labelOf } from "./figures.ts";

/** A restated figure as a reader is told it: what it is, what was frozen, what history says now. */
export interface ChangeOfFigure {
  label: string;
  before: string;
  now: string;
}

const others: Record<string, string> = {
  "sprint.capacityDays": "capacity",
  carriedOver: "carried over",
  movedOn: "left for the next sprint",
  "debt.opened": "debts opened",
  "debt.paid": "debts paid",
  "debt.open": "debts open",
  "debt.daysOwed": "days owed",
  "debt.net": "debts, net",
  "kalm.keepRate": "promises kept",
  goalMet: "goal",
};

export function changeOfFigure({ figure, frozen, now }: Restatement["changes"][number]): ChangeOfFigure {
  const [room, ...rest] = figure.split(".");
  const key = rest.at(-1) ?? figure;
  const known = room === "effort" && rest.length === 1 ? labelOf(key as keyof Effort) : null;
  const share = known?.unit === "share" || key === "keepRate";
  const text = (value: number | null): string => {
    if (figure === "goalMet") return value === null ? "open" : value ? "met" : "missed";
    return share ? shareText(value) : daysText(value);
  };
  const counted = rest[0] === "counts" ? `tasks ${spaced(key)}` : null;
  const unsized = rest[0] === "unestimated" ? `without an estimate, ${spaced(key)}` : null;
  const label = known?.label ?? counted ?? unsized ?? others[figure] ?? spaced(figure.replaceAll(".", " "));
  return { label, before: text(frozen), now: text(now) };
}

/** completedInitial: completed initial. */
const spaced = (key: string) => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
