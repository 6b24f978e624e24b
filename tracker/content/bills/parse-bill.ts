import { CsvError, parse } from "csv-parse/sync";
import type { BillRemark, BillTrouble, Charge } from "../../core/model/budget.ts";
import { currencyOf, type Moment, parseAmount, parseMoment } from "./cells.ts";
import { costExplorerCharges, findCostExplorer } from "./cost-explorer.ts";
import { type BillFormat, billFormats } from "./formats.ts";
import { type BillHeader, findHeader, firstRecords } from "./header.ts";
import {
  billRemark,
  csvTrouble,
  digestOf,
  lineOf,
  type ParsedBill,
  type ReadCharges,
  type Remark,
  type Trouble,
  trouble,
} from "./parsed-bill.ts";

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
  const remark: Remark = (line, told) => void remarks.push(billRemark(file, line, told));
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
  else if (read.charges.length === 0 && remarks.length === 0) remark(null, trouble("noCharge"));
  return { file, ...read, remarks: shortened(remarks, file) };
}

function unknownColumns(text: string): Trouble {
  const names = firstRecords(text)[0]?.record ?? [];
  const columns = `${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;
  const known = [...billFormats.map(({ name }) => name), "AWS Cost Explorer"].join(", ");
  return names.length === 0 ? trouble("empty") : trouble("unknownColumns", { known, columns });
}

function shortened(remarks: BillRemark[], file: string): BillRemark[] {
  if (remarks.length <= mostRemarks) return remarks;
  const more = remarks.length - mostRemarks;
  return [...remarks.slice(0, mostRemarks), billRemark(file, null, trouble("moreLines", { n: more }))];
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
        if (charge !== null && "trouble" in charge) remark(lines, charge);
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
    remark(lineOf(error), csvTrouble(error));
  }
  return { source, charges, digests, until: untilOf(charges, header.format) };
}

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
  const told = (name: BillTrouble, place: number | null, cell: string) =>
    trouble(name, { column: JSON.stringify(columns[place ?? 0] ?? ""), cell: JSON.stringify(cell) });
  return (record: string[]): Charge | Trouble | null => {
    if (sums !== null && format.sums?.values.includes(cellOf(record, sums))) return null;
    const [fromCell, costCell] = [cellOf(record, at.from), cellOf(record, at.cost)];
    const from = momentIn(fromCell);
    if (from === null) return told("noDate", at.from, fromCell);
    const cost = parseAmount(costCell, delimiter === ";");
    if (cost === null) return told("noAmount", at.cost, costCell);
    const toCell = cellOf(record, at.to);
    const last = toCell === "" ? null : momentIn(toCell);
    if (toCell !== "" && last === null) return told("noDate", at.to, toCell);
    const to = last === null ? from.end : lastDayIncluded ? last.end : last.start;
    if (to < from.start) return trouble("endsBefore", { from: fromCell, to: toCell });
    const written = cellOf(record, at.currency) || cost.currency || (currency ?? rules.currency);
    const code = currencyOf(written.toUpperCase());
    if (code === null) return trouble("noCurrency", { cell: JSON.stringify(written) });
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
