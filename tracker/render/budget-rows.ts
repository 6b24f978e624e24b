import type { BillRemark, Budget } from "../core/model/budget.ts";
import type { Report } from "../core/model/report.ts";
import { billText } from "../words/bill-text.ts";
import { english, type Words } from "../words/words.ts";
import { bareMoneyText, momentText, moneyText } from "./format.ts";

/** Services that a table names before it sums the others. */
const mostServices = 12;
/** Remarks on bills that are told before the others are counted. */
const mostRemarks = 8;

export const budgetTitle: string = english.texts.report.budget.title;

/** "EUR 184.62 planned, EUR 190.10 billed". */
export function budgetTally({ planned: plan, billed, currency }: Budget, words: Words = english): string {
  const { tally, tallyOpen } = words.texts.report.budget;
  const planned = moneyText(plan, currency, words);
  return billed === null
    ? words.say(tallyOpen, { planned })
    : words.say(tally, { planned, billed: moneyText(billed, currency, words) });
}

/** A table of services; empty where the bills name none. Amounts have no currency: it stands in the tally. */
export function serviceRows({ services, currency }: Budget, words: Words = english): string[][] {
  const plain = (amount: string | null) => bareMoneyText(amount, currency, words);
  const rest = services.length - mostServices;
  const shown = rest > 1 ? services.slice(0, mostServices) : services;
  const rows = shown.map(({ name, planned, billed }) => [name, plain(planned), plain(billed)]);
  return rest > 1 ? [...rows, [words.say(words.texts.report.budget.more, { count: rest }), "", ""]] : rows;
}

export function serviceColumns({ texts }: Words = english): string[] {
  const { service, planned, billed } = texts.report.budget.columns;
  return [service, planned, billed];
}

/**
 * What must be said beside the amounts, a sentence each.
 * @param told where a page has words of its own, moments are told their way; else as the command line has them
 */
export function budgetSentences({ budget, sprint }: Report, told?: Words): string[] {
  if (budget === undefined) return [];
  const words = told ?? english;
  const texts = words.texts.report.budget;
  const { at, behind, billedFor, otherCurrencies, remarks } = budget;
  const moment = (at: string): string => momentText(at, sprint.timeZone, told);
  const isTold = behind.length === 1 && behind[0]?.until === billedFor.at(-1)?.until;
  const more = remarks.length - mostRemarks;
  const left = { n: more, count: more };
  return [
    ...(at === undefined ? [] : [words.say(texts.at, { moment: moment(at) })]),
    ...budgetComparison({ budget, sprint }, told),
    ...(behind.length === 0 || isTold
      ? []
      : [
          words.say(texts.behind, {
            sources: words.list(
              behind.map(({ source, until }) => words.say(texts.source, { source, moment: moment(until) })),
            ),
          }),
        ]),
    ...(otherCurrencies.length === 0
      ? []
      : [
          words.say(texts.others, {
            amounts: words.list(otherCurrencies.map((one) => moneyText(one.billed, one.currency, words))),
          }),
        ]),
    ...remarks.slice(0, mostRemarks).map((remark) => `${remarkPlace(remark)}: ${billText(words, remark)}.`),
    ...(more > 0 ? [words.say(texts.remarks, left)] : []),
  ];
}

const remarkPlace = ({ file, line }: BillRemark): string => (line === null ? file : `${file}:${line}`);

/** Planned and billed of the same days, in a sentence; none where no bill speaks of any. `told` as for {@link budgetSentences}. */
export function budgetComparison(
  { budget, sprint }: Pick<Report, "budget" | "sprint">,
  told?: Words,
): string[] {
  const words = told ?? english;
  if (budget === undefined || budget.difference === null) return [];
  const { billedFor, difference, plannedForBilled, currency } = budget;
  const { start, end, timeZone } = sprint;
  const moment = (at: string): string => momentText(at, timeZone, told);
  const texts = words.texts.report.budget;
  const gap = { amount: moneyText(difference.replace("-", ""), currency, words) };
  const isEven = !/[1-9]/.test(difference);
  const compared = isEven ? texts.even : words.say(difference.startsWith("-") ? texts.less : texts.over, gap);
  const isWhole = billedFor.length === 1 && billedFor[0]?.from === start && billedFor[0].until === end;
  if (isWhole) return [words.say(texts.whole, { compared })];
  const parts = billedFor.map(({ from, until }) =>
    from === start
      ? words.say(texts.until, { until: moment(until) })
      : words.say(texts.fromUntil, { from: moment(from), until: moment(until) }),
  );
  return [
    words.say(texts.part, {
      parts: parts.reduce((first, second) => words.say(texts.and, { first, second })),
      compared,
      planned: moneyText(plannedForBilled, currency, words),
    }),
  ];
}
