import { z } from "zod";
import type { Provenance } from "../../core/model/provenance.ts";
import type { Verb } from "../../io.ts";
import type { StateDocument } from "../state.ts";
import type { Places } from "./answer.ts";
import { type IssueWishes, type Picked, pickIssues } from "./pick-issues.ts";

/** A reading verb as a tool: what it takes, and the command line that this means. */
export interface ReadingTool {
  title: string;
  description: string;
  /** Name of the answer's schema; "text/markdown": the answer is a text. */
  schema: string;
  input: z.ZodObject;
  load(): Promise<Verb>;
  /** Options and arguments of the verb, without the places of database and content. */
  args(input: Record<string, unknown>): string[];
  /** Keys of the answer that are long and seldom asked for; left out unless `full` is given. */
  long?: readonly string[];
  /** The part of the answer that was asked for. */
  pick?(value: Record<string, unknown> & { schema: string }, input: Record<string, unknown>): Picked;
  /** What the verb reads; default: database and content. */
  reads?: readonly (keyof Places)[];
  /** Code of the error with which the verb ends although its answer is whole. */
  endsWith?: string;
  /** How all of the answer is known, where it names no provenance itself. */
  provenance?: Provenance;
}

const sprint = z
  .union([
    z.int().min(0).max(999_999),
    z
      .string()
      .max(100)
      .regex(/^[^-].*\/\d{1,6}$/, "expected a number, or one of a team such as api/3"),
  ])
  .describe("Number of the sprint; where teams count their own sprints, such as api/3");
const at = z
  .string()
  .max(60)
  .optional()
  .describe("As it stood then: 2026-03-05T14:30:00Z, or local time in the team's zone");
const full = z
  .boolean()
  .optional()
  .describe("Also what is long: replay, changes, burndown and what each figure is based on");

const team = z.string().min(1).max(100).optional().describe("Name of the team, where there are several");

/** `--name=value` of those that are given: a value that begins with a dash stays a value. */
const options = (input: Record<string, unknown>, ...names: string[]): string[] =>
  names.flatMap((name) => (input[name] === undefined ? [] : [`--${name}=${String(input[name])}`]));

export const readingTools: Record<string, ReadingTool> = {
  report: {
    title: "Report of a sprint",
    description:
      "What a sprint committed, completed, dropped and did not finish, its unexpected work, debt and promises.",
    schema: "sprintcast/report@1",
    input: z.object({ sprint, team, at, full }),
    load: async () => (await import("../report.ts")).reportVerb,
    args: (input) => [String(input.sprint), "--json", ...options(input, "team", "at")],
    long: ["replay", "changes", "burndown", "explanations"],
  },
  explain: {
    title: "What a figure is based on",
    description: "The issues, values and events behind one figure of a sprint's report.",
    schema: "sprintcast/explanation@1",
    input: z.object({
      sprint,
      team,
      figure: z
        .string()
        .min(1)
        .max(60)
        .regex(/^[^-]/, "expected the name of a figure, such as committed")
        .describe("Name of the figure, such as committed or say-do"),
      at,
    }),
    load: async () => (await import("../explain.ts")).explainVerb,
    args: (input) => [String(input.sprint), String(input.figure), "--json", ...options(input, "team", "at")],
  },
  board: {
    title: "Board of a sprint",
    description: "A sprint's board at its start, its end, or any instant.",
    schema: "sprintcast/board@1",
    input: z.object({
      sprint,
      team,
      at: z.string().max(60).optional().describe("start, end, or an instant"),
    }),
    load: async () => (await import("../board.ts")).boardVerb,
    args: (input) => [String(input.sprint), "--json", ...options(input, "team", "at")],
  },
  flow: {
    title: "Flow of work",
    description:
      "Cycle and lead times, time in each lane, throughput per week, ageing work, cumulative flow.",
    schema: "sprintcast/flow@1",
    input: z.object({
      sprint: sprint
        .optional()
        .describe("Number of the sprint, or api/3; without it, all tasks of the newest weeks"),
      team,
      weeks: z.int().min(1).max(999).optional().describe("How many weeks, where no sprint is named"),
      at,
      full: z.boolean().optional().describe("Also what is long: the cumulative flow"),
    }),
    load: async () => (await import("../flow.ts")).flowVerb,
    args: (input) => [
      ...(input.sprint === undefined ? [] : [String(input.sprint)]),
      "--json",
      ...options(input, "team", "weeks", "at"),
    ],
    long: ["cumulative"],
  },
  forecast: {
    title: "Forecast",
    description:
      "How many tasks by a day, and when so many are done, from past throughput; or why that cannot be told.",
    schema: "sprintcast/forecast@1",
    input: z.object({
      by: z.iso.date().optional().describe("How many tasks are finished by the end of this day"),
      tasks: z.int().min(1).max(9999).optional().describe("When so many tasks are finished"),
      sprint: sprint.optional().describe("Both, for the end and the open tasks of this sprint"),
      team,
      period: z.int().min(1).max(52).optional().describe("Weeks of one period of the past"),
      at,
    }),
    load: async () => (await import("../forecast.ts")).forecastVerb,
    args: (input) => ["--json", ...options(input, "by", "tasks", "sprint", "team", "period", "at")],
  },
  issue: {
    title: "Life of an issue",
    description:
      "Every sprint that an issue was in, its lanes, sizes and effort, and what each report counts it as.",
    schema: "sprintcast/issue@1",
    input: z.object({
      issue: z
        .string()
        .min(1)
        .max(150)
        .regex(/^[^-]/, "expected a number, such as 12, #12 or web#12")
        .describe("12, #12, or web#12 of several repositories"),
    }),
    load: async () => (await import("../issue.ts")).issueVerb,
    args: (input) => [String(input.issue), "--json"],
  },
  state: {
    title: "Issues as they stood",
    description:
      "Title, state, labels, milestone and assignees of issues at any instant, and how each of them is known.",
    schema: "sprintcast/state@1",
    input: z.object({
      issues: z
        .array(z.string().min(1).max(150))
        .max(100)
        .optional()
        .describe("12, #12, or web#12; absent: all"),
      state: z.enum(["open", "closed"]).optional(),
      label: z.string().min(1).max(100).optional().describe("Only issues with this label"),
      pulls: z.boolean().optional().describe("Pull requests, too"),
      at: z.string().max(60).optional().describe("As they stood then: 2026-03-05T14:30:00Z; absent: now"),
      full: z.boolean().optional().describe("All of them, where there are more than 100"),
    }),
    load: async () => (await import("../state.ts")).stateVerb,
    args: (input) => ["--json", ...(input.pulls === true ? ["--pulls"] : []), ...options(input, "at")],
    pick: (value, input) => pickIssues(value as unknown as StateDocument, input as IssueWishes),
    reads: ["db"],
  },
  doctor: {
    title: "Setup problems",
    description:
      "Whether settings, content and database fit together: what must be mended, what to look at, and how.",
    schema: "sprintcast/doctor@1",
    input: z.object({}),
    load: async () => (await import("../doctor/doctor.ts")).doctorVerb,
    args: () => ["--json"],
    endsWith: "doctor-found",
    provenance: "observed",
  },
  debt: {
    title: "Technical debt",
    description: "What technical debt each sprint opened, resolved and left.",
    schema: "sprintcast/debt@1",
    input: z.object({ team, at }),
    load: async () => (await import("../debt.ts")).debtVerb,
    args: (input) => ["--json", ...options(input, "team", "at")],
  },
  promises: {
    title: "Promises",
    description: "What reviews promised (Keep, Add, do Less, do More), and what became of it.",
    schema: "sprintcast/kalm@1",
    input: z.object({ team }),
    load: async () => (await import("../kalm.ts")).kalmVerb,
    args: (input) => ["--json", ...options(input, "team")],
  },
  notes: {
    title: "What a sprint shipped",
    description:
      "Finished tasks by type or label, with the pull requests that closed them and who took part.",
    schema: "sprintcast/notes@1",
    input: z.object({ sprint, team, group: z.enum(["type", "label", "none"]).optional() }),
    load: async () => (await import("../notes.ts")).notesVerb,
    args: (input) => [String(input.sprint), "--json", ...options(input, "team", "group")],
  },
  facts: {
    title: "All facts of a sprint",
    description:
      "Every figure of a sprint with its definition and how it is known, as one Markdown text to write from.",
    schema: "text/markdown",
    input: z.object({ sprint, team }),
    load: async () => (await import("../draft.ts")).draftVerb,
    args: (input) => [String(input.sprint), "--context", ...options(input, "team")],
  },
};
