import { CsvError, parse } from "csv-parse/sync";
import type { BillColumns, BillFormat } from "./formats.ts";

/** Where the columns of a format stand in one file. */
export interface BillHeader {
  format: BillFormat;
  delimiter: string;
  /** 1-based line that names the columns. */
  line: number;
  columns: string[];
  at: { [Role in keyof BillColumns]-?: number | null };
  sums: number | null;
  /** The currency that the lines above name, or the sign in the name of the cost's column. */
  currency: string | null;
}

/** Some exports say whose bill it is before they begin. */
const longestPreamble = 40;
const delimiters = [",", ";", "\t"];
const roles = ["from", "to", "cost", "service", "currency"] as const;

const isNeeded = (role: (typeof roles)[number], { needsAll = false }: BillFormat): boolean =>
  needsAll || role === "from" || role === "to" || role === "cost";

/** Finds the line that names the columns of one of the formats; null where none fits. */
export function findHeader(text: string, formats: readonly BillFormat[]): BillHeader | null {
  for (const delimiter of delimiters) {
    const records = firstRecords(text, delimiter);
    for (const [index, { record, line }] of records.entries())
      for (const format of formats) {
        const at = placesOf(format.columns, record);
        const isWhole = roles.every(
          (role) => at[role] !== null || format.columns[role] === undefined || !isNeeded(role, format),
        );
        if (!isWhole) continue;
        return {
          format,
          delimiter,
          line,
          columns: record,
          at,
          sums: format.sums === undefined ? null : placeOf([format.sums.column], record),
          currency:
            currencyAbove(records.slice(0, index).map((above) => above.record)) ??
            signIn(record[at.cost ?? 0] ?? ""),
        };
      }
  }
  return null;
}

interface FirstRecord {
  record: string[];
  line: number;
}

/** The first records of a file, where any could name the columns. */
export function firstRecords(text: string, delimiter = ","): FirstRecord[] {
  const records: FirstRecord[] = [];
  try {
    parse(beginningOf(text), {
      bom: true,
      delimiter,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      onRecord: (record: string[], { lines }) => {
        records.push({ record, line: lines });
        return null;
      },
    });
  } catch (error) {
    // The beginning may end within quotes.
    if (!(error instanceof CsvError)) throw error;
  }
  return records;
}

function beginningOf(text: string): string {
  let end = 0;
  for (let line = 0; line < longestPreamble; line += 1) {
    end = text.indexOf("\n", end) + 1;
    if (end === 0) return text;
  }
  return text.slice(0, end);
}

function placeOf(names: readonly (string | RegExp)[] | undefined, columns: readonly string[]): number | null {
  for (const name of names ?? []) {
    const isIt = (column: string): boolean =>
      typeof name === "string"
        ? column.trim().toLowerCase() === name.toLowerCase()
        : name.test(column.trim());
    const place = columns.findIndex(isIt);
    if (place >= 0) return place;
  }
  return null;
}

const placesOf = (wanted: BillColumns, columns: readonly string[]): BillHeader["at"] => ({
  from: placeOf(wanted.from, columns),
  to: placeOf(wanted.to, columns),
  cost: placeOf(wanted.cost, columns),
  service: placeOf(wanted.service, columns),
  currency: placeOf(wanted.currency, columns),
  source: placeOf(wanted.source, columns),
});

const currencyAbove = (records: readonly string[][]): string | null =>
  records.find(([name]) => name?.trim().toLowerCase() === "currency")?.[1]?.trim() ?? null;

/** "Cost ($)" is in the currency of its sign; names may have brackets of their own before it: "Registry (ECR)($)". */
export const signIn = (column: string): string | null => /\(([^()]*)\)[^()]*$/.exec(column)?.[1] ?? null;
