import { instantText } from "../../core/model/days.ts";
import type { IssueState } from "../../core/model/interval.ts";
import type { Provenance } from "../../core/model/provenance.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import { counted } from "../format.ts";
import { type Look, safeText, tableLines, wrapCell } from "./terminal.ts";

type StateRow = Omit<IssueState, "labelKeys" | "status"> & { ref?: string };

/** What the table needs of a state document. */
export interface StateTable {
  repository: string | null;
  repositories?: readonly string[];
  at: string;
  /** Drawn once. */
  issues: Iterable<StateRow>;
  aliases: { labels: Rename[]; milestones: Rename[] };
}

interface Rename {
  from: string;
  to: string;
}

const marks: Record<Provenance, string> = { replayed: "", observed: "", inferred: " ~", unknown: " ?" };

/** Issues at an instant as a table, in pieces; what was reasoned out carries ~, what cannot be known carries ?. */
export function* renderState(state: StateTable, options: Look): Generator<string> {
  // All cells are needed before the first line, for the widest of them make the columns; one text a row is the smallest.
  const packed: string[] = [];
  let open = 0;
  for (const issue of state.issues) {
    packed.push(cellsOf(issue).join(between));
    if (issue.state === "open") open++;
  }
  const count = `${counted(packed.length, "issue")}, ${open} open`;
  yield `${safeText(state.repositories?.join(", ") ?? state.repository ?? "no repository yet")} at ${instantText(Date.parse(state.at))}: ${count}\n\n`;
  const rows = {
    *[Symbol.iterator]() {
      for (const row of packed) yield row.split(between);
    },
  };
  for (const line of tableLines(columns, rows, options)) yield `${line}\n`;
  yield "\n~ inferred   ? unknown\n";
  const renames = [...state.aliases.labels, ...state.aliases.milestones];
  if (renames.length === 0) return;
  const told = renames.map(({ from, to }) => `${safeText(from)} → ${safeText(to)}`).join("; ");
  for (const line of wrapCell(`Renamed: ${told}`, options.width)) yield `${line}\n`;
}

/** No cell holds it: safeText lets no control character through. */
const between = "\0";

const columns = [
  { title: "#", align: "right" as const },
  { title: "Title", flexible: true, min: 16 },
  { title: "State" },
  { title: "Labels", flexible: true },
  { title: "Milestone", flexible: true },
  { title: "Assigned", flexible: true },
];

function cellsOf(row: StateRow): string[] {
  const { title, state, stateReason, labels, milestone, assignees, provenance } = row;
  return [
    issueNameOf(row),
    safeText(title) + marks[provenance.title],
    (state === "closed" && stateReason === "not_planned" ? "dropped" : state) + marks[provenance.state],
    labels.map(safeText).join(", ") + marks[provenance.labels],
    (milestone === null ? "" : safeText(milestone.title)) + marks[provenance.milestone],
    assignees.map(safeText).join(", ") + marks[provenance.assignees],
  ];
}
