import { describe, expect, it } from "vitest";
import type { BillRemark, Budget } from "../core/model/budget.ts";
import { makeReport } from "../testing/make-report.ts";
import { wordsOf } from "../words/languages.ts";
import { budgetComparison, budgetSentences, budgetTally, serviceRows } from "./budget-rows.ts";
import { figureNodes } from "./directives/figures.ts";

/** Two weeks in Vienna, an hour before UTC: from Monday, 5 January 2026, to the end of Friday, the 16th. */
const { sprint } = makeReport({ number: 1, cards: 2 });
const { start, end } = sprint;
/** Midnight of the 9th and of the 12th there. */
const ninth = "2026-01-08T23:00:00.000Z";
const twelfth = "2026-01-11T23:00:00.000Z";

const budget = (more: Partial<Budget> = {}): Budget => ({
  currency: "EUR",
  per: "month",
  planned: "1200.00",
  billedFor: [{ from: start, until: end }],
  plannedForBilled: "1200.00",
  billed: "1234.50",
  billedInParts: "1234.50",
  difference: "34.50",
  behind: [],
  services: [],
  otherCurrencies: [],
  remarks: [],
  ...more,
});

const sentences = (more: Partial<Budget> = {}): string[] =>
  budgetSentences({ ...makeReport({ number: 1, cards: 2 }), budget: budget(more) });

const compared = (more: Partial<Budget>): string[] => budgetComparison({ sprint, budget: budget(more) });

const services = (count: number): Budget["services"] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Service ${index + 1}`,
    planned: null,
    billed: `${count - index}.00`,
  }));

const remark = (index: number, more: Partial<BillRemark> = {}): BillRemark => ({
  file: "bills/january.csv",
  line: index,
  trouble: "noDate",
  values: { column: "Date", cell: "soon" },
  text: "",
  ...more,
});

describe("the tally of a budget", () => {
  it("has the plan beside the bill, each with its currency", () => {
    expect(budgetTally(budget())).toBe("EUR 1,200.00 planned, EUR 1,234.50 billed");
  });

  it("tells a bill over nothing from no bill", () => {
    expect(budgetTally(budget({ billed: "0.00" }))).toBe("EUR 1,200.00 planned, EUR 0.00 billed");
    expect(budgetTally(budget({ billed: null }))).toBe("EUR 1,200.00 planned, no bill yet");
  });

  it("has a minus before what came back, and the places of the currency", () => {
    expect(budgetTally(budget({ currency: "JPY", planned: "9000", billed: "-120" }))).toBe(
      "JPY 9,000 planned, −JPY 120 billed",
    );
  });
});

describe("the table of services", () => {
  it("has no currency, and a dash where nothing is planned", () => {
    const own = { name: "Hosting", planned: "1000.00", billed: "1100.50" };
    const other = { name: "Mail", planned: null, billed: "-3.00" };
    expect(serviceRows(budget({ services: [own, other] }))).toEqual([
      ["Hosting", "1,000.00", "1,100.50"],
      ["Mail", "—", "−3.00"],
    ]);
    expect(serviceRows(budget())).toEqual([]);
  });

  it("names a thirteenth service, since a line that counts one saves none", () => {
    const rows = serviceRows(budget({ services: services(13) }));
    expect(rows.map(([name]) => name)).toEqual(services(13).map(({ name }) => name));
  });

  it("counts those after the twelfth where they are more, without amounts", () => {
    const rows = serviceRows(budget({ services: services(14) }));
    expect(rows).toHaveLength(13);
    expect(rows[11]?.[0]).toBe("Service 12");
    expect(rows[12]).toEqual(["and 2 more", "", ""]);
  });
});

describe("planned and billed in a sentence", () => {
  it("are compared by their difference, which names no sign", () => {
    expect(compared({})).toEqual(["Billed: EUR 34.50 more than planned."]);
    expect(compared({ difference: "-34.50" })).toEqual(["Billed: EUR 34.50 less than planned."]);
    expect(compared({ difference: "0.00" })).toEqual(["Billed: as much as planned."]);
    expect(compared({ difference: "-0.00" })).toEqual(["Billed: as much as planned."]);
    expect(compared({ difference: "0.01" })).toEqual(["Billed: EUR 0.01 more than planned."]);
  });

  it("are not compared where there is no budget, or no bill speaks of the sprint", () => {
    expect(budgetComparison({ sprint })).toEqual([]);
    expect(
      compared({
        billedFor: [],
        plannedForBilled: null,
        billed: null,
        billedInParts: null,
        difference: null,
      }),
    ).toEqual([]);
  });

  it("say of which part of the sprint they speak, in the team's time", () => {
    const part = { plannedForBilled: "400.00", difference: "-10.00" };
    expect(compared({ ...part, billedFor: [{ from: start, until: ninth }] })).toEqual([
      "Billed until 2026-01-09 00:00: EUR 10.00 less than planned for that part of the sprint (EUR 400.00).",
    ]);
    expect(compared({ ...part, billedFor: [{ from: ninth, until: end }] })).toEqual([
      "Billed from 2026-01-09 00:00 until 2026-01-17 00:00: EUR 10.00 less than planned for that part of the sprint (EUR 400.00).",
    ]);
  });

  it("name every part where bills leave days out between them", () => {
    const billedFor = [
      { from: start, until: ninth },
      { from: twelfth, until: end },
    ];
    expect(compared({ billedFor, plannedForBilled: "900.00" })).toEqual([
      "Billed until 2026-01-09 00:00 and from 2026-01-12 00:00 until 2026-01-17 00:00: EUR 34.50 more than planned for that part of the sprint (EUR 900.00).",
    ]);
  });
});

describe("on a page with words of its own, moments are told its way", () => {
  const report = {
    ...makeReport({ number: 1, cards: 2 }),
    budget: budget({
      at: twelfth,
      billedFor: [{ from: ninth, until: end }],
      plannedForBilled: "400.00",
      difference: "-10.00",
      behind: [{ source: "Mail", until: twelfth }],
    }),
  };

  it.each([
    ["en-GB", "12 Jan 2026, 00:00", "from 9 Jan 2026, 00:00 until 17 Jan 2026, 00:00"],
    ["de-AT", "12.01.2026, 00:00", "von 09.01.2026, 00:00 bis 17.01.2026, 00:00"],
  ])("%s: %s", (locale, moment, part) => {
    const words = wordsOf(locale);
    const [charges = "", comparison = "", behind = "", ...rest] = budgetSentences(report, words);
    expect(rest).toEqual([]);
    expect(charges).toContain(moment);
    expect(comparison).toContain(part);
    expect(behind).toContain(`Mail (${locale === "de-AT" ? "bis" : "until"} ${moment})`);
    expect([charges, comparison, behind].join(" ")).not.toMatch(/\d{4}-\d{2}/);
  });

  it("and so they are in a figure of a post, while that of the command line has the short form", () => {
    const textOf = (words?: ReturnType<typeof wordsOf>) =>
      JSON.stringify(figureNodes({ name: "budget" }, report, { links: false, ...(words ? { words } : {}) }));
    expect(textOf(wordsOf("en-GB"))).toContain("Charges up to 12 Jan 2026, 00:00 are counted");
    expect(textOf()).toContain("Charges up to 2026-01-12 00:00 are counted");
  });

  it("and one further remark is one", () => {
    const remarks = Array.from({ length: 9 }, (_, index) => remark(index + 1));
    const last = (locale: string) =>
      budgetSentences({ ...report, budget: budget({ remarks }) }, wordsOf(locale)).at(-1);
    expect(last("en-GB")).toBe("There is 1 more such remark on a bill: see npx sprintcast doctor.");
    expect(last("de-AT")).toMatch(/^Es gibt 1 weiteren solchen Hinweis /);
  });
});

describe("what is said beside the amounts", () => {
  it("is nothing where no budget is set", () => {
    expect(budgetSentences(makeReport({ number: 1, cards: 2 }))).toEqual([]);
  });

  it("is the comparison alone where all is plain", () => {
    expect(sentences()).toEqual(["Billed: EUR 34.50 more than planned."]);
  });

  it("says up to when charges count before it compares", () => {
    expect(sentences({ at: twelfth })).toEqual([
      "Charges up to 2026-01-12 00:00 are counted, whenever their bill came.",
      "Billed: EUR 34.50 more than planned.",
    ]);
  });

  it("names whose bills end early, but not again where the comparison has said so", () => {
    const billedFor = [{ from: start, until: ninth }];
    const known = { source: "Hosting", until: ninth };
    expect(sentences({ billedFor, behind: [known] })).toHaveLength(1);
    const said = sentences({ billedFor, behind: [known, { source: "Mail", until: twelfth }] });
    expect(said.slice(1)).toEqual([
      "Not billed to the end: Hosting (until 2026-01-09 00:00), Mail (until 2026-01-12 00:00).",
    ]);
    const [, other] = sentences({ behind: [{ source: "Mail", until: twelfth }] });
    expect(other).toBe("Not billed to the end: Mail (until 2026-01-12 00:00).");
  });

  it("takes the end of the last part as what the comparison has said", () => {
    const until = "2026-01-14T23:00:00.000Z";
    const billedFor = [
      { from: start, until: ninth },
      { from: twelfth, until },
    ];
    expect(sentences({ billedFor, behind: [{ source: "Hosting", until }] })).toHaveLength(1);
    expect(sentences({ billedFor, behind: [{ source: "Hosting", until: ninth }] })).toHaveLength(2);
  });

  it("never adds amounts of other currencies", () => {
    const otherCurrencies = [
      { currency: "USD", billed: "12.00" },
      { currency: "CHF", billed: "-1.50" },
    ];
    expect(sentences({ otherCurrencies }).slice(1)).toEqual([
      "Also billed, and not added: USD 12.00, −CHF 1.50.",
    ]);
  });

  it("tells where a bill is amiss by its file and line, or by the file alone", () => {
    const [, line, whole] = sentences({ remarks: [remark(3), remark(0, { line: null, trouble: "empty" })] });
    expect(line).toBe("bills/january.csv:3: Date is no date: soon.");
    expect(whole).toBe("bills/january.csv: it is empty.");
  });

  it("tells eight remarks and counts the others", () => {
    const remarks = Array.from({ length: 11 }, (_, index) => remark(index + 1));
    expect(sentences({ remarks: remarks.slice(0, 8) })).toHaveLength(9);
    const said = sentences({ remarks });
    expect(said).toHaveLength(10);
    expect(said[8]).toContain("january.csv:8:");
    expect(said[9]).toBe("There are 3 more such remarks on bills: see npx sprintcast doctor.");
  });
});
