import { z } from "zod";
import type { Rules, SizeUnit } from "../core/model/rules.ts";

export const unit = z.enum(["days", "points"]) satisfies z.ZodType<SizeUnit>;
export const sizesInDays = { S: 0.1, M: 0.5, L: 1 };
/** Labels are read in any case and with any blanks, so that of two sizes alike one would never be meant. */
const alike = (name: string): string => name.toLowerCase().replace(/\s/g, "");
export const sizes = z
  .record(z.string().min(1), z.number().positive())
  .superRefine((all, ctx) => {
    const names = Object.keys(all).map(alike);
    const twice = Object.keys(all).find((name, index) => names.indexOf(alike(name)) !== index);
    if (twice !== undefined)
      ctx.addIssue({ code: "custom", message: `${twice} is there twice, in any case` });
  })
  .meta({ examples: [sizesInDays] });

export const estimateSchema = z.strictObject({
  from: z
    .enum(["issue-field", "project-field"])
    .describe(
      "issue-field: a field of the issue itself; project-field: a number or choice field of Projects v2",
    ),
  name: z.string().min(1).describe("Name of the field, in any case"),
  daysPerPoint: z.number().positive().default(1).describe("Man-days of a bare number, where sizes are days"),
});

const fieldsOnly = { error: "expected comment, issue-field or project-field" };

export const actualSchema = z
  .strictObject({
    from: z
      .enum(["comment", "issue-field", "project-field"], fieldsOnly)
      .describe("comment: labels and /spend in texts; the fields as for estimates"),
    name: z.string().min(1).optional().describe("Name of the field, in any case; a comment has none"),
    numbers: z.enum(["days", "hours"]).default("days").describe("What a bare number in the field counts"),
  })
  .superRefine(({ from, name }, ctx) => {
    if ((from === "comment") === (name === undefined)) return;
    const message =
      from === "comment" ? "comments have no name: leave it out" : "is missing, expected the field's name";
    ctx.addIssue({ code: "custom", path: ["name"], message });
  });

/** The field of effort, where there is one. */
export function effortField(actual: z.infer<typeof actualSchema> | undefined): Rules["actual"] {
  if (actual?.name === undefined || actual.from === "comment") return undefined;
  return { from: actual.from, name: actual.name, numbers: actual.numbers };
}

/** A value cannot be what was expected and what was spent. */
export function checkFields(
  { estimate, actual }: { estimate?: FieldNamed | undefined; actual?: FieldNamed | undefined },
  ctx: z.core.$RefinementCtx,
): void {
  if (estimate?.from !== actual?.from || estimate?.name?.toLowerCase() !== actual?.name?.toLowerCase())
    return;
  if (estimate === undefined) return;
  const message = `is the field of estimates, ${estimate.name}: expected another one`;
  ctx.addIssue({ code: "custom", path: ["actual", "name"], message });
}

interface FieldNamed {
  from: string;
  name?: string | undefined;
}

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
