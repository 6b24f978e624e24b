import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowOn, takes } from "../testing/flow-on.ts";
import { makeReport } from "../testing/make-report.ts";
import { boardCsv, debtCsv, flowCsv, renderCsv, reportCsv } from "./csv.ts";

/** Fields of RFC 4180 text, read character by character. */
function read(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = "";
  let isQuoted = false;
  const end = () => {
    rows.at(-1)?.push(field);
    field = "";
  };
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (isQuoted && c === '"' && text.charAt(i + 1) === '"') {
      field += '"';
      i++;
    } else if (c === '"') isQuoted = !isQuoted;
    else if (isQuoted) field += c;
    else if (c === ",") end();
    else if (c === "\n") {
      end();
      rows.push([]);
    } else field += c;
  }
  return rows.slice(0, -1);
}

const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    'a,"b"',
    "=1+1",
    "  @x",
    "\t-2",
    "\n=cmd",
    "\u001b[31mred",
    "+",
    "'",
    "\ud800",
    "a\r\nb",
    "＝1+1",
    "＠x",
  ),
);

describe("CSV", () => {
  it("has as many fields in every row as columns, whatever stands in them, each row on a line of its own", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { maxLength: 6 }), (rows) => {
        const text = renderCsv(["a", "=b"], rows);
        const found = read(text);
        expect(found.map((row) => row.length)).toEqual(Array.from({ length: rows.length + 1 }, () => 2));
        expect(text.split("\n")).toHaveLength(rows.length + 2);
        // No field is a formula, and none holds what a terminal would obey.
        for (const field of found.flat()) expect(field).not.toMatch(/^[\s\uFFFD]*[=+\-@＝＋－＠]|\p{Cc}/u);
      }),
      { seed: 71, numRuns: 300 },
    );
  });

  it("keeps numbers numbers, negative ones too, and unknown empty", () => {
    expect(renderCsv(["n"], [[-0.5], [0], [null], [undefined], [true], [false], ["-0.5"]])).toBe(
      'n\n-0.5\n0\n""\n""\ntrue\nfalse\n\'-0.5\n'.replaceAll('""\n', "\n"),
    );
  });
});

describe("a report's CSV", () => {
  const report = makeReport({ number: 3, cards: 12 });
  const rows = read(reportCsv(report));
  const named = (name: string) => rows.filter(([, , own]) => own === name);

  it("has each figure once, as the report has it, and a row for each card of each list", () => {
    expect(named("committed").map((row) => row[6])).toEqual([String(report.effort.committed)]);
    expect(named("debt.open").map((row) => row[6])).toEqual([String(report.debt.open)]);
    for (const list of ["done", "unexpected", "carriedOver", "freezebox"] as const)
      expect(named(list).map((row) => row[3])).toEqual(report[list].map(({ number }) => String(number)));
    const figures = rows.filter(([, row]) => row === "figure").map(([, , name]) => name);
    expect(new Set(figures).size).toBe(figures.length);
  });

  it("leaves a sum of sizes empty where no task has an estimate: it is unknown, not 0", () => {
    const { counts } = report.effort;
    const sums = {
      committed: 0,
      added: 0,
      final: 0,
      completed: 0,
      notCompleted: 0,
      reestimated: 0,
      sayDo: null,
    };
    const debt = { ...report.debt, open: 2, unestimated: 2, daysOwed: 0 };
    const effort = { ...report.effort, ...sums, actual: 1.5, unestimated: { ...counts } };
    const bare = read(reportCsv({ ...report, effort, debt }));
    const amountOf = (name: string) => bare.find(([, , own]) => own === name)?.[6];
    for (const name of [...Object.keys(sums), "debt.daysOwed"]) expect(amountOf(name), name).toBe("");
    expect(amountOf("counts.final")).toBe(String(counts.final));
    expect(amountOf("actual")).toBe("1.5");
    const one = { ...effort, unestimated: { committed: 0, final: 0 } };
    expect(read(reportCsv({ ...report, effort: one })).find(([, , own]) => own === "added")?.[6]).toBe("0");
  });

  it("names the team in a last column, and has none where there are no teams", () => {
    const ofTeam = { ...report, sprint: { ...report.sprint, team: "=Api" } };
    const told = read(reportCsv(ofTeam));
    expect(told.map((row) => row.at(-1))).toEqual(["team", ...told.slice(1).map(() => "'=Api")]);
    expect(rows[0]).not.toContain("team");
    expect(new Set(told.map((row) => row.length)).size).toBe(1);
  });

  it("has a card's row for each card of a board, lane by lane", () => {
    const board = read(boardCsv(report.sprint, report.boards.end)).slice(1);
    expect(board.map((row) => [row[2], row[3]])).toEqual(
      report.boards.end.lanes.flatMap(({ name, cards }) => cards.map(({ number }) => [name, String(number)])),
    );
  });
});

describe("a board's CSV", () => {
  const { sprint, boards } = makeReport({ number: 3, cards: 8 });
  const hiding = (hidden: number[]) => ({
    ...boards.end,
    lanes: boards.end.lanes.map((lane, index) => ({ ...lane, hidden: hidden[index] ?? 0 })),
  });

  it.each([[[]], [[12]], [[12, 0, 1]]])(
    "where lanes hide %j cards, it says how many are missing, each below its lane",
    (hidden) => {
      const board = hiding(hidden);
      const rows = read(boardCsv(sprint, board)).slice(1);
      const expected = board.lanes.flatMap((lane) => [
        ...lane.cards.map(({ number, title }) => [lane.name, String(number), title]),
        ...(lane.hidden === 0 ? [] : [[lane.name, "", `and ${lane.hidden} more, not listed here`]]),
      ]);
      expect(rows.map((row) => row.slice(2, 5))).toEqual(expected);
    },
  );

  it("has as many fields in such a row as in any other, the team's in the last", () => {
    const rows = read(boardCsv({ ...sprint, team: "Api" }, hiding([3])));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.slice(1).map((row) => row.at(-1))).toEqual(rows.slice(1).map(() => "Api"));
  });

  it("adds nothing to the sum of sizes", () => {
    const [row] = read(boardCsv(sprint, hiding([3]))).filter((one) => one[4]?.startsWith("and 3 more"));
    expect(row?.slice(5)).toEqual(["", "", "", "", "", "", ""]);
  });
});

describe("the ledger of several teams", () => {
  it("has a row of as many fields for each sprint, an empty one where a sprint is nobody's", () => {
    const [ours, nobodys] = [1, 2].map((number) => makeReport({ number, cards: 3 }));
    if (ours === undefined || nobodys === undefined) throw new Error("two reports were made");
    const found = read(debtCsv([{ ...ours, sprint: { ...ours.sprint, team: "Api" } }, nobodys]));
    expect(found.map((row) => row.at(-1))).toEqual(["team", "Api", ""]);
    expect(new Set(found.map((row) => row.length)).size).toBe(1);
    expect(read(debtCsv([]))).toHaveLength(1);
  });
});

const budget = {
  currency: "EUR",
  per: "month" as const,
  planned: "100.00",
  billedFor: [],
  plannedForBilled: null,
  billed: "-3.50",
  billedInParts: null,
  difference: null,
  behind: [],
  services: [{ name: "=Mail", planned: null, billed: "0.00" }],
  otherCurrencies: [{ currency: "USD", billed: "12.30" }],
  remarks: [],
};

describe("the budget in a report's CSV", () => {
  it("has amounts as numbers beside their currency, unknown ones empty, and two rows for each service", () => {
    const rows = read(reportCsv({ ...makeReport({ number: 2, cards: 3 }), budget }));
    const found = rows.filter(([, , name]) => name?.startsWith("budget."));
    expect(found.map((row) => [row[1], row[2], row[4], row[6]])).toEqual([
      ["figure", "budget.planned.EUR", "", "100"],
      ["figure", "budget.billed.EUR", "", "-3.5"],
      ["figure", "budget.plannedForBilled.EUR", "", ""],
      ["figure", "budget.billedInParts.EUR", "", ""],
      ["figure", "budget.difference.EUR", "", ""],
      ["figure", "budget.billed.USD", "", "12.3"],
      ["service", "budget.planned.EUR", "'=Mail", ""],
      ["service", "budget.billed.EUR", "'=Mail", "0"],
    ]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([9]));
  });
});

describe("amounts of money in a report's CSV", () => {
  it.each([
    ["12345678901234567890.12", "12345678901234567890.12"],
    ["9007199254740993.00", "9007199254740993"],
    ["-100000000000000000000000.10", "-100000000000000000000000.1"],
    ["1200", "1200"],
    ["-3.50", "-3.5"],
    ["0.00", "0"],
    ["-0.00", "0"],
    ["0.05", "0.05"],
    ["100", "100"],
    ["=1+1", ""],
    ["1e99", ""],
  ])("%s is the number %s, to the last digit", (billed, told) => {
    const rows = read(reportCsv({ ...makeReport({ number: 2, cards: 3 }), budget: { ...budget, billed } }));
    expect(rows.find(([, , name]) => name === "budget.billed.EUR")?.[6]).toBe(told);
  });
});

describe("the CSV of a flow", () => {
  it("has the days of each lane beside their working days, and as many fields in each row", () => {
    // Created on Friday, 10 May 2024, begun on the 11th and closed on the 14th, a Tuesday.
    const flow = flowOn([takes(1, "10", "11", "14")]);
    const [head = [], ...rows] = read(flowCsv(flow));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(head.length);
    const cell = (name: string) => rows[0]?.[head.indexOf(name)];
    expect(["row", "issue", "lead", "cycle", "blocked", "in In progress"].map(cell)).toEqual([
      "finished",
      "1",
      "4",
      "3",
      "0",
      "3",
    ]);
    expect(["lead, working days", "cycle, working days"].map(cell)).toEqual(["2", "1"]);
  });
});
