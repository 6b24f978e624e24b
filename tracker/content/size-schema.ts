import { z } from "zod";
import type { SizeUnit } from "../core/model/rules.ts";

export const unit = z.enum(["days", "points"]) satisfies z.ZodType<SizeUnit>;
export const sizesInDays = { S: 0.1, M: 0.5, L: 1 };
export const sizes = z.record(z.string().min(1), z.number().positive());

export const estimateSchema = z.strictObject({
  from: z
    .enum(["issue-field", "project-field"])
    .describe(
      "issue-field: a field of the issue itself; project-field: a number or choice field of Projects v2",
    ),
  name: z.string().min(1).describe("Name of the field, in any case"),
  daysPerPoint: z.number().positive().default(1).describe("Man-days of a bare number, where sizes are days"),
});

/** How many points a size is, only the team knows. */
export const defaultSizes = (counts: SizeUnit): Record<string, number> =>
  counts === "points" ? {} : sizesInDays;

/** Points that count as days are days. */
export function checkUnit(
  written: {
    unit: SizeUnit;
    estimate?: { daysPerPoint: number } | undefined;
    teams: readonly { unit?: SizeUnit | undefined }[];
  },
  ctx: z.core.$RefinementCtx,
): void {
  const { unit: own, estimate, teams } = written;
  if (own !== "points" || (estimate?.daysPerPoint ?? 1) === 1) return;
  if (teams.some((team) => team.unit === "days")) return;
  const message = "with unit: points, a point is a point: leave it out, or take out unit to count man-days";
  ctx.addIssue({ code: "custom", path: ["estimate", "daysPerPoint"], message });
}
