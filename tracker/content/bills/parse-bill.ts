import { CsvError, parse } from "csv-parse/sync";
import type { BillRemark, Charge } from "../../core/model/budget.ts";
import { currencyOf, type Moment, parseAmount, parseMoment } from "./cells.ts";
import { costExplorerCharges, findCostExplorer } from "./cost-explorer.ts";
import { type BillFormat, billFormats } from "./formats.ts";
import { type BillHeader, findHeader, firstRecords } from "./header.ts";
import { digestOf, type ParsedBill, type ReadCharges, type Remark } from "./parsed-bill.ts";

export interface BillRules {
  /** A format of the team's own, tried before the known ones. */
  own: BillFormat | null;
  /** Of bills that name no currency. */
  currency: string;
}

/** More than this is not told line by line. */
const mostRemarks = 20;

/** Reads one CSV export. What cannot be read is in `remarks`, with its line; nothing is thrown. */
export function parseBill(text: string, file: string, rules: BillRules): ParsedBill {
  const remarks: BillRemark[] = [];
  const remark = (line: number | null, words: string) => void remarks.push({ file, line, text: words });
  const own = rules.own === null ? [] : [rules.own];
  const header = findHeader(text, [...own, ...billFormats]);
  const wide = header === null ? findCostExplorer(text) : null;
  const read: ReadCharges =
    header !== null
      ? chargesBelow(text, header, rules, remark)
      : wide !== null
        ? costExplorerCharges(text, wide, remark)
        : { source: file, charges: [], digests: [], until: null };
  if (header === null && wide === null) remark(null, unknownColumns(text));
  else if (read.charges.length === 0 && remarks.length === 0) remark(null, "it holds no charge");
  return { file, ...read, remarks: shortened(remarks, file) };
}

function unknownColumns(text: string): string {
  const names = firstRecords(text)[0]?.record ?? [];
  const shown = names.slice(0, 8).join(", ");
  const known = [...billFormats.map(({ name }) => name), "AWS Cost Explorer"].join(", ");
  return names.length === 0
    ? "it is empty"
    : `its columns are those of no known bill (${known}): ${shown}${names.length > 8 ? ", …" : ""}; name them in settings.yml with budget.columns`;
}

function shortened(remarks: BillRemark[], file: string): BillRemark[] {
  if (remarks.length <= mostRemarks) return remarks;
  const more = remarks.length - mostRemarks;
  return [
    ...remarks.slice(0, mostRemarks),
    { file, line: null, text: `${more} more of its lines cannot be read` },
  ];
}

function chargesBelow(text: string, header: BillHeader, rules: BillRules, remark: Remark): ReadCharges {
  const charges: Charge[] = [];
  const digests: string[] = [];
  const readLine = lineReader(header, rules);
  let source = header.format.name;
  try {
    parse(text, {
      bom: true,
      delimiter: header.delimiter,
      fromLine: header.line + 1,
      relaxColumnCount: true,
      skipEmptyLines: true,
      onRecord: (record: string[], { lines }) => {
        const charge = readLine(record);
        if (typeof charge === "string") remark(lines, charge);
        else if (charge !== null) {
          if (charges.length === 0) source = cellOf(record, header.at.source) || source;
          charges.push(charge);
          digests.push(digestOf(record));
        }
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    remark(lineOf(error), `it is not read from here on: ${error.message}`);
  }
  return { source, charges, digests, until: untilOf(charges, header.format) };
}

const lineOf = (error: CsvError): number | null => {
  const line: unknown = Reflect.get(error, "lines");
  return typeof line === "number" ? line : null;
};

const cellOf = (record: readonly string[], place: number | null): string =>
  place === null ? "" : (record[place]?.trim() ?? "");

/** A reader of lines: a charge, what is wrong with the line, or null for a sum of others. */
function lineReader({ format, delimiter, at, columns, sums, currency }: BillHeader, rules: BillRules) {
  const { timeZone = "UTC", monthFirst = false, lastDayIncluded = false } = format;
  const moments = new Map<string, Moment | null>();
  const momentIn = (cell: string): Moment | null => {
    const known = moments.get(cell);
    if (known !== undefined) return known;
    const read = parseMoment(cell, { timeZone, monthFirst });
    moments.set(cell, read);
    return read;
  };
  const name = (place: number | null): string => JSON.stringify(columns[place ?? 0] ?? "");
  return (record: string[]): Charge | string | null => {
    if (sums !== null && format.sums?.values.includes(cellOf(record, sums))) return null;
    const [fromCell, costCell] = [cellOf(record, at.from), cellOf(record, at.cost)];
    const from = momentIn(fromCell);
    if (from === null) return `${name(at.from)} is no date: ${JSON.stringify(fromCell)}`;
    const cost = parseAmount(costCell, delimiter === ";");
    if (cost === null) return `${name(at.cost)} is no amount: ${JSON.stringify(costCell)}`;
    const toCell = cellOf(record, at.to);
    const last = toCell === "" ? null : momentIn(toCell);
    if (toCell !== "" && last === null) return `${name(at.to)} is no date: ${JSON.stringify(toCell)}`;
    const to = last === null ? from.end : lastDayIncluded ? last.end : last.start;
    if (to < from.start) return `it ends (${toCell}) before it begins (${fromCell})`;
    const written = cellOf(record, at.currency) || cost.currency || (currency ?? rules.currency);
    const code = currencyOf(written.toUpperCase());
    if (code === null) return `${JSON.stringify(written)} is no currency code, expected one such as EUR`;
    const service = cellOf(record, at.service) || format.name;
    return { from: from.start, to, cost: cost.amount, currency: code, service };
  };
}

const day = 24 * 3_600_000;

/**
 * How far a bill reaches. One that tells day by day may have a line for a whole month that is not over: it reaches as far
 * as its newest line. Any other reaches as far as any of its lines.
 */
function untilOf(charges: readonly Charge[], { isDaily = false }: BillFormat): number | null {
  const isNewest = isDaily && tellsByDays(charges);
  let last: Charge | null = null;
  for (const charge of charges) if (last === null || isLater(charge, last, isNewest)) last = charge;
  return last === null ? null : last.to;
}

/** Most days from its first line to its newest begin one of their own. */
function tellsByDays(charges: readonly Charge[]): boolean {
  const days = new Set<number>();
  let [first, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { from, to } of charges) {
    first = Math.min(first, from);
    newest = Math.max(newest, from);
    if (to - from <= day + 2 * 3_600_000) days.add(Math.floor(from / day));
  }
  return 2 * days.size >= Math.floor(newest / day) - Math.floor(first / day) + 1;
}

const isLater = (a: Charge, b: Charge, byStart: boolean): boolean =>
  byStart && a.from !== b.from ? a.from > b.from : a.to > b.to;
