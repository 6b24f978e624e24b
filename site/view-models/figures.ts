import type { Provenance } from "../../tracker/core/model/provenance.ts";
import type { Effort, ExplanationRow, Report } from "../../tracker/core/model/report.ts";
import { forReaders, type Unit, unitOf } from "../../tracker/core/report/unit.ts";
import { daysText, shareText, signedText, unitMark } from "../../tracker/render/format.ts";

/** One figure ready to print: its words, its value, how sure it is, and what it rests on. */
export interface Figure {
  key: string;
  label: string;
  text: string;
  /** Man-days, tasks or share; null: unknown. */
  value: number | null;
  unit: Unit | "share";
  hint: string;
  /** Null when replayed from events, the only kind that needs no warning. */
  doubt: string | null;
  rows: ExplanationRow[];
}

const doubts: Record<Provenance, string | null> = {
  replayed: null,
  observed: "Seen at a sync, not replayed from an event.",
  inferred: "Reasoned out from a rename or deletion, not seen in an event.",
  unknown: "History does not tell.",
};

/** What a reader is told about a figure that is not replayed; null when there is nothing to tell. */
export function doubtOf(provenance: Provenance | undefined): string | null {
  return provenance ? doubts[provenance] : null;
}

const words: Partial<Record<keyof Effort, { label: string; hint: string; unit?: "share" }>> = {
  committed: { label: "committed", hint: "Estimates of what was in the sprint when it began." },
  added: { label: "added", hint: "Estimates of what came in afterwards and was still in at the end." },
  reestimated: { label: "re-estimated", hint: "How far the estimates of committed work moved." },
  removed: { label: "removed", hint: "Estimates of committed work that had left by the end." },
  final: { label: "final scope", hint: "Committed + added + re-estimated − removed." },
  completed: { label: "completed", hint: "Estimates of what was done at the end." },
  completedInitial: {
    label: "completed of the plan",
    hint: "Completed, leaving out what was added after the start.",
  },
  notCompleted: { label: "not completed", hint: "In the sprint at its end, neither done nor frozen." },
  frozen: { label: "frozen", hint: "Dropped or proved invalid: in the freezebox at the end." },
  actual: { label: "really spent", hint: "Man-days written down by those who did the work." },
  actualShare: {
    label: "with actuals",
    hint: "Share of issues with a real effort on record.",
    unit: "share",
  },
  estimationError: { label: "estimation error", hint: "Really spent less estimated, where both are known." },
  unexpectedActual: { label: "spent on the unexpected", hint: "Real effort on what nobody had planned." },
  sayDo: { label: "say/do", hint: "Completed ÷ committed, added work included.", unit: "share" },
  sayDoInitial: { label: "say/do of the plan", hint: "Completed of the plan ÷ committed.", unit: "share" },
};

/** What a figure of the effort is called; null for what is none. */
export function labelOf(key: keyof Effort): { label: string; unit?: "share" } | null {
  return words[key] ?? null;
}

const signed = new Set(["reestimated", "estimationError"]);
const alwaysDays = new Set(["actual", "estimationError", "unexpectedActual"]);

/** What stands behind a number of this unit: 7.2 d, 31 tasks, 1 task. */
export function unitWord(unit: Figure["unit"], value: number | null): string {
  return unit === "share" || value === null ? "" : unitMark(unit, value);
}

/** One figure of the report's effort, by its key; unknown keys are a programming error and throw RangeError. */
export function figureOf(report: Report, key: keyof Effort): Figure {
  const word = words[key];
  const raw = forReaders(report).effort[key];
  if (!word || typeof raw === "object") {
    if (!word || raw !== null) throw new RangeError(`"${key}" is no printable figure of the effort.`);
  }
  const value = raw as number | null;
  const unit = word.unit ?? (alwaysDays.has(key) ? "days" : unitOf(report));
  const text = unit === "share" ? shareText(value) : signed.has(key) ? signedText(value) : daysText(value);
  return {
    key,
    label: word.label,
    text,
    value,
    unit,
    hint: unit === "tasks" ? word.hint.replace(/^Estimates of/, "Tasks:") : word.hint,
    doubt: doubtOf(report.provenance[key]),
    rows: report.explanations[key] ?? [],
  };
}

/** A segment of a horizontal bar, in per cent of the bar's full length. */
export interface Segment {
  key: string;
  label: string;
  days: number;
  x: number;
  width: number;
}

/** Lays segments end to end on a bar that is `full` days long; empty ones are left out. */
export function layOut(parts: { key: string; label: string; days: number }[], full: number): Segment[] {
  let x = 0;
  const segments: Segment[] = [];
  for (const part of parts) {
    if (part.days <= 0 || full <= 0) continue;
    const width = (part.days / full) * 100;
    segments.push({ ...part, x, width });
    x += width;
  }
  return segments;
}

/**
 * The sprint's sum, drawn: what was said, what it became and what came of it, three bars of one scale, with
 * the capacity (man-days) as a mark across them.
 */
export interface Sum {
  terms: { sign: string; figure: Figure }[];
  bars: { label: string; segments: Segment[] }[];
  full: number;
  unit: Unit;
  /** Per cent of the scale; null: the team gave no capacity, or tasks are counted. */
  capacity: number | null;
}

export function sumOf(report: Report): Sum {
  const { effort, sprint } = forReaders(report);
  const unit = unitOf(report);
  const full = Math.max(
    effort.committed,
    effort.final,
    effort.committed + effort.added + Math.max(0, effort.reestimated),
    sprint.capacityDays ?? 0,
    0.01,
  );
  const kept = Math.max(0, effort.committed - effort.removed);
  const part = (key: string, label: string, days: number) => ({ key, label, days });
  return {
    full,
    unit,
    capacity: sprint.capacityDays === null ? null : (sprint.capacityDays / full) * 100,
    terms: [
      { sign: "", figure: figureOf(report, "committed") },
      { sign: "+", figure: figureOf(report, "added") },
      ...(unit === "days" ? [{ sign: "+", figure: figureOf(report, "reestimated") }] : []),
      { sign: "−", figure: figureOf(report, "removed") },
      { sign: "=", figure: figureOf(report, "final") },
    ],
    bars: [
      {
        label: "at the start",
        segments: layOut(
          [
            part("committed", "kept to the end", kept),
            part("removed", "later removed", effort.committed - kept),
          ],
          full,
        ),
      },
      {
        label: "at the end",
        segments: layOut(
          [
            part("completed", "completed", effort.completed),
            part("open", "not completed", effort.notCompleted),
            part("frozen", "frozen", effort.frozen),
          ],
          full,
        ),
      },
    ],
  };
}

/** Figures that are no topic where nobody estimated. */
const inDays = new Set(["reestimated", "actualShare", "estimationError", "unestimated"]);

/** Provenance in one line for the head of a page: how many figures are fully replayed, and which are not. */
export function trustOf(report: Report): { sure: number; all: number; doubted: string[] } {
  const isCounting = unitOf(report) === "tasks";
  const entries = Object.entries(report.provenance).filter(([key]) => !isCounting || !inDays.has(key));
  const doubted = entries
    .filter(([, p]) => p !== "replayed")
    .map(([key]) => words[key as keyof Effort]?.label ?? key);
  return { sure: entries.length - doubted.length, all: entries.length, doubted };
}

/** One sentence for link previews and search results. */
export function describeSprint(report: Report): string {
  const { effort, sprint } = forReaders(report);
  const goal = sprint.goal ? `Goal: ${sprint.goal.replace(/\.$/, "")}. ` : "";
  return `${goal}Committed ${daysText(effort.committed)} ${unitOf(report)}, completed ${daysText(effort.completed)}, say/do ${shareText(effort.sayDo)}.`;
}
