import { z } from "zod";
import { isTimeZone } from "../core/model/calendar.ts";
import { budgetSchema } from "./budget-schema.ts";
import { lanesSchema } from "./lane-schema.ts";
import { sizes, unit } from "./size-schema.ts";

export const day = z.iso.date();
export const zone = z
  .string()
  .refine(isTimeZone, "expected an IANA time zone such as Europe/Vienna")
  .meta({ examples: ["Europe/Vienna"] });
export const workdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .meta({ examples: [[1, 2, 3, 4, 5]] });
export const someLabels = z.array(z.string().min(1)).min(1);

/** What a team of several has of its own; what it leaves out is that of all. */
export const teamSchema = z.strictObject({
  name: z.string().min(1).describe("Its name, as sprints give it with team"),
  timeZone: zone.optional().describe("Its time zone"),
  workdays: workdays.optional().describe("Its weekdays"),
  daysOff: z.array(day).optional().describe("Its days off"),
  lanes: lanesSchema.optional().describe("Its lanes"),
  unit: unit.optional().describe("What its sizes count"),
  sizes: sizes.optional().describe("Its man-days, or points, per size"),
  labels: z
    .strictObject({
      debt: someLabels.optional().describe("Its labels of technical debt"),
      freezebox: someLabels.optional().describe("Its labels of dropped work"),
      kalmPrefix: z.string().min(1).optional().describe("Its label prefix of KALM issues"),
    })
    .optional()
    .describe("Its labels that carry meaning"),
  budget: budgetSchema.optional().describe("Its budget, with keys as those of budget"),
});
