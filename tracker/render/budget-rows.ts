import type { Budget } from "../core/model/budget.ts";
import type { Report } from "../core/model/report.ts";
import { momentText, moneyText, unknown } from "./format.ts";

/** Services that a table names before it sums the others. */
const mostServices = 12;
/** Remarks on bills that are told before the others are counted. */
const mostRemarks = 8;

export const budgetTitle = "Budget";

/** "EUR 184.62 planned, EUR 190.10 billed". */
export function budgetTally({ planned, billed, currency }: Budget): string {
  const spent = billed === null ? "no bill yet" : `${moneyText(billed, currency)} billed`;
  return `${moneyText(planned, currency)} planned, ${spent}`;
}

/** A table of services; empty where the bills name none. Amounts have no currency: it stands in the tally. */
export function serviceRows({ services, currency }: Budget): string[][] {
  const plain = (amount: string | null) =>
    amount === null ? unknown : moneyText(amount, currency).replace(`${currency} `, "");
  const rest = services.length - mostServices;
  const shown = rest > 1 ? services.slice(0, mostServices) : services;
  const rows = shown.map(({ name, planned, billed }) => [name, plain(planned), plain(billed)]);
  return rest > 1 ? [...rows, [`and ${rest} more`, "", ""]] : rows;
}

export const serviceColumns = ["Service", "Planned", "Billed"];

/** What must be said beside the amounts, a sentence each. */
export function budgetSentences({ budget, sprint }: Report): string[] {
  if (budget === undefined) return [];
  const { behind, billedFor, otherCurrencies, remarks } = budget;
  const moment = (at: string): string => momentText(at, sprint.timeZone);
  const isTold = behind.length === 1 && behind[0]?.until === billedFor.at(-1)?.until;
  const more = remarks.length - mostRemarks;
  return [
    ...comparison(budget, sprint, moment),
    ...(behind.length === 0 || isTold
      ? []
      : [
          `Not billed to the end: ${behind.map(({ source, until }) => `${source} (until ${moment(until)})`).join(", ")}.`,
        ]),
    ...(otherCurrencies.length === 0
      ? []
      : [
          `Also billed, and not added: ${otherCurrencies.map((one) => moneyText(one.billed, one.currency)).join(", ")}.`,
        ]),
    ...remarks
      .slice(0, mostRemarks)
      .map(({ file, line, text }) => `${file}${line === null ? "" : `:${line}`}: ${text}.`),
    ...(more > 0 ? [`There are ${more} more such remarks on bills: see npx sprintcast doctor.`] : []),
  ];
}

/** Planned and billed of the same days. */
function comparison(
  { billedFor, difference, plannedForBilled, currency }: Budget,
  { start, end }: Report["sprint"],
  moment: (at: string) => string,
): string[] {
  if (difference === null) return [];
  const gap = moneyText(difference.replace("-", ""), currency);
  const isEven = !/[1-9]/.test(difference);
  const compared = isEven
    ? "as much as planned"
    : `${gap} ${difference.startsWith("-") ? "less" : "more"} than planned`;
  const isWhole = billedFor.length === 1 && billedFor[0]?.from === start && billedFor[0].until === end;
  if (isWhole) return [`Billed: ${compared}.`];
  const parts = billedFor.map(({ from, until }) =>
    from === start ? `until ${moment(until)}` : `from ${moment(from)} until ${moment(until)}`,
  );
  return [
    `Billed ${parts.join(" and ")}: ${compared} for that part of the sprint (${moneyText(plannedForBilled, currency)}).`,
  ];
}
