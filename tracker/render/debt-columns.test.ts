import { expect, it } from "vitest";
import { makeReport } from "../testing/make-report.ts";
import { ledgerKeys, ledgerKeysOf } from "./figures/figures.ts";
import { debtDocument } from "./markdown.ts";
import { renderDebt } from "./text/debt.ts";
import { renderMarkdown } from "./write-markdown.ts";

it("a table of debts has a column of dropped ones where any report knows of them, be there none", () => {
  const [older, newer] = [makeReport({ number: 1, cards: 4 }), makeReport({ number: 2, cards: 4 })];
  delete older.debt.dropped;
  newer.debt.dropped = [];
  for (const [reports, hasIt] of [
    [[older], false],
    [[older, newer], true],
    [[newer], true],
  ] as const) {
    const tables = [renderDebt([...reports], { width: 80 }), renderMarkdown(debtDocument([...reports]))];
    for (const table of tables) expect(/\bDropped\b/.test(table)).toBe(hasIt);
    expect(ledgerKeysOf(reports)).toEqual(ledgerKeys.filter((key) => hasIt || key !== "debtDropped"));
  }
});
