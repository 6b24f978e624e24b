/** Which column of a bill holds what. Several names are several versions of an export; the first that is there counts. */
export interface BillColumns {
  from: readonly (string | RegExp)[];
  /** Absent: a line is charged for the day, month or instant of `from`. */
  to?: readonly (string | RegExp)[] | undefined;
  cost: readonly (string | RegExp)[];
  service?: readonly (string | RegExp)[] | undefined;
  currency?: readonly (string | RegExp)[] | undefined;
  /** Who sent it, where one file may hold several. */
  source?: readonly (string | RegExp)[];
}

/** One kind of export. Column names are compared in any case. */
export interface BillFormat {
  name: string;
  columns: BillColumns;
  /** Of days without a time: UTC where the provider says no other. */
  timeZone?: string;
  monthFirst?: boolean;
  /** A last day without a time is charged, too. */
  lastDayIncluded?: boolean;
  /** It tells day by day, so that it reaches as far as its newest line begins; others as far as any line ends. */
  isDaily?: boolean;
  /** All columns must be there, not only those that say when and how much. */
  needsAll?: boolean;
  /** Lines that are no charges: sums of the others. */
  sums?: { column: string; values: readonly string[] };
}

/** The exports that providers offer, the open one first. */
export const billFormats: readonly BillFormat[] = [
  {
    // https://focus.finops.org: instants in UTC, ends are exclusive.
    name: "FOCUS",
    columns: {
      from: ["ChargePeriodStart"],
      to: ["ChargePeriodEnd"],
      cost: ["BilledCost"],
      service: ["ServiceName"],
      currency: ["BillingCurrency"],
      source: ["ServiceProviderName", "ProviderName", "InvoiceIssuerName", "Provider"],
    },
    isDaily: true,
  },
  {
    name: "AWS",
    columns: {
      from: ["lineItem/UsageStartDate", "line_item_usage_start_date"],
      to: ["lineItem/UsageEndDate", "line_item_usage_end_date"],
      cost: ["lineItem/UnblendedCost", "line_item_unblended_cost"],
      service: ["product/ProductName", "lineItem/ProductCode", "line_item_product_code"],
      currency: ["lineItem/CurrencyCode", "line_item_currency_code"],
    },
    isDaily: true,
  },
  {
    // The cost table of the console. Its days are those of Google's billing, in Pacific time.
    name: "Google Cloud",
    columns: {
      from: ["Usage start date"],
      to: ["Usage end date"],
      cost: [/^unrounded (cost|subtotal) \(/i, /^(cost|subtotal) \(/i],
      service: ["Service description"],
    },
    timeZone: "America/Los_Angeles",
    lastDayIncluded: true,
    sums: { column: "Cost type", values: ["Total"] },
  },
  {
    name: "Azure",
    columns: {
      from: ["Date", "UsageDate", "UsageDateTime"],
      cost: ["CostInBillingCurrency", "PreTaxCost", "Cost"],
      service: ["MeterCategory", "ServiceName"],
      currency: ["BillingCurrency", "BillingCurrencyCode", "Currency"],
    },
    monthFirst: true,
    isDaily: true,
    // Without them it is anybody's table, whose 3/4/2026 may be in April.
    needsAll: true,
  },
  {
    // The itemised invoice as it is since October 2024; its totals bear the currency's sign.
    name: "Hetzner",
    columns: { from: ["from"], to: ["until"], cost: ["total"], service: ["product"] },
    lastDayIncluded: true,
  },
];
