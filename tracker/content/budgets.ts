import type { Bill } from "../core/model/budget.ts";
import type { Report } from "../core/model/report.ts";
import { type BudgetSettings, budgetRules } from "./budget-schema.ts";
import type { Content } from "./read.ts";
import { settingsOfTeam } from "./settings-schema.ts";

/**
 * Puts the budget into a report, frozen or not: a bill comes after the freeze, and no frozen file holds its sums. With
 * `at`, epoch ms, as far as it could be known then.
 */
export type WithBudget = (report: Report, at?: number) => Report;

/**
 * Reads the bills of all teams. Where the settings have no budget nothing is read, and reports stay as they are. Throws
 * ContentError where a bill cannot be read.
 */
export async function openBudgets({ dir, settings }: Pick<Content, "dir" | "settings">): Promise<WithBudget> {
  const budgets = [settings, ...settings.teams].flatMap(({ budget }) => budget ?? []);
  // What reads bills is not loaded for those who have none.
  if (budgets.length === 0) return ({ budget: _, ...report }) => report;
  const { readBills } = await import("./bills/read-bills.ts");
  const { computeBudget } = await import("../core/report/budget.ts");
  const bills = new Map<BudgetSettings, Bill[]>();
  for (const budget of budgets) bills.set(budget, await readBills(dir, budget));
  return ({ budget: _, ...report }, at) => {
    const { budget } = settingsOfTeam(settings, report.sprint.team ?? null);
    if (budget === undefined) return report;
    const { timeZone, start, end } = report.sprint;
    const span = { start: Date.parse(start), end: Date.parse(end) };
    const rules = budgetRules(budget, timeZone);
    return { ...report, budget: computeBudget(span, timeZone, rules, bills.get(budget) ?? [], at) };
  };
}
