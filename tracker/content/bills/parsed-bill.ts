import { createHash } from "node:crypto";
import type { CsvError } from "csv-parse/sync";
import type { Bill, BillRemark, BillTrouble } from "../../core/model/budget.ts";
import { billText } from "../../words/bill-text.ts";
import { english } from "../../words/words.ts";

/** A bill with a digest of each charge's whole line, in the same order: the same line in two files is one charge. */
export interface ParsedBill extends Bill {
  digests: string[];
}

export type ReadCharges = Omit<ParsedBill, "remarks" | "file">;

/** What is amiss, and what its words are filled with. */
export interface Trouble {
  trouble: BillTrouble;
  values: BillRemark["values"];
}

export const trouble = (name: BillTrouble, values: BillRemark["values"] = {}): Trouble => ({
  trouble: name,
  values,
});

/** Told of a line that cannot be read; null: the whole file. */
export type Remark = (line: number | null, told: Trouble) => void;

export const billRemark = (file: string, line: number | null, told: Trouble): BillRemark => ({
  file,
  line,
  ...told,
  text: billText(english, told),
});

export const digestOf = (record: readonly string[]): string =>
  createHash("sha1").update(JSON.stringify(record)).digest("base64");

/** Why a file is read no further. */
export const csvTrouble = ({ code, message }: CsvError): Trouble =>
  code.includes("QUOTE") ? trouble("quotes") : trouble("broken", { why: message });

export function lineOf(error: CsvError): number | null {
  const line: unknown = Reflect.get(error, "lines");
  return typeof line === "number" ? line : null;
}
