import { isUtf8 } from "node:buffer";
import { glob, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import Big from "big.js";
import type { Bill, Charge } from "../../core/model/budget.ts";
import { type BudgetSettings, ownFormat } from "../budget-schema.ts";
import { unreadable } from "../files.ts";
import { parseBill } from "./parse-bill.ts";
import { billRemark, type ParsedBill, type Trouble, trouble } from "./parsed-bill.ts";

/**
 * Reads every bill that the settings name, below the content folder. A line that stands in two files is
 * one charge. Throws ContentError `content-unreadable` where a file cannot be read.
 */
export async function readBills(dir: string, budget: BudgetSettings): Promise<Bill[]> {
  const files = new Set<string>();
  const missing: Bill[] = [];
  const patterns = typeof budget.bills === "string" ? [budget.bills] : budget.bills;
  for (const pattern of patterns) {
    for await (const file of glob(pattern, { cwd: dir })) files.add(file.split(sep).join("/"));
  }
  if (files.size === 0) missing.push(emptyBill(patterns.join(", "), trouble("notThere")));
  const bills: ParsedBill[] = [];
  const rules = { own: ownFormat(budget), currency: budget.currency };
  for (const file of [...files].sort()) {
    const text = await textOf(join(dir, file));
    if (text === null) missing.push(emptyBill(file, trouble("notUtf8")));
    else bills.push(parseBill(text, file, rules));
  }
  return [...countedOnce(bills), ...missing];
}

const emptyBill = (file: string, told: Trouble): Bill => ({
  file,
  source: file,
  charges: [],
  until: null,
  remarks: [billRemark(file, null, told)],
});

/** Null: it is not UTF-8. */
async function textOf(path: string): Promise<string | null> {
  try {
    const bytes = await readFile(path);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? await promisify(gunzip)(bytes) : bytes;
    return isUtf8(plain) ? plain.toString("utf8") : null;
  } catch (cause) {
    throw unreadable(path, cause, "a bill as CSV, or packed with gzip,");
  }
}

/** One charge for all of the same time, service and currency: an export may have a million lines, and reports ask again and again. */
function summed(charges: readonly Charge[]): Charge[] {
  const sums = new Map<string, { charge: Charge; cost: Big }>();
  for (const charge of charges) {
    const { from, to, currency, service, cost } = charge;
    const key = JSON.stringify([from, to, currency, service]);
    const known = sums.get(key);
    if (known === undefined) sums.set(key, { charge, cost: new Big(cost) });
    else known.cost = known.cost.plus(cost);
  }
  return [...sums.values()].map(({ charge, cost }) => ({ ...charge, cost: cost.toFixed() }));
}

/**
 * The bills without those lines that an earlier file holds. A whole line names its sender where a file may hold several,
 * and each such export may begin with another of them.
 */
function countedOnce(bills: readonly ParsedBill[]): Bill[] {
  const before = new Map<string, number>();
  const fileOf = new Map<string, string>();
  return bills.map(({ digests, ...bill }): Bill => {
    const here = new Map<string, number>();
    const twice = new Map<string, number>();
    const charges = bill.charges.filter((_, index) => {
      const digest = digests[index] ?? "";
      const count = (here.get(digest) ?? 0) + 1;
      here.set(digest, count);
      if (count > (before.get(digest) ?? 0)) return true;
      const twin = fileOf.get(digest) ?? "";
      twice.set(twin, (twice.get(twin) ?? 0) + 1);
      return false;
    });
    for (const [digest, count] of here) {
      if (count <= (before.get(digest) ?? 0)) continue;
      before.set(digest, count);
      fileOf.set(digest, bill.file);
    }
    const remarks = [...twice].map(([twin, n]) =>
      billRemark(bill.file, null, trouble("countedOnce", { n, file: twin })),
    );
    return { ...bill, charges: summed(charges), remarks: [...bill.remarks, ...remarks] };
  });
}
