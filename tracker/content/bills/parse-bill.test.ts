import { describe, expect, it } from "vitest";
import { billText } from "../../words/bill-text.ts";
import { wordsOf } from "../../words/languages.ts";
import { english } from "../../words/words.ts";
import { ownFormat } from "../budget-schema.ts";
import { parseBill } from "./parse-bill.ts";

const read = (lines: string[], columns?: Parameters<typeof ownFormat>[0]["columns"]) =>
  parseBill(lines.join("\n"), "bills/03.csv", {
    own: ownFormat({
      currency: "EUR",
      per: "month",
      amount: "1",
      changes: [],
      bills: "bills/*.csv",
      columns,
    }),
    currency: "EUR",
  });

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 16));
const told = ({ charges }: ReturnType<typeof read>) =>
  charges.map(({ from, to, cost, currency, service }) => [iso(from), iso(to), cost, currency, service]);

describe("exports of providers", () => {
  it("FOCUS, of whoever it is", () => {
    const bill = read([
      "\uFEFFBilledCost,BillingCurrency,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,ProviderName,ServiceName",
      '0.0052083333,USD,Usage,2026-03-01T01:00:00Z,2026-03-01T00:00:00Z,Oracle,"Compute, small"',
      "-3.00,USD,Credit,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Oracle,Support",
    ]);
    expect(told(bill)).toEqual([
      ["2026-03-01T00:00", "2026-03-01T01:00", "0.0052083333", "USD", "Compute, small"],
      ["2026-03-01T00:00", "2026-04-01T00:00", "-3.00", "USD", "Support"],
    ]);
    expect(bill).toMatchObject({ source: "Oracle", remarks: [] });
  });

  it.each([
    "lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/UnblendedCost,lineItem/ProductCode,lineItem/CurrencyCode",
    "line_item_usage_start_date,line_item_usage_end_date,line_item_unblended_cost,line_item_product_code,line_item_currency_code",
  ])("AWS Cost and Usage Report: %s", (header) => {
    const bill = read([header, "2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,1.5,AmazonEC2,USD"]);
    expect(told(bill)).toEqual([["2026-03-01T00:00", "2026-03-01T01:00", "1.5", "USD", "AmazonEC2"]]);
    expect(bill.source).toBe("AWS");
  });

  it("AWS Cost Explorer, days and months", () => {
    const header = '"Service","EC2-Instances($)","S3($)","Total costs($)"';
    const sums = '"Service total","30.5","1.25","31.75"';
    const days = read([header, sums, '"2026-03-01","10.5","","10.5"', '"2026-03-02","20","1.25","21.25"']);
    expect(told(days)).toEqual([
      ["2026-03-01T00:00", "2026-03-02T00:00", "10.5", "USD", "EC2-Instances"],
      ["2026-03-02T00:00", "2026-03-03T00:00", "20", "USD", "EC2-Instances"],
      ["2026-03-02T00:00", "2026-03-03T00:00", "1.25", "USD", "S3"],
    ]);
    const months = read([header, sums, '"2026-02-01","10.5","","10.5"', '"2026-03-01","20","1.25","21.25"']);
    expect(iso(months.until)).toBe("2026-04-01T00:00");
  });

  it("Google Cloud's cost table, with what stands above and below it, in Pacific time", () => {
    const bill = read([
      "Invoice number,123,",
      "Currency,CHF,",
      "Billing account name,Service description,Credit type,Cost type,Usage start date,Usage end date,Usage amount,Unrounded Cost ($),Cost ($)",
      'Acme,Cloud Run,,Usage,2026-03-01,2026-03-31,"1,000",1000.005,"1,000.01"',
      "Acme,Cloud Run,PROMOTION,Usage,2026-03-01,2026-03-31,,-3.5,-3.50",
      ',,,Total,,,,996.505,"996.51"',
    ]);
    expect(told(bill)).toEqual([
      ["2026-03-01T08:00", "2026-04-01T07:00", "1000.005", "CHF", "Cloud Run"],
      ["2026-03-01T08:00", "2026-04-01T07:00", "-3.5", "CHF", "Cloud Run"],
    ]);
    expect(bill.remarks).toEqual([]);
  });

  it.each([
    ["Date,MeterCategory,CostInBillingCurrency,BillingCurrencyCode", "03/04/2026,Storage,2.5,EUR"],
    ["date,meterCategory,costInBillingCurrency,billingCurrency", "03/04/2026,Storage,2.5,EUR"],
    ["UsageDate,ServiceName,Cost,CostUSD,Currency", "20260304,Storage,2.5,2.7,EUR"],
  ])("Azure: %s", (header, line) => {
    const bill = read([header, line]);
    expect(told(bill)).toEqual([["2026-03-04T00:00", "2026-03-05T00:00", "2.5", "EUR", "Storage"]]);
    expect(bill.source).toBe("Azure");
  });

  it("Hetzner's itemised invoice", () => {
    const bill = read([
      "grouping,product,description,reference,quantity,from,until,condition,unit,external id,price,total",
      '"P","CX33 Cloud Server",,,"1.0000",2026-03-01,2026-03-31,,"Months","b1",,"€ 4.9900"',
    ]);
    expect(told(bill)).toEqual([
      ["2026-03-01T00:00", "2026-04-01T00:00", "4.9900", "EUR", "CX33 Cloud Server"],
    ]);
  });

  it("a team's own columns, parted by semicolons", () => {
    const own = { from: "Monat", cost: "Betrag", service: "Posten", timeZone: "Europe/Berlin" };
    const bill = read(["Monat;Posten;Betrag", "2026-03;Server;1.234,50"], own);
    expect(told(bill)).toEqual([["2026-02-28T23:00", "2026-03-31T22:00", "1234.50", "EUR", "Server"]]);
  });
});

describe("how far a bill reaches", () => {
  const focus = "BilledCost,BillingCurrency,ChargePeriodEnd,ChargePeriodStart,ServiceName";

  it("is its newest day, where it tells by days and one line is of a month that is not over", () => {
    const bill = read([
      focus,
      "100,EUR,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Support",
      ...Array.from(
        { length: 9 },
        (_, index) =>
          `1,EUR,2026-03-${index + 2 < 10 ? "0" : ""}${index + 2}T00:00:00Z,2026-03-0${index + 1}T00:00:00Z,Servers`,
      ),
    ]);
    expect(iso(bill.until)).toBe("2026-03-10T00:00");
  });

  it("is the end of the month, where a credit of one day is all that it tells by days", () => {
    const bill = read([
      focus,
      "100,EUR,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,Support",
      "-1,EUR,2026-03-10T00:00:00Z,2026-03-09T00:00:00Z,Servers",
    ]);
    expect(iso(bill.until)).toBe("2026-04-01T00:00");
  });

  it("is the last day of any line of an invoice", () => {
    const bill = read([
      "product,from,until,total",
      "CX33,2026-03-01,2026-03-31,€ 4",
      "CX23,2026-03-20,2026-03-21,€ 1",
    ]);
    expect(iso(bill.until)).toBe("2026-04-01T00:00");
  });
});

describe("what cannot be read", () => {
  const header = "product,from,until,total";

  it("is told with its line, and the rest is counted", () => {
    const bill = read([
      header,
      "CX33,2026-03-01,2026-03-31,€ 4",
      "CX33,2026-02-30,2026-03-31,€ 4",
      "CX33,2026-03-01,2026-03-31,four",
      "",
      "CX33,2026-03-31,2026-03-01,€ 4",
      "short",
    ]);
    expect(bill.charges).toHaveLength(1);
    expect(bill.remarks.map(({ line, text }) => `${line}: ${text}`)).toEqual([
      '3: "from" is no date: "2026-02-30"',
      '4: "total" is no amount: "four"',
      "6: it ends (2026-03-01) before it begins (2026-03-31)",
      '7: "from" is no date: ""',
    ]);
  });

  it("is not told a thousand times", () => {
    const bill = read([header, ...Array.from({ length: 1000 }, () => "CX33,x,y,z")]);
    expect(bill.remarks).toHaveLength(21);
    expect(bill.remarks.at(-1)?.text).toBe("980 more of its lines cannot be read");
  });

  it.each([
    ["Name,Price\nA,1", /columns are those of no known bill .*: Name, Price; name them/],
    ["Date,Cost\n3/4/2026,1", /no known bill/],
    ["", /it is empty/],
    [`${header}\n`, /holds no charge/],
    [`${header}\nCX33,2026-03-01,2026-03-31,"€ 4`, /not read from here on/],
    ["\u0000\u0001\u0002", /no known bill/],
  ])("a file %j", (text, words) => {
    expect(read([text]).remarks.map((one) => one.text)).toEqual([expect.stringMatching(words)]);
  });

  it("says each of them in other languages, too", () => {
    const german = wordsOf("de");
    const bill = read([
      header,
      "CX33,x,y,z",
      "CX33,2026-03-31,2026-03-01,€ 4",
      'CX33,2026-03-01,2026-03-31,"€',
    ]);
    const many = read([header, ...Array.from({ length: 21 }, () => "CX33,x,y,z")]);
    const told = [...bill.remarks, ...many.remarks.slice(-1)].map((remark) => billText(german, remark));
    expect(told).toEqual([
      '"from" ist kein Datum: "x"',
      "endet (2026-03-01), bevor sie beginnt (2026-03-31)",
      "ab hier nicht gelesen, denn die Anführungszeichen passen nicht zueinander",
      "1 weitere Zeile ist nicht lesbar",
    ]);
    for (const remark of bill.remarks) expect(remark.text).toBe(billText(english, remark));
  });

  it("is a currency that is no code", () => {
    const focus = "BilledCost,BillingCurrency,ChargePeriodEnd,ChargePeriodStart,ServiceName";
    const bill = read([focus, "1,Euros,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z,Servers"]);
    expect(bill.remarks[0]?.text).toBe('"Euros" is no currency code, expected one such as EUR');
  });
});
