import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill, BudgetRules, Charge } from "../model/budget.ts";
import { computeBudget } from "./budget.ts";

const zone = "Europe/Berlin";
const at = (iso: string) => Date.parse(iso);
const whole = { from: "2026-03-01T23:00:00.000Z", until: "2026-03-13T23:00:00.000Z" };
/** 2 to 13 March 2026 in Berlin. */
const sprint = { start: at("2026-03-01T23:00Z"), end: at("2026-03-13T23:00Z") };

const rules = (more: Partial<BudgetRules> = {}, amount = "310"): BudgetRules => ({
  currency: "EUR",
  per: "month",
  plans: [{ from: Number.NEGATIVE_INFINITY, amount, services: [] }],
  ...more,
});

const charge = (from: string, to: string, cost: string, more: Partial<Charge> = {}): Charge => ({
  from: at(from),
  to: at(to),
  cost,
  currency: "EUR",
  service: "Servers",
  ...more,
});

const bill = (charges: Charge[], more: Partial<Bill> = {}): Bill => ({
  file: "bills/a.csv",
  source: "Cloud",
  charges,
  until: Math.max(...charges.map(({ to }) => to)),
  remarks: [],
  ...more,
});

const budgetOf = (bills: Bill[], more?: Partial<BudgetRules>) =>
  computeBudget(sprint, zone, rules(more), bills);

describe("what is planned", () => {
  it("is the sprint's share of each month's days", () => {
    expect(budgetOf([]).planned).toBe("120.00");
    const over = { start: at("2026-02-22T23:00Z"), end: at("2026-03-08T23:00Z") };
    // Six of 28 days in February, eight of 31 in March, though its last Sunday is an hour short.
    expect(computeBudget(over, zone, rules(), []).planned).toBe("146.43");
  });

  it("is the amount itself for a sprint, and changes on the day that a change names", () => {
    expect(budgetOf([], { per: "sprint" }).planned).toBe("310.00");
    const changed = rules({ per: "sprint" });
    changed.plans.push({ from: at("2026-03-07T23:00Z"), amount: "610", services: [] });
    expect(computeBudget(sprint, zone, changed, []).planned).toBe("460.00");
  });
});

describe("what is known at an instant of the past", () => {
  const halfway = at("2026-03-07T23:00Z");
  const known = (bills: Bill[], instant: number) => computeBudget(sprint, zone, rules(), bills, instant);
  const days = [
    charge("2026-03-01T23:00Z", "2026-03-07T23:00Z", "60"),
    charge("2026-03-07T23:00Z", "2026-03-13T23:00Z", "99"),
  ];

  it("is what was charged for the time before it, and of a longer charge its share", () => {
    expect(known([bill(days)], halfway)).toMatchObject({
      at: "2026-03-07T23:00:00.000Z",
      planned: "120.00",
      billed: "60.00",
      difference: "0.00",
      behind: [],
    });
    expect(known([bill([charge("2026-03-01T00:00Z", "2026-04-01T00:00Z", "310")])], halfway)).toMatchObject({
      billed: "60.00",
      billedFor: [{ from: whole.from, until: "2026-03-07T23:00:00.000Z" }],
    });
  });

  it("names whose bills had not come so far, and nobody who had sent none yet", () => {
    const two = [bill([days[0] as Charge]), bill([days[1] as Charge], { source: "Late" })];
    expect(known(two, at("2026-03-09T23:00Z")).behind).toEqual([
      { source: "Cloud", until: "2026-03-07T23:00:00.000Z" },
    ]);
    expect(known(two, sprint.start)).toMatchObject({ billed: null, billedFor: [], behind: [] });
  });

  it("never sinks while time goes on, and ends at all that is billed", () => {
    const instants = fc.uniqueArray(fc.integer({ min: sprint.start, max: sprint.end }), { minLength: 2 });
    const spans = fc.array(
      fc.tuple(fc.integer({ min: -48, max: 400 }), fc.integer({ min: 0, max: 900 }), fc.nat(9999)),
      { minLength: 1 },
    );
    const hour = 3_600_000;
    fc.assert(
      fc.property(spans, instants, (some, moments) => {
        const bills = [
          bill(
            some.map(([from, hours, cost]) => ({
              ...{ currency: "EUR", service: "Servers", cost: String(cost / 100) },
              ...{ from: sprint.start + from * hour, to: sprint.start + (from + hours) * hour },
            })),
          ),
        ];
        const sums = moments.sort((a, b) => a - b).map((instant) => Number(known(bills, instant).billed));
        expect(sums).toEqual([...sums].sort((a, b) => a - b));
        const last = known(bills, sprint.end + 9000 * hour);
        expect({ ...last, at: undefined }).toEqual({ ...budgetOf(bills), at: undefined });
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});

describe("what is billed", () => {
  it("cuts a charge at the sprint's bounds by its time", () => {
    const budget = budgetOf([bill([charge("2026-03-01T00:00Z", "2026-04-01T00:00Z", "310")])]);
    expect(budget).toMatchObject({ billed: "120.00", billedFor: [whole], behind: [] });
  });

  it("counts an instant wholly, at the start and not at the end", () => {
    const purchase = (iso: string) => charge(iso, iso, "5");
    const days = [
      purchase("2026-03-01T23:00Z"),
      purchase("2026-03-13T23:00Z"),
      purchase("2026-03-20T00:00Z"),
    ];
    expect(budgetOf([bill(days)]).billed).toBe("5.00");
  });

  it("takes credits off, below nothing as well", () => {
    const day = ["2026-03-03T00:00Z", "2026-03-04T00:00Z"] as const;
    expect(budgetOf([bill([charge(...day, "10.10"), charge(...day, "-12.30")])]).billed).toBe("-2.20");
    expect(budgetOf([bill([charge(...day, "0.001"), charge(...day, "-0.002")])]).billed).toBe("0.00");
  });

  it("never adds another currency, and names it", () => {
    const day = ["2026-03-03T00:00Z", "2026-03-04T00:00Z"] as const;
    const bills = [bill([charge(...day, "10"), charge(...day, "700", { currency: "JPY" })])];
    expect(budgetOf(bills)).toMatchObject({
      billed: "10.00",
      otherCurrencies: [{ currency: "JPY", billed: "700" }],
    });
  });

  it("compares a bill that ends early with what was planned until then", () => {
    const budget = budgetOf([bill([charge("2026-03-01T00:00Z", "2026-03-07T23:00Z", "60")])]);
    expect(budget).toMatchObject({
      billedFor: [{ ...whole, until: "2026-03-07T23:00:00.000Z" }],
      plannedForBilled: "60.00",
      behind: [{ source: "Cloud", until: "2026-03-07T23:00:00.000Z" }],
    });
  });

  it("compares like with like where a line of a whole month stands on a bill that is not over", () => {
    const charges = [
      charge("2026-02-28T23:00Z", "2026-03-31T22:00Z", "743"),
      charge("2026-03-06T23:00Z", "2026-03-07T23:00Z", "1"),
    ];
    expect(budgetOf([bill(charges, { until: at("2026-03-07T23:00Z") })])).toMatchObject({
      // An hour costs 1: 288 of them in the sprint, 144 up to where the bill reaches.
      billed: "289.00",
      billedFor: [{ ...whole, until: "2026-03-07T23:00:00.000Z" }],
      billedInParts: "145.00",
      plannedForBilled: "60.00",
      difference: "85.00",
    });
  });

  it("leaves out days that no bill speaks of, and takes hours without a charge for cheap ones", () => {
    const days = [
      charge("2026-03-03T23:00Z", "2026-03-04T23:00Z", "11"),
      charge("2026-03-05T22:00Z", "2026-03-06T23:00Z", "11"),
      charge("2026-03-09T23:00Z", "2026-03-10T23:00Z", "11"),
    ];
    expect(budgetOf([bill(days)])).toMatchObject({
      billedFor: [
        { from: "2026-03-03T23:00:00.000Z", until: "2026-03-06T23:00:00.000Z" },
        { from: "2026-03-09T23:00:00.000Z", until: "2026-03-10T23:00:00.000Z" },
      ],
      plannedForBilled: "40.00",
      difference: "-7.00",
    });
  });

  it("is unknown where no bill reaches into the sprint", () => {
    const before = bill([charge("2026-02-01T00:00Z", "2026-03-01T00:00Z", "60")]);
    expect(budgetOf([before])).toMatchObject({
      billed: null,
      difference: null,
      behind: [{ source: "Cloud", until: "2026-03-01T00:00:00.000Z" }],
    });
    const long = bill([charge("2025-11-01T00:00Z", "2025-12-01T00:00Z", "60")], { source: "Left" });
    expect(budgetOf([long]).behind).toEqual([]);
  });

  it("lists services with a plan first, then the others, most first", () => {
    const day = ["2026-03-03T00:00Z", "2026-03-04T00:00Z"] as const;
    const services = [
      { name: "amazon elastic*", amount: "155" },
      { name: "Backup", amount: "31" },
    ];
    const plans = [{ from: Number.NEGATIVE_INFINITY, amount: "200", services }];
    const names = ["Amazon Elastic Block Store", "Amazon Elastic Compute Cloud", "DNS", "Mail"];
    const bills = [bill(names.map((service, index) => charge(...day, `${index + 1}`, { service })))];
    expect(budgetOf(bills, { plans }).services).toEqual([
      { name: "amazon elastic*", planned: "60.00", billed: "3.00" },
      { name: "Backup", planned: "12.00", billed: "0.00" },
      { name: "Mail", planned: null, billed: "4.00" },
      { name: "DNS", planned: null, billed: "3.00" },
    ]);
  });
});

const hour = 3_600_000;
const anyCharge = fc
  .record({
    from: fc.integer({ min: -400, max: 400 }),
    hours: fc.nat(900),
    // Amounts that floats cannot add: down to a millionth of a cent, up to millions.
    cost: fc.tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.nat(99_999_999)),
  })
  .map(({ from, hours, cost: [whole, part] }): Charge => {
    const start = sprint.start + from * hour;
    const cost = `${whole}.${String(part).padStart(8, "0")}`;
    return { from: start, to: start + hours * hour, cost, currency: "EUR", service: "Servers" };
  });

it("loses and invents nothing: sprints that follow each other add up to all that was charged, to the cent", () => {
  fc.assert(
    fc.property(
      fc.array(anyCharge, { minLength: 1, maxLength: 30 }),
      fc.uniqueArray(fc.integer({ min: -399, max: 1_299 }), { maxLength: 6 }),
      (charges, cuts) => {
        const bounds = [-400, ...cuts.sort((a, b) => a - b), 1_301].map((cut) => sprint.start + cut * hour);
        const parts = bounds.slice(1).map((end, index) => {
          const span = { start: bounds[index] ?? 0, end };
          const { billed } = computeBudget(span, zone, rules(), [
            bill(charges, { until: Number.MAX_SAFE_INTEGER }),
          ]);
          return new Big(billed ?? 0);
        });
        const all = charges.reduce((sum, { cost }) => sum.plus(cost), new Big(0));
        const sum = parts.reduce((one, other) => one.plus(other), new Big(0));
        // Each part is rounded by half a cent at most.
        expect(sum.minus(all).abs().lte(new Big("0.005").times(parts.length))).toBe(true);
        if (parts.length === 1) expect(parts[0]?.eq(all.round(2, Big.roundHalfEven))).toBe(true);
      },
    ),
    { numRuns: 200, seed: 17 },
  );
});
