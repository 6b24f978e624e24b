import { describe, expect, it } from "vitest";
import { type BillFormat, billFormats } from "./formats.ts";
import { findHeader, firstRecords, signIn } from "./header.ts";

const plain: BillFormat = {
  name: "Plain",
  columns: {
    from: ["from"],
    to: ["until", "to"],
    cost: ["total"],
    service: ["product"],
    currency: ["currency"],
  },
};

const headerIn = (text: string, formats: readonly BillFormat[] = [plain]) => findHeader(text, formats);

/** So many lines of two cells, which name no column. */
const preamble = (lines: number): string => "Customer,7\n".repeat(lines);

describe("the header of a bill", () => {
  it("is found with the place of every column, in whatever order they stand", () => {
    expect(headerIn("total,Note,from,currency,until\n1,,2026-01-01,EUR,2026-01-02\n")).toMatchObject({
      format: { name: "Plain" },
      delimiter: ",",
      line: 1,
      at: { from: 2, to: 4, cost: 0, service: null, currency: 3, source: null },
      sums: null,
      currency: null,
    });
  });

  it("is found in any case, with spaces, quotes and a mark of byte order", () => {
    expect(headerIn('\uFEFF"FROM", Until ,"Total"\r\n')?.at).toMatchObject({ from: 0, to: 1, cost: 2 });
  });

  it.each([",", ";", "\t"])("is found with the delimiter %j", (delimiter) => {
    const found = headerIn(`${["from", "to", "total"].join(delimiter)}\n`);
    expect(found).toMatchObject({ delimiter, columns: ["from", "to", "total"] });
  });

  it("takes the first name that stands there, where a column has several", () => {
    expect(headerIn("to,until,from,total\n")?.at.to).toBe(1);
    expect(headerIn("to,from,total\n")?.at.to).toBe(0);
  });

  it("is none without a column that says when or how much", () => {
    expect(headerIn("from,until,product\n")).toBeNull();
    expect(headerIn("until,total\n")).toBeNull();
    expect(headerIn("from,total\n")).toBeNull();
    expect(headerIn("")).toBeNull();
  });

  it("needs every column of a format that says so", () => {
    const strict = { ...plain, needsAll: true };
    expect(headerIn("from,to,total,product\n", [strict])).toBeNull();
    expect(headerIn("from,to,total,product,currency\n", [strict])).not.toBeNull();
  });

  it("is that of the first format that fits", () => {
    const other = { ...plain, name: "Other" };
    expect(headerIn("from,to,total\n", [{ ...plain, needsAll: true }, other, plain])?.format.name).toBe(
      "Other",
    );
  });

  it("may stand below some lines, blank ones among them, and knows its own line", () => {
    expect(headerIn(`${preamble(2)}\n\nfrom,to,total\n`)?.line).toBe(5);
    expect(headerIn(`${preamble(39)}from,to,total\n`)?.line).toBe(40);
    expect(headerIn(`${preamble(40)}from,to,total\n`)).toBeNull();
  });

  it("has the currency that a line above names, before the sign of the cost's column", () => {
    const google = "Usage start date,Usage end date,Service description,Cost ($)\n";
    expect(findHeader(google, billFormats)).toMatchObject({
      format: { name: "Google Cloud" },
      currency: "$",
    });
    expect(findHeader(`Invoice,1\nCurrency, EUR \n${google}`, billFormats)?.currency).toBe("EUR");
  });

  it("is found where the beginning ends within quotes", () => {
    const long = `from,to,total\n2026-01-01,2026-01-02,"${"\n".repeat(60)}"\n`;
    expect(headerIn(long)?.line).toBe(1);
  });
});

describe("the first records of a file", () => {
  it("are told with their lines, without blank ones", () => {
    expect(firstRecords("a,b\n\nc\n")).toEqual([
      { record: ["a", "b"], line: 1 },
      { record: ["c"], line: 3 },
    ]);
  });
});

describe("the sign in a column's name", () => {
  it("is what stands in brackets", () => {
    expect([signIn("Cost ($)"), signIn("Cost (EUR)"), signIn("Cost")]).toEqual(["$", "EUR", null]);
  });
});
