import { describe, expect, it, test } from "vitest";
import { budgetRules, budgetSchema, ownFormat } from "./budget-schema.ts";

const faultsOf = (budget: object): string[] => {
  const { error } = budgetSchema.safeParse({ currency: "EUR", ...budget });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
};
const rulesOf = (budget: object, timeZone = "UTC") =>
  budgetRules(budgetSchema.parse({ currency: "EUR", ...budget }), timeZone);

describe("a budget", () => {
  it("needs an amount, its services, or both, and so does each change of it", () => {
    expect(faultsOf({ amount: 400 })).toEqual([]);
    expect(faultsOf({ services: { Compute: 1 } })).toEqual([]);
    expect(faultsOf({})).toEqual(["amount: expected amount, services, or both"]);
    expect(faultsOf({ amount: 1, changes: [{ from: "2026-03-01" }] })).toEqual([
      "changes.0.amount: expected amount, services, or both",
    ]);
  });

  it("changes in the order of its days, each on a day of its own", () => {
    const changes = (...days: string[]) =>
      faultsOf({ amount: 1, changes: days.map((from) => ({ from, amount: 2 })) });
    expect(changes("2026-03-01", "2026-03-02", "2027-01-01")).toEqual([]);
    const fault = "expected a day after that of the change before";
    expect(changes("2026-03-01", "2026-03-01")).toEqual([`changes.1.from: ${fault}`]);
    expect(changes("2026-03-02", "2026-03-03", "2026-03-01")).toEqual([`changes.2.from: ${fault}`]);
    expect(changes("2026-02-30")).toHaveLength(1);
  });

  test.each(["400", "400.50", "0", 0, 400, 0.1, "123456789012345.123456789"])("may be %j", (amount) => {
    expect(faultsOf({ amount })).toEqual([]);
  });

  test.each([-1, "-1", "1e3", "1,5", "1.", ".5", "", "€ 5", "1234567890123456", 1e16, Number.NaN, null])(
    "is never %j",
    (amount) => {
      expect(faultsOf({ amount })).not.toEqual([]);
    },
  );

  test.each(["eur", "EURO", "E", "€", ""])("has no currency such as %j", (currency) => {
    expect(faultsOf({ amount: 1, currency })).toEqual(["currency: expected a code of ISO 4217 such as EUR"]);
  });

  test.each([
    "/etc/*",
    "~/bills/*",
    "\\\\server\\x",
    "C:\\x",
    "../x.csv",
    "a/../b.csv",
    "a\\..\\b",
    "a/..",
    "",
  ])("reads no bills beside content/: %j", (bills) => {
    expect(faultsOf({ amount: 1, bills })).not.toEqual([]);
    expect(faultsOf({ amount: 1, bills: ["bills/*.csv", bills] })).not.toEqual([]);
  });

  test.each(["bills/**/*.csv", "a..b/c.csv", "..a/b.csv", "bills/2026-01 (1).csv"])("reads %j", (bills) => {
    expect(faultsOf({ amount: 1, bills })).toEqual([]);
  });
});

describe("the plan", () => {
  it("without an amount is the sum of its services, to the last digit", () => {
    const { plans } = rulesOf({ services: { Compute: 0.1, Storage: "0.2", "Net*": "1000000000000.05" } });
    expect(plans).toEqual([
      {
        from: Number.NEGATIVE_INFINITY,
        amount: "1000000000000.35",
        services: [
          { name: "Compute", amount: "0.1" },
          { name: "Storage", amount: "0.2" },
          { name: "Net*", amount: "1000000000000.05" },
        ],
      },
    ]);
  });

  it("with an amount is that, whatever its services come to", () => {
    expect(rulesOf({ amount: 5, services: { Compute: 7 } }).plans[0]).toMatchObject({
      amount: "5",
      services: [{ name: "Compute", amount: "7" }],
    });
  });

  it("changes at midnight in the team's zone, and keeps nothing of what it was", () => {
    const budget = { amount: 1, services: { A: 1 }, changes: [{ from: "2026-07-01", amount: 2 }] };
    expect(rulesOf(budget, "Europe/Vienna").plans[1]).toEqual({
      from: Date.parse("2026-06-30T22:00:00Z"),
      amount: "2",
      services: [],
    });
    expect(rulesOf(budget, "America/New_York").plans[1]?.from).toBe(Date.parse("2026-07-01T04:00:00Z"));
  });
});

describe("columns of a team's own", () => {
  const columns = { from: "Tag", cost: "Betrag" };
  const formatOf = (more: object) =>
    ownFormat(budgetSchema.parse({ currency: "EUR", amount: 1, columns: { ...columns, ...more } }));

  it("are a format that needs all of them, with days in UTC unless it says another zone", () => {
    expect(formatOf({})).toEqual({
      name: "bill",
      needsAll: true,
      columns: { from: ["Tag"], cost: ["Betrag"], to: undefined, service: undefined, currency: undefined },
      timeZone: "UTC",
      lastDayIncluded: true,
    });
    expect(
      formatOf({ to: "Ende", service: "Posten", currency: "Geld", timeZone: "Europe/Vienna" }),
    ).toMatchObject({
      columns: { to: ["Ende"], service: ["Posten"], currency: ["Geld"] },
      timeZone: "Europe/Vienna",
    });
  });

  it("are none without them, and refuse a zone that is none", () => {
    expect(ownFormat(budgetSchema.parse({ currency: "EUR", amount: 1 }))).toBeNull();
    expect(() => formatOf({ timeZone: "Vienna" })).toThrow(/IANA time zone/);
  });
});
