import { createHash } from "node:crypto";
import type { Bill } from "../../core/model/budget.ts";

/** A bill with a digest of each charge's whole line, in the same order: the same line in two files is one charge. */
export interface ParsedBill extends Bill {
  digests: string[];
}

export type ReadCharges = Omit<ParsedBill, "remarks" | "file">;

/** Told of a line that cannot be read, in words without a full stop; null: the whole file. */
export type Remark = (line: number | null, words: string) => void;

export const digestOf = (record: readonly string[]): string =>
  createHash("sha1").update(JSON.stringify(record)).digest("base64");
