import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { makeReport } from "../testing/make-report.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openBudgets } from "./budgets.ts";
import { parseSettings } from "./parse.ts";

/** The budgets of a team with these bills, by path. */
function opened(yaml: string, bills: Record<string, string> = {}) {
  const dir = temporaryFolder();
  for (const [path, text] of Object.entries(bills)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return openBudgets({
    dir,
    settings: parseSettings(`repository: a/b\ntimeZone: UTC\n${yaml}\n`, "settings.yml"),
  });
}

/** Sprint of January 2026, twelve days from the fifth in Vienna; `team` works it. */
const report = (team?: string): Report => {
  const made = makeReport({ number: 1, cards: 3 });
  return { ...made, sprint: { ...made.sprint, ...(team === undefined ? {} : { team }) } };
};
const bill = (...days: [day: string, cost: number][]): string =>
  ["ChargePeriodStart,ChargePeriodEnd,BilledCost,ServiceName,BillingCurrency"]
    .concat(
      days.map(([day, cost]) => `2026-01-${day}T00:00:00Z,2026-01-${day}T12:00:00Z,${cost},Compute,EUR`),
    )
    .join("\n");

test("a team without a budget reads no bill, and an old one in a report is not shown", async () => {
  const withBudget = await opened("", { "bills/01.csv": bill(["06", 10]) });
  const old = { ...report(), budget: { currency: "USD" } as Report["budget"] };
  expect(withBudget(old)).toEqual(report());
});

test("bills of the sprint's days are billed, others are not, and the plan stands beside them", async () => {
  const withBudget = await opened("budget: { currency: EUR, amount: 120, per: sprint }", {
    "bills/01.csv": bill(["04", 1000], ["06", 10], ["07", 5.25], ["25", 1000]),
  });
  const made = report();
  expect(withBudget(made).budget).toMatchObject({
    currency: "EUR",
    per: "sprint",
    planned: "120.00",
    billed: "15.25",
  });
  expect(made).not.toHaveProperty("budget");
});

test("with an instant no charge that begins after it counts", async () => {
  const withBudget = await opened("budget: { currency: EUR, amount: 120, per: sprint }", {
    "bills/01.csv": bill(["06", 10], ["07", 5], ["12", 7]),
  });
  const at = Date.parse("2026-01-08T00:00:00Z");
  expect(withBudget(report(), at).budget).toMatchObject({ at: "2026-01-08T00:00:00.000Z", billed: "15.00" });
  expect(withBudget(report()).budget).toMatchObject({ billed: "22.00" });
});

test("a team has its own budget and bills, or those of all, or none", async () => {
  const withBudget = await opened(
    "budget: { currency: EUR, amount: 100, per: sprint, bills: bills/all.csv }\n" +
      "teams: [{ name: A, budget: { currency: EUR, amount: 7, per: sprint, bills: bills/a.csv } }, { name: B }]",
    { "bills/all.csv": bill(["06", 10]), "bills/a.csv": bill(["06", 3]) },
  );
  const figures = (team?: string) => {
    const { budget } = withBudget(report(team));
    return [budget?.planned, budget?.billed];
  };
  expect(["A", "B", undefined].map(figures)).toEqual([
    ["7.00", "3.00"],
    ["100.00", "10.00"],
    ["100.00", "10.00"],
  ]);
  const ownAlone = await opened("teams: [{ name: A, budget: { currency: EUR, amount: 7 } }, { name: B }]");
  expect([ownAlone(report("A")).budget?.currency, ownAlone(report("B")).budget]).toEqual(["EUR", undefined]);
});

test("bills that are not there leave what is billed unknown, and say so", async () => {
  const withBudget = await opened("budget: { currency: EUR, amount: 120, per: sprint }");
  expect(withBudget(report()).budget).toMatchObject({
    billed: null,
    difference: null,
    remarks: [expect.objectContaining({ trouble: "notThere" })],
  });
});

test("a bill that cannot be read ends it, with the file named", async () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, "bills/01.csv"), { recursive: true });
  const settings = parseSettings(
    "repository: a/b\ntimeZone: UTC\nbudget: { currency: EUR, amount: 1 }\n",
    "settings.yml",
  );
  await expect(openBudgets({ dir, settings })).rejects.toMatchObject({
    code: "content-unreadable",
    file: join(dir, "bills/01.csv"),
    message: expect.stringContaining("it is a folder"),
  });
});
