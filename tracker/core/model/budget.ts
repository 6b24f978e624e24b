/** A line of a bill. Amounts are decimal numbers as text, never floats; instants are epoch milliseconds. */
export interface Charge {
  /** What it is charged for: [from, to), or the instant `from` where both are the same. */
  from: number;
  to: number;
  /** Below 0: a credit or refund. */
  cost: string;
  /** ISO 4217. */
  currency: string;
  service: string;
}

/** What may be amiss with a bill or a line of it. */
export type BillTrouble =
  | "notThere"
  | "notUtf8"
  | "empty"
  | "unknownColumns"
  | "noCharge"
  | "noDate"
  | "noAmount"
  | "noCurrency"
  | "endsBefore"
  | "quotes"
  | "broken"
  | "moreLines"
  | "countedOnce";

/** What a team should know of its bills: a line that cannot be read, or that is counted once though it stands in two files. */
export interface BillRemark {
  /** Path below the content folder. */
  file: string;
  /** 1-based; null: the whole file. */
  line: number | null;
  trouble: BillTrouble;
  /** What its words are filled with: columns, cells, counts. */
  values: Readonly<Record<string, string | number>>;
  /** The same in English, without a full stop. */
  text: string;
}

export interface Bill {
  /** Path below the content folder. */
  file: string;
  /** Who sent it. */
  source: string;
  charges: Charge[];
  /** Up to when it speaks; null: it holds no charge. */
  until: number | null;
  remarks: BillRemark[];
}

/** What is planned from an instant on. */
export interface BudgetPlan {
  /** Epoch ms; −Infinity: always. */
  from: number;
  /** For each month or sprint. */
  amount: string;
  services: { name: string; amount: string }[];
}

export interface BudgetRules {
  currency: string;
  per: "month" | "sprint";
  /** By `from`; the first is that of all time before the second. */
  plans: BudgetPlan[];
}

/**
 * Money planned and billed in a sprint. Amounts are decimal numbers as text, rounded to the currency's smallest coin;
 * instants are ISO strings.
 */
export interface Budget {
  currency: string;
  per: "month" | "sprint";
  /** The instant up to which charges are counted; absent: all are. When a bill came is not known. */
  at?: string;
  /** For the whole sprint. */
  planned: string;
  /** The parts of it that bills speak of, in order; in a part no day is without a charge. */
  billedFor: { from: string; until: string }[];
  /** For those parts; null: there is none. */
  plannedForBilled: string | null;
  /** null: no bill reaches into the sprint. */
  billed: string | null;
  /** What is billed for those parts: without what a line of a whole month says of days that no other line knows yet. */
  billedInParts: string | null;
  /** billedInParts − plannedForBilled. */
  difference: string | null;
  /** Whose bills end before the sprint does. */
  behind: { source: string; until: string }[];
  /** Services with a plan of their own, then all others, most first. `planned` null: it has none. */
  services: { name: string; planned: string | null; billed: string }[];
  /** Billed in currencies that are not the plan's, never added. */
  otherCurrencies: { currency: string; billed: string }[];
  remarks: BillRemark[];
}
