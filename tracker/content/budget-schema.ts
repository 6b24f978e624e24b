import Big from "big.js";
import { z } from "zod";
import type { BudgetRules } from "../core/model/budget.ts";
import { isTimeZone, startOfDay } from "../core/model/calendar.ts";
import type { BillFormat } from "./bills/formats.ts";

const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, "expected a code of ISO 4217 such as EUR")
  .meta({ examples: ["EUR"] });
const anAmount = "expected an amount such as 400 or 400.50";
const amount = z
  .union(
    [z.number().min(0, anAmount).max(1e15, anAmount), z.string().regex(/^\d{1,15}(\.\d+)?$/, anAmount)],
    {
      error: anAmount,
    },
  )
  .transform(String);
const services = z.record(z.string().min(1), amount);
/** Below content/, never beside it. */
const pattern = z
  .string()
  .min(1)
  .refine((path) => !/^[/\\~]|^\w:|(^|[/\\])\.\.([/\\]|$)/.test(path), "expected a path below content/");
const column = z
  .string()
  .min(1)
  .meta({ examples: ["Date"] });

const plan = {
  amount: amount.optional().describe("What is planned; without it, the sum of services"),
  services: services
    .optional()
    .describe("Planned amounts of single services; a trailing * matches any ending"),
};

/** `budget:` of the settings: what a team means to spend, and where its bills stand. */
export const budgetSchema = z
  .strictObject({
    currency: currency.describe("Currency of the plan; what is billed in others is named, never added"),
    per: z
      .enum(["month", "sprint"])
      .default("month")
      .describe("What the amounts are for; of a month, a sprint has the share of its days"),
    ...plan,
    changes: z
      .array(z.strictObject({ from: z.iso.date().describe("The first day on which it holds"), ...plan }))
      .default([])
      .describe("What the plan became later, oldest first"),
    bills: z
      .union([pattern, z.array(pattern).min(1)])
      .default(["bills/**/*.csv", "bills/**/*.csv.gz"])
      .describe("CSV files below content/; * stands for any name, ** for any folders"),
    columns: z
      .strictObject({
        from: column.describe("Column of the day, month or instant at which a charge begins"),
        to: column.optional().describe("Column of its end; a day is charged to its last hour"),
        cost: column.describe("Column of the amount"),
        service: column.optional().describe("Column of what is charged for"),
        currency: column.optional().describe("Column of the currency; without it, that of the plan"),
        timeZone: z
          .string()
          .refine(isTimeZone, "expected an IANA time zone such as Europe/Vienna")
          .default("UTC")
          .describe("Where its days begin"),
      })
      .optional()
      .describe(
        "Columns of bills in a format of your own; FOCUS and the exports of AWS, Azure, Google Cloud and Hetzner are known",
      ),
  })
  .superRefine((budget, ctx) => {
    const fail = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: "custom", path, message });
    for (const [index, { amount, services }] of [budget, ...budget.changes].entries())
      if (amount === undefined && services === undefined)
        fail(
          index === 0 ? ["amount"] : ["changes", index - 1, "amount"],
          "expected amount, services, or both",
        );
    for (const [index, { from }] of budget.changes.entries())
      if (index > 0 && from <= (budget.changes[index - 1]?.from ?? ""))
        fail(["changes", index, "from"], "expected a day after that of the change before");
  })
  .meta({ examples: [{ currency: "EUR", amount: 400 }] });

export type BudgetSettings = z.infer<typeof budgetSchema>;

type Plan = Pick<BudgetSettings, "amount" | "services">;

const sumOf = (amounts: readonly string[]): string =>
  amounts.reduce((sum, one) => sum.plus(one), new Big(0)).toFixed();

const planOf = ({ amount, services = {} }: Plan, from: number) => ({
  from,
  amount: amount ?? sumOf(Object.values(services)),
  services: Object.entries(services).map(([name, planned]) => ({ name, amount: planned })),
});

/** What figures need of it; the days of changes begin in the team's zone. */
export function budgetRules(budget: BudgetSettings, timeZone: string): BudgetRules {
  const { currency, per, changes } = budget;
  return {
    currency,
    per,
    plans: [
      planOf(budget, Number.NEGATIVE_INFINITY),
      ...changes.map((change) => planOf(change, startOfDay(change.from, timeZone))),
    ],
  };
}

/** The format that the team's own columns make. */
export function ownFormat({ columns }: BudgetSettings): BillFormat | null {
  if (columns === undefined) return null;
  const { from, to, cost, service, currency, timeZone } = columns;
  const list = (name: string | undefined) => (name === undefined ? undefined : [name]);
  return {
    name: "bill",
    needsAll: true,
    columns: {
      from: [from],
      cost: [cost],
      to: list(to),
      service: list(service),
      currency: list(currency),
    },
    timeZone,
    lastDayIncluded: true,
  };
}
