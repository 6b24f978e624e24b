import { parse } from "yaml";
import { z } from "zod";
import { ContentError } from "../errors.ts";

const wallClock = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, "expected a time like 2019-09-25 15:00");

const step = z.strictObject({
  milestone: z.int().optional(),
  leave: z.int().optional(),
  start: z.literal(true).optional(),
  stop: z.literal(true).optional(),
  size: z.string().optional(),
  actual: z.string().optional(),
  label: z.string().optional(),
  unlabel: z.string().optional(),
  rename: z.string().optional(),
  comment: z.string().optional(),
  done: z.literal(true).optional(),
  drop: z.literal(true).optional(),
  reopen: z.literal(true).optional(),
  merge: z.literal(true).optional(),
  by: z.literal("someone").optional(),
});

const bareStep = z.enum(["start", "stop", "done", "drop", "reopen", "merge"]);

const issue = z.strictObject({
  number: z.int().positive(),
  title: z.string().min(1),
  pull: z.boolean().default(false),
  created: wallClock,
  labels: z.array(z.string()).default([]),
  history: z
    .record(
      wallClock,
      z.union([step, bareStep.transform((name): z.infer<typeof step> => ({ [name]: true }))]),
    )
    .default({}),
});

const renamable = { was: z.string().optional(), renamed: wallClock.optional() };

const source = z.strictObject({
  repository: z.string().regex(/^[^/]+\/[^/]+$/),
  host: z.string(),
  zone: z.string(),
  snapshot: wallClock,
  author: z.string(),
  labels: z.array(
    z.strictObject({
      name: z.string(),
      ...renamable,
      color: z.string().regex(/^[0-9a-f]{6}$/),
      description: z.string(),
    }),
  ),
  milestones: z.array(
    z.strictObject({
      number: z.int(),
      title: z.string(),
      ...renamable,
      created: wallClock,
      due: z.iso.date(),
      closed: wallClock,
    }),
  ),
  issues: z.array(issue),
});

/** The readable source of the sample: wall-clock times in `zone`, one history per issue. */
export type Source = z.infer<typeof source>;
export type SourceIssue = Source["issues"][number];
export type Step = z.infer<typeof step>;

/**
 * Text of `source.yml` to a checked value: numbers rise with creation time, histories rise in time, and every
 * label and milestone that is used is declared. Throws ContentError naming the place.
 */
export function parseSource(text: string, file = "tracker/sample/source.yml"): Source {
  const result = source.safeParse(parse(text));
  if (!result.success)
    throw new ContentError("sample-source", file, z.prettifyError(result.error), { cause: result.error });
  const problems = [...orderProblems(result.data), ...nameProblems(result.data)];
  if (problems.length > 0) throw new ContentError("sample-source", file, problems.join("\n"));
  return result.data;
}

function orderProblems(value: Source): string[] {
  const problems: string[] = [];
  let previous = { number: 0, created: "" };
  for (const entry of value.issues) {
    if (entry.number <= previous.number || entry.created < previous.created)
      problems.push(`#${entry.number} must come after #${previous.number} in number and in time`);
    previous = entry;
    let last = entry.created;
    for (const at of Object.keys(entry.history)) {
      if (at <= last) problems.push(`#${entry.number}: ${at} is not after ${last}`);
      last = at;
    }
    if (last > value.snapshot) problems.push(`#${entry.number}: ${last} is after the snapshot`);
  }
  return problems;
}

function nameProblems(value: Source): string[] {
  const labels = new Set(value.labels.map((label) => label.name));
  const milestones = new Set(value.milestones.map((milestone) => milestone.number));
  const problems: string[] = [];
  for (const entry of value.issues) {
    const steps = Object.values(entry.history);
    const used = [
      ...entry.labels,
      ...steps.flatMap((s) => [s.label, s.unlabel].filter((name) => name !== undefined)),
      ...steps.flatMap((s) => (s.size === undefined ? [] : [`size: ${s.size}`])),
      ...steps.flatMap((s) => (s.actual === undefined ? [] : [`actual: ${s.actual}`])),
    ];
    for (const name of used)
      if (!labels.has(name)) problems.push(`#${entry.number}: the label "${name}" is not declared`);
    for (const number of steps.flatMap((s) => [s.milestone, s.leave]))
      if (number !== undefined && !milestones.has(number))
        problems.push(`#${entry.number}: milestone ${number} is not declared`);
  }
  return problems;
}
