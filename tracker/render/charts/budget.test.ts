import { expect, it } from "vitest";
import { computeBudget } from "../../core/report/budget.ts";
import { cutOff, overprinted } from "../../testing/chart-labels.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import { renderBudget } from "./budget.ts";

const report = makeReport({ number: 1, cards: 3 });
const span = { start: Date.parse(report.sprint.start), end: Date.parse(report.sprint.end) };

/** The report with a plan of a thousand, and one charge of the whole sprint where there is one. */
function withBilled(cost: string | null, currency = "EUR", amount = "1000") {
  const { start: from, end: to } = span;
  const charges = cost === null ? [] : [{ from, to, cost, currency, service: "All" }];
  const bill = { file: "a.csv", source: "Cloud", charges, until: to, remarks: [] };
  const plans = [{ from: Number.NEGATIVE_INFINITY, amount, services: [] }];
  return { ...report, budget: computeBudget(span, "UTC", { currency, per: "sprint", plans }, [bill]) };
}

const barsIn = (svg: string | null) =>
  [...(svg ?? "").matchAll(/<rect x="([\d.-]+)"[^>]* width="([\d.]+)"[^>]*fill="([^"]+)"/g)].map(
    ([, x, width, fill]) => ({ x: Number(x), width: Number(width), fill }),
  );

it("draws two bars on one scale, and says in words what they are", () => {
  const svg = renderBudget(withBilled("500"), { id: "b" });
  const [planned, billed] = barsIn(svg);
  expect(planned?.x).toBe(billed?.x);
  expect(planned?.width).toBeCloseTo(2 * (billed?.width ?? 0), 0);
  expect(svg).toContain("EUR 1,000.00 planned, EUR 500.00 billed.");
});

it("marks what is over the plan, and draws a credit to the other side", () => {
  const over = barsIn(renderBudget(withBilled("1000.01"), { id: "b" }));
  const under = barsIn(renderBudget(withBilled("999.99"), { id: "b" }));
  expect(over[1]?.fill).not.toBe(under[1]?.fill);
  const [planned, credit] = barsIn(renderBudget(withBilled("-500"), { id: "b" }));
  expect((credit?.x ?? 0) + (credit?.width ?? 0)).toBeCloseTo(planned?.x ?? 0, 0);
});

it("draws the plan alone where no bill is there, and nothing where there is no budget", () => {
  expect(barsIn(renderBudget(withBilled(null), { id: "b" }))).toHaveLength(1);
  expect(renderBudget(report, { id: "b" })).toBeNull();
});

it("names amounts of any currency and length beside the bars, credits too", () => {
  for (const currency of ["EUR", "JPY", "KWD"])
    for (const amount of ["0", "1000", "99999999999.99"])
      for (const cost of [null, "0.01", "-12.50", "-99999999999.99", "99999999999.99"])
        for (const locale of ["en-GB", "de-DE"]) {
          const words = wordsOf(locale);
          const svg = renderBudget(withBilled(cost, currency, amount), { id: "b", words }) ?? "";
          expect(cutOff(svg), `${currency} ${amount} ${cost}`).toEqual([]);
          expect(overprinted(svg), `${currency} ${amount} ${cost}`).toEqual([]);
          expect(svg).not.toMatch(/NaN|Infinity/);
        }
});
