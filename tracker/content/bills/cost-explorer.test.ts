import { expect, test } from "vitest";
import { costExplorerCharges, findCostExplorer } from "./cost-explorer.ts";
import type { Remark } from "./parsed-bill.ts";

function read(lines: readonly string[]) {
  const text = lines.join("\n");
  const found = findCostExplorer(text);
  if (found === null) return null;
  const remarks: [number | null, string, unknown][] = [];
  const remark: Remark = (line, told) => void remarks.push([line, told.trouble, told.values]);
  const { charges, digests, until } = costExplorerCharges(text, found, remark);
  const day = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10));
  return {
    charges: charges.map(({ from, to, cost, currency, service }) =>
      [day(from), day(to), cost, currency, service].join(" "),
    ),
    digests,
    until: day(until),
    remarks,
  };
}
const header = "Service,EC2-Instances($),S3($),Total costs($)";

test.each([
  ["the last column is the sum", [header], true],
  ["in any case, of one cost", ["Service,Total Cost ($)"], true],
  ["below words of whoever saved it", ["Report of March", "", header], true],
  ["behind a byte order mark", [`\uFEFF${header}`], true],
  ["the sum stands first", ["Total costs($),Service"], false],
  ["a bill of another kind", ["Date,Cost,Service"], false],
  ["nothing", [""], false],
])("it is a table of Cost Explorer: %s: %j", (_, lines, expected) => {
  expect(findCostExplorer(lines.join("\n")) !== null).toBe(expected);
});

test("lines are months where each begins one, else days; both in UTC", () => {
  expect(read([header, "2026-02-01,1,2,3", "2026-03-01,4,5,9"])).toMatchObject({
    charges: [
      "2026-02-01 2026-03-01 1 USD EC2-Instances",
      "2026-02-01 2026-03-01 2 USD S3",
      "2026-03-01 2026-04-01 4 USD EC2-Instances",
      "2026-03-01 2026-04-01 5 USD S3",
    ],
    until: "2026-04-01",
  });
  expect(read([header, "2026-03-01,1,,1", "2026-03-02,,2,2"])).toMatchObject({
    charges: ["2026-03-01 2026-03-02 1 USD EC2-Instances", "2026-03-02 2026-03-03 2 USD S3"],
    until: "2026-03-03",
  });
});

test("sums are no charges: neither the last column nor a line of totals, in any case", () => {
  expect(
    read([header, "Service total,1,2,3", "2026-03-01,1,2,3", "linked account TOTAL,9,9,18"])?.charges,
  ).toHaveLength(2);
});

test("without a column for each service the sum is all there is", () => {
  expect(read(["Service,Total costs($)", "2026-03-01,3", "2026-03-02,4"])?.charges).toEqual([
    "2026-03-01 2026-03-02 3 USD Total costs",
    "2026-03-02 2026-03-03 4 USD Total costs",
  ]);
});

test("the sign of a column is its currency, and a name keeps what else stands in it", () => {
  expect(
    read([
      "Service,Data (EU) Transfer(€),Tax(GBP),Other(?),EC2 Container Registry (ECR)($),Total costs(€)",
      "2026-03-02,1,2,3,4,10",
    ])?.charges,
  ).toEqual([
    "2026-03-02 2026-03-03 1 EUR Data (EU) Transfer",
    "2026-03-02 2026-03-03 2 GBP Tax",
    "2026-03-02 2026-03-03 3 USD Other",
    "2026-03-02 2026-03-03 4 USD EC2 Container Registry (ECR)",
  ]);
});

test("refunds, tiny amounts and thousands are read to the last digit", () => {
  expect(read([header, '2026-03-02,-0.0000000001,"1,234.5600",0'])?.charges).toEqual([
    "2026-03-02 2026-03-03 -0.0000000001 USD EC2-Instances",
    "2026-03-02 2026-03-03 1234.5600 USD S3",
  ]);
});

test("what is no day or no amount is named with its line, and the rest is read", () => {
  const bill = read([
    header,
    "2026-03-01,1,2,3",
    "yesterday,4,5,9",
    "2026-03-03,free,6,6",
    "2026-02-30,1,1,2",
    "2026-03-04,7",
  ]);
  expect(bill?.charges).toEqual([
    "2026-03-01 2026-03-02 1 USD EC2-Instances",
    "2026-03-01 2026-03-02 2 USD S3",
    "2026-03-03 2026-03-04 6 USD S3",
    "2026-03-04 2026-03-05 7 USD EC2-Instances",
  ]);
  expect(bill?.remarks).toEqual([
    [3, "noDate", { column: '"Service"', cell: '"yesterday"' }],
    [4, "noAmount", { column: '"EC2-Instances($)"', cell: '"free"' }],
    [5, "noDate", { column: '"Service"', cell: '"2026-02-30"' }],
  ]);
});

test("a quote that never ends is told, and what stands above it counts", () => {
  const bill = read([header, "2026-03-01,1,2,3", '2026-03-02,"4,5,9']);
  expect(bill?.charges).toHaveLength(2);
  expect(bill?.remarks.map(([, trouble]) => trouble)).toEqual(["quotes"]);
});

test("the same day of the same service and amount has the same digest in another file, whatever stands beside it", () => {
  const one = read([header, "2026-03-01,1,2,3", "2026-03-02,4,5,9"]);
  const two = read(["Service,S3($),Lambda($),Total costs($)", "2026-03-02,5,1,6"]);
  expect(two?.digests.filter((digest) => one?.digests.includes(digest))).toHaveLength(1);
  expect(new Set(one?.digests).size).toBe(4);
});

test("a table without lines has no end", () => {
  expect(read([header])).toEqual({ charges: [], digests: [], until: null, remarks: [] });
});
