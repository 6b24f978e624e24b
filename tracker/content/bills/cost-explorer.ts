import { CsvError, parse } from "csv-parse/sync";
import type { Charge } from "../../core/model/budget.ts";
import { currencyOf, parseAmount, parseMoment } from "./cells.ts";
import { firstRecords, signIn } from "./header.ts";
import { csvTrouble, digestOf, lineOf, type ReadCharges, type Remark, trouble } from "./parsed-bill.ts";

/** The table that AWS Cost Explorer saves: a line for each day or month, a column for each service, sums at the edges. */
interface CostExplorer {
  line: number;
  columns: string[];
}

const sumColumn = /^total costs?\s*\(/i;

export function findCostExplorer(text: string): CostExplorer | null {
  const found = firstRecords(text).find(({ record }) => sumColumn.test(record.at(-1)?.trim() ?? ""));
  return found === undefined ? null : { line: found.line, columns: found.record };
}

/** Its lines are months where each of them begins one, else days; both in UTC. */
export function costExplorerCharges(
  text: string,
  { line, columns }: CostExplorer,
  remark: Remark,
): ReadCharges {
  const rows: { day: string; record: string[]; line: number }[] = [];
  try {
    parse(text, {
      bom: true,
      fromLine: line + 1,
      relaxColumnCount: true,
      skipEmptyLines: true,
      onRecord: (record: string[], { lines }) => {
        const day = record[0]?.trim() ?? "";
        if (!/ total$/i.test(day)) rows.push({ day, record, line: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    remark(lineOf(error), csvTrouble(error));
  }
  const isMonthly = rows.every(({ day }) => /^\d{4}-\d{2}-01$/.test(day));
  // Without a column for each service there is only the sum.
  const priced = columns.length > 2 ? columns.slice(1, -1) : columns.slice(1);
  const found = rows.flatMap(({ day, record, line: at }) => {
    const span = parseMoment(isMonthly ? day.slice(0, 7) : day, { timeZone: "UTC", monthFirst: false });
    if (span === null)
      remark(at, trouble("noDate", { column: JSON.stringify(columns[0] ?? ""), cell: JSON.stringify(day) }));
    if (span === null) return [];
    return priced.flatMap((column, index): { charge: Charge; digest: string }[] => {
      const cell = record[index + 1]?.trim() ?? "";
      if (cell === "") return [];
      const cost = parseAmount(cell, false);
      if (cost === null)
        remark(at, trouble("noAmount", { column: JSON.stringify(column), cell: JSON.stringify(cell) }));
      if (cost === null) return [];
      const service = column.replace(/\s*\([^)]*\)$/, "").trim();
      const currency = currencyOf(signIn(column) ?? "$") ?? "USD";
      const charge = { from: span.start, to: span.end, cost: cost.amount, currency, service };
      return [{ charge, digest: digestOf([day, column, cell]) }];
    });
  });
  const charges = found.map(({ charge }) => charge);
  const until = charges.length === 0 ? null : Math.max(...charges.map(({ to }) => to));
  return { source: "AWS", charges, digests: found.map(({ digest }) => digest), until };
}
