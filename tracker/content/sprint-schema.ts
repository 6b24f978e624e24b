import { z } from "zod";
import { spanOfDays } from "../core/model/calendar.ts";
import { present } from "../core/model/present.ts";
import type { Mark, Sprint } from "../core/model/sprint.ts";
import type { Settings } from "./settings-schema.ts";

/** YAML turns an unquoted date or instant into a Date; both spellings mean the same here. */
const dayText = z.preprocess(
  (v) => (v instanceof Date ? v.toISOString().slice(0, 10) : v),
  // Aborts: nothing is compared with a day that is none.
  z.iso.date({ error: "expected a day, YYYY-MM-DD", abort: true }),
);
const instantText = z.preprocess(
  (v) => (v instanceof Date ? v.toISOString() : v),
  z.iso.datetime({ offset: true, error: "expected an instant such as 2026-01-05T09:00:00Z", abort: true }),
);

const like = (example: string) => ({ examples: [example] });

/** Front matter of `content/sprints/NN.md`; the text below it is the sprint's story. */
export const sprintSchema = z
  .strictObject({
    number: z.int().min(1).max(999_999).describe("Number of the sprint"),
    team: z.string().min(1).optional().describe("Name of the team that works it, where settings list teams"),
    title: z.string().min(1).meta(like("Sprint 1")).describe("Its name"),
    goal: z.string().min(1).meta(like("More orders")).describe("What it is for, one sentence"),
    firstDay: dayText.optional().describe("First day; begins at midnight in the team's zone"),
    lastDay: dayText.optional().describe("Last day; the sprint ends at the midnight after it"),
    start: instantText.optional().describe("Instead of firstDay: the instant at which it begins"),
    end: instantText.optional().describe("Instead of lastDay: the instant at which it ends (exclusive)"),
    capacityDays: z.number().min(0).nullable().default(null).describe("Man-days the team has"),
    milestone: z
      .union([z.string().min(1), z.int().positive()])
      .meta(like("Sprint 1"))
      .optional()
      .describe(
        "Title of the milestone that marks membership; a number means the milestone of that number where none bears it as its title",
      ),
    label: z.string().min(1).optional().describe("Label that marks membership"),
    status: z.string().min(1).optional().describe("Projects v2 status that marks membership"),
    iteration: z
      .string()
      .min(1)
      .optional()
      .describe("Title of the Projects v2 iteration that marks membership; known from the first sync on"),
    planGraceHours: z.number().min(0).optional().describe("Overrides the settings"),
    goalMet: z.boolean().nullable().default(null).describe("Was the goal met? null while open"),
  })
  .superRefine((s, ctx) => {
    const byDays = s.firstDay !== undefined || s.lastDay !== undefined;
    const byInstants = s.start !== undefined || s.end !== undefined;
    if (byDays === byInstants)
      ctx.addIssue({
        code: "custom",
        path: ["firstDay"],
        message: "expected either firstDay and lastDay, or start and end",
      });
    else if (byDays && (s.firstDay === undefined || s.lastDay === undefined))
      ctx.addIssue({ code: "custom", path: ["lastDay"], message: "expected both firstDay and lastDay" });
    else if (byInstants && (s.start === undefined || s.end === undefined))
      ctx.addIssue({ code: "custom", path: ["end"], message: "expected both start and end" });
    else if (byDays && present(s.firstDay) > present(s.lastDay))
      ctx.addIssue({
        code: "custom",
        path: ["lastDay"],
        message: `the sprint ends (${s.lastDay}) before it starts (${s.firstDay})`,
      });
    else if (byInstants && Date.parse(present(s.start)) >= Date.parse(present(s.end)))
      ctx.addIssue({
        code: "custom",
        path: ["end"],
        message: `the sprint ends (${s.end}) before it starts (${s.start})`,
      });
    if ([s.milestone, s.label, s.status, s.iteration].filter((m) => m !== undefined).length > 1)
      ctx.addIssue({
        code: "custom",
        path: ["milestone"],
        message: "expected one of milestone, label, status and iteration",
      });
  })
  .meta({
    examples: [
      { number: 1, title: "Sprint 1", goal: "More orders", firstDay: "2026-01-05", lastDay: "2026-01-16" },
    ],
  });

export type SprintFront = z.infer<typeof sprintSchema>;

function markOf(front: SprintFront, settings: Settings): Mark {
  if (front.label !== undefined) return { by: "label", name: front.label };
  if (front.status !== undefined) return { by: "status", field: "Status", value: front.status };
  if (front.iteration !== undefined) return { by: "iteration", title: front.iteration };
  if (typeof front.milestone === "number")
    return { by: "milestone", title: String(front.milestone), number: front.milestone };
  if (front.milestone !== undefined) return { by: "milestone", title: front.milestone, number: null };
  if (settings.membership === "label") return { by: "label", name: `sprint ${front.number}` };
  if (settings.membership === "status")
    return { by: "status", field: "Status", value: `Sprint ${front.number}` };
  if (settings.membership === "iteration") return { by: "iteration", title: front.title };
  return { by: "milestone", title: front.title, number: null };
}

/** Front matter to a sprint in instants. */
export function sprintOf(front: SprintFront, settings: Settings): Sprint {
  const span =
    front.firstDay !== undefined
      ? spanOfDays(front.firstDay, present(front.lastDay), settings.timeZone)
      : { start: Date.parse(present(front.start)), end: Date.parse(present(front.end)) };
  return {
    number: front.number,
    ...(front.team === undefined ? {} : { team: front.team }),
    title: front.title,
    goal: front.goal,
    ...span,
    grace: (front.planGraceHours ?? settings.planGraceHours) * 3_600_000,
    capacityDays: front.capacityDays,
    mark: markOf(front, settings),
    goalMet: front.goalMet,
  };
}
