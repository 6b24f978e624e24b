import { describe, expect, test } from "vitest";
import { billFormats } from "./formats.ts";
import { findHeader } from "./header.ts";

const formatOf = (header: string): string | null =>
  findHeader(`${header}\n`, billFormats)?.format.name ?? null;

/** The columns of real exports, as the providers document them, and whose they are. */
const exports: [columns: string, format: string | null][] = [
  ["BilledCost,BillingCurrency,ChargePeriodEnd,ChargePeriodStart,ServiceName,ProviderName", "FOCUS"],
  ["billedcost;billingcurrency;chargeperiodend;chargeperiodstart;servicename", "FOCUS"],
  ["lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/UnblendedCost,product/ProductName", "AWS"],
  ["line_item_usage_start_date\tline_item_usage_end_date\tline_item_unblended_cost", "AWS"],
  ["Service description,Usage start date,Usage end date,Cost type,Unrounded subtotal ($)", "Google Cloud"],
  ["Service description,Usage start date,Usage end date,Cost type,Subtotal (€)", "Google Cloud"],
  ["Date,MeterCategory,CostInBillingCurrency,BillingCurrency", "Azure"],
  ["UsageDate,ServiceName,Cost,Currency", "Azure"],
  ["from,until,product,total", "Hetzner"],
  // Anybody's table: what its days and amounts mean would be guessed.
  ["Date,Cost", null],
  ["Date,Cost,ServiceName", null],
  ["Date,Amount,Currency,ServiceName", null],
  ["from,to,total", null],
  ["BilledCost,ServiceName", null],
  ["", null],
];

test.each(exports)("%s is of %s", (columns, format) => {
  expect(formatOf(columns)).toBe(format);
});

test("an export that follows two formats is the open one's", () => {
  expect(formatOf("Date,Cost,ServiceName,Currency,BilledCost,ChargePeriodStart,ChargePeriodEnd")).toBe(
    "FOCUS",
  );
});

describe("every known format", () => {
  test.each(billFormats.map((format) => [format.name, format] as const))(
    "%s says when and how much, in a zone that is one",
    (_, format) => {
      expect(format.columns.from.length).toBeGreaterThan(0);
      expect(format.columns.cost.length).toBeGreaterThan(0);
      expect(() => new Intl.DateTimeFormat("en", { timeZone: format.timeZone ?? "UTC" })).not.toThrow();
      // A day named as the last is charged only where there is a last day.
      if (format.lastDayIncluded) expect(format.columns.to).toBeDefined();
    },
  );

  test("has a name of its own", () => {
    expect(new Set(billFormats.map(({ name }) => name)).size).toBe(billFormats.length);
  });
});
