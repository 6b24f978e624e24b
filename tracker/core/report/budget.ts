import Big from "big.js";
import type { Bill, Budget, BudgetPlan, BudgetRules, Charge } from "../model/budget.ts";
import { ageInDays, dayOf, monthsBetween, nextDay, startOfDay } from "../model/calendar.ts";
import { nameTest } from "./label-test.ts";

/** Decimal numbers with thirty places where a division needs them. */
const Money = Big();
Money.DP = 30;
Money.RM = Money.roundHalfEven;

interface Span {
  start: number;
  end: number;
}

const day = 24 * 3_600_000;
/** Whoever has sent no bill for so long before a sprint is taken to send none any more. */
const goneAfter = 62 * day;

/**
 * What was planned and billed in a sprint, epoch ms, in the team's zone. A charge counts by the share of its time that lies in it.
 * @param at epoch ms: no charge counts for the time after it, which nobody knew then; without it all count
 */
export function computeBudget(
  sprint: Span,
  timeZone: string,
  rules: BudgetRules,
  allBills: readonly Bill[],
  at?: number,
): Budget {
  const { currency, per } = rules;
  const bills = at === undefined ? allBills : allBills.map((bill) => cutAt(bill, at));
  const round = (amount: Big): string => rounded(amount, currency);
  const planFor = (span: Span): Planned => plannedIn(span, sprint, timeZone, rules);
  const planned = planFor(sprint);
  const parts = billedParts(bills, sprint);
  const sources = reachOf(bills).filter(({ until }) => until > sprint.start - goneAfter);
  const shares = sharesIn(bills, sprint);
  const own = shares.filter((share) => share.currency === currency);
  const told = parts.length === 0 ? [] : sharesIn(bills.map(toldBy), sprint);
  const end = Math.min(sprint.end, at ?? sprint.end);
  const billedInParts =
    parts.length === 0 ? null : round(sumOf(told.filter((share) => share.currency === currency)));
  const billed = parts.length + own.length === 0 ? null : round(sumOf(own));
  const plannedForBilled =
    parts.length === 0 ? null : round(sumOf(parts.map((part) => ({ amount: planFor(part).total }))));
  return {
    currency,
    per,
    planned: round(planned.total),
    billedFor: parts.map(({ start, end }) => ({ from: isoOf(start), until: isoOf(end) })),
    plannedForBilled,
    billed,
    billedInParts,
    difference:
      billedInParts === null || plannedForBilled === null
        ? null
        : round(new Money(billedInParts).minus(plannedForBilled)),
    ...(at === undefined ? {} : { at: isoOf(at) }),
    behind: sources
      .filter(({ until }) => until < end)
      .map(({ name, until }) => ({ source: name, until: isoOf(until) })),
    services: servicesOf(planned.services, own, round),
    otherCurrencies: [...Map.groupBy(shares, (share) => share.currency)]
      .filter(([name]) => name !== currency)
      .map(([name, some]) => ({ currency: name, billed: rounded(sumOf(some), name) }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    remarks: bills.flatMap(({ remarks }) => remarks),
  };
}

/** The parts of a sprint that charges lie on; hours in which nothing ran part nothing. */
function billedParts(bills: readonly Bill[], sprint: Span): Span[] {
  const spans = bills
    .flatMap(({ charges, until }) =>
      charges.map(({ from, to }) => ({
        start: Math.max(from, sprint.start),
        end: Math.min(to, until ?? to, sprint.end),
      })),
    )
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  const parts: Span[] = [];
  for (const { start, end } of spans) {
    const last = parts.at(-1);
    if (last === undefined || start - last.end >= day) parts.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return parts;
}

const isoOf = (at: number): string => new Date(at).toISOString();

interface Share {
  service: string;
  currency: string;
  amount: Big;
}

const sumOf = (shares: readonly { amount: Big }[]): Big =>
  shares.reduce((sum, { amount }) => sum.plus(amount), new Money(0));

/** To the smallest coin of a currency, half to even: 184.62, 0.00. */
function rounded(amount: Big, currency: string): string {
  const text = amount.toFixed(digitsOf(currency), Big.roundHalfEven);
  return /[1-9]/.test(text) ? text : text.replace("-", "");
}

/** Places after the point, 2 for a currency that is not known. */
function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

const sharesIn = (bills: readonly Bill[], span: Span): Share[] =>
  bills.flatMap(({ charges }) => charges.flatMap((charge) => shareIn(charge, span)));

/** The bill without what its charges say of the time beyond it. */
const toldBy = (bill: Bill): Bill => (bill.until === null ? bill : cutAt(bill, bill.until));

/** The bill without what its charges say of the time from `at` on. */
function cutAt(bill: Bill, at: number): Bill {
  const charges = bill.charges.flatMap((charge) => {
    const { from, to } = charge;
    if (to <= at) return [charge];
    if (from >= at) return [];
    const cost = new Money(charge.cost)
      .times(at - from)
      .div(to - from)
      .toFixed();
    return [{ ...charge, to: at, cost }];
  });
  const until = bill.until === null || charges.length === 0 ? null : Math.min(bill.until, at);
  return { ...bill, charges, until };
}

function shareIn({ from, to, cost, currency, service }: Charge, { start, end }: Span): Share[] {
  const isInstant = from === to;
  const within = Math.min(to, end) - Math.max(from, start);
  if (isInstant ? from < start || from >= end : within <= 0) return [];
  const amount = new Money(cost);
  const whole = isInstant || within === to - from;
  return [{ service, currency, amount: whole ? amount : amount.times(within).div(to - from) }];
}

/** Up to when each source has sent bills. */
function reachOf(bills: readonly Bill[]): { name: string; until: number }[] {
  const known = bills.flatMap(({ source, until }) => (until === null ? [] : [{ name: source, until }]));
  return [...Map.groupBy(known, ({ name }) => name)].map(([name, some]) => ({
    name,
    until: Math.max(...some.map(({ until }) => until)),
  }));
}

interface Planned {
  total: Big;
  services: Map<string, Big>;
}

/** What the plans say for `span`, a part of the sprint, by the share of calendar days, whether short or long. */
function plannedIn(span: Span, sprint: Span, timeZone: string, { per, plans }: BudgetRules): Planned {
  const planned: Planned = { total: new Money(0), services: new Map() };
  const periods = per === "sprint" ? [sprint] : monthsBetween(span.start, span.end, timeZone);
  for (const [index, plan] of plans.entries()) {
    const since = Math.max(span.start, index === 0 ? Number.NEGATIVE_INFINITY : plan.from);
    const until = Math.min(span.end, plans[index + 1]?.from ?? Number.POSITIVE_INFINITY);
    for (const { start, end } of periods) {
      const [from, to] = [Math.max(start, since), Math.min(end, until)];
      if (from >= to) continue;
      const days = daysOf(from, to, timeZone);
      const whole = daysOf(start, end, timeZone);
      addPlan(planned, plan, (amount) => new Money(amount).times(days).div(whole));
    }
  }
  return planned;
}

/** How many calendar days lie between two instants, with parts of days by their own length. */
function daysOf(from: number, to: number, timeZone: string): Big {
  const partAt = (at: number): Big => {
    const day = dayOf(at, timeZone);
    const start = startOfDay(day, timeZone);
    return new Money(at - start).div(startOfDay(nextDay(day), timeZone) - start);
  };
  return new Money(ageInDays(from, to, timeZone)).plus(partAt(to)).minus(partAt(from));
}

function addPlan(planned: Planned, plan: BudgetPlan, shareOf: (amount: string) => Big): void {
  planned.total = planned.total.plus(shareOf(plan.amount));
  for (const { name, amount } of plan.services)
    planned.services.set(name, (planned.services.get(name) ?? new Money(0)).plus(shareOf(amount)));
}

function servicesOf(
  planned: ReadonlyMap<string, Big>,
  shares: readonly Share[],
  round: (amount: Big) => string,
): Budget["services"] {
  const tests = [...planned.keys()].map((name) => ({ name, test: nameTest([name]) }));
  const nameOf = ({ service }: Share): string => tests.find(({ test }) => test(service))?.name ?? service;
  const billed = Map.groupBy(shares, nameOf);
  const others = [...billed.keys()].filter((name) => !planned.has(name));
  const rowOf = (name: string) => {
    const amount = planned.get(name);
    const sum = sumOf(billed.get(name) ?? []);
    return { sum, row: { name, planned: amount === undefined ? null : round(amount), billed: round(sum) } };
  };
  return [
    ...[...planned.keys()].map(rowOf),
    ...others.map(rowOf).sort((a, b) => b.sum.cmp(a.sum) || (a.row.name < b.row.name ? -1 : 1)),
  ].map(({ row }) => row);
}
