import type { IssueState } from "../../core/model/interval.ts";
import type { Provenance } from "../../core/model/provenance.ts";
import type { Paint } from "./terminal.ts";
import { renderTable, safeText, wrapCell } from "./terminal.ts";

/** What the table needs of a state document. */
export interface StateTable {
  repository: string | null;
  at: string;
  issues: Omit<IssueState, "labelKeys" | "status">[];
  aliases: { labels: Rename[]; milestones: Rename[] };
}

interface Rename {
  from: string;
  to: string;
}

const marks: Record<Provenance, string> = { replayed: "", observed: "", inferred: " ~", unknown: " ?" };

/** Issues at an instant as a table; what was reasoned out carries ~, what cannot be known carries ?. */
export function renderState(state: StateTable, options: { width: number; paint: Paint }): string {
  const rows = state.issues.map(
    ({ number, title, state: status, stateReason, labels, milestone, assignees, provenance }) => [
      `#${number}`,
      safeText(title) + marks[provenance.title],
      (status === "closed" && stateReason === "not_planned" ? "dropped" : status) + marks[provenance.state],
      labels.map(safeText).join(", ") + marks[provenance.labels],
      (milestone === null ? "" : safeText(milestone.title)) + marks[provenance.milestone],
      assignees.map(safeText).join(", ") + marks[provenance.assignees],
    ],
  );
  const columns = [
    { title: "#", align: "right" as const },
    { title: "Title", flexible: true, min: 16 },
    { title: "State" },
    { title: "Labels", flexible: true },
    { title: "Milestone", flexible: true },
    { title: "Assigned", flexible: true },
  ];
  const renames = [...state.aliases.labels, ...state.aliases.milestones];
  const open = state.issues.filter((issue) => issue.state === "open").length;
  const lines = [
    `${safeText(state.repository ?? "no repository yet")} at ${state.at}: ${state.issues.length} issues, ${open} open`,
    "",
    renderTable(columns, rows, options),
    "",
    "~ reasoned out   ? not known",
  ];
  if (renames.length > 0) {
    const told = renames.map(({ from, to }) => `${safeText(from)} → ${safeText(to)}`).join("; ");
    lines.push(...wrapCell(`Renamed: ${told}`, options.width));
  }
  return `${lines.join("\n")}\n`;
}
