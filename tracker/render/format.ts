import { sumDays } from "../core/model/days.ts";
import type { Lane } from "../core/model/report.ts";
import type { Unit } from "../core/report/unit.ts";

/** What stands where a value is not known; never 0, never empty. */
export const unknown = "—";

/** Man-days rounded to 0.01 without trailing zeros, with a true minus sign: 8.2, 0.25, −1. */
export function daysText(days: number | null | undefined): string {
  if (days === null || days === undefined) return unknown;
  return String(Math.round(days * 100) / 100 || 0).replace("-", "−");
}

/** A number of calendar days or the like, whole. Null is —. */
export function wholeText(amount: number | null): string {
  return amount === null ? unknown : String(Math.round(amount));
}

/** As {@link daysText} with an explicit plus: +2, −0.5, 0. */
export function signedText(days: number | null | undefined): string {
  const text = daysText(days);
  return days && Math.round(days * 100) > 0 ? `+${text}` : text;
}

/** A share (1 = all) in whole per cent. */
export function shareText(share: number | null | undefined): string {
  return share === null || share === undefined ? unknown : `${Math.round(share * 100)}%`;
}

/** An amount in the unit of its report: 7.2 man-days, 31 tasks. Null is —. */
export function amountText(value: number | null, unit: Unit): string {
  if (value === null) return unknown;
  return unit === "tasks" ? counted(value, "task") : `${daysText(value)} man-days`;
}

/** The sum of cards in man-days, or that there is none: 2.6 days, none estimated. */
export function sumText(cards: readonly { days: number | null }[]): string {
  const known = cards.flatMap((card) => card.days ?? []);
  return known.length === 0 ? "none estimated" : `${daysText(sumDays(known))} days`;
}

/** What open debts cost: 2.5 days owed, 1 without a size; none estimated, where a sum of 0 would say that they are free. */
export function owedText(debt: { open: number; daysOwed: number; unestimated: number }): string {
  const { open, daysOwed, unestimated } = debt;
  if (open > 0 && unestimated >= open) return "none estimated";
  return `${daysText(daysOwed)} days owed${unestimated > 0 ? `, ${unestimated} without a size` : ""}`;
}

/** Whether a lane's days say anything: some of its tasks has an estimate. */
export function isSized(lane: Pick<Lane, "cards" | "days">): boolean {
  return lane.days !== 0 || lane.cards.some((card) => card.days !== null);
}

/** 1 task, 2 tasks. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An ISO instant (UTC) as local date and minute in an IANA zone: 2019-10-23 09:00. Null is —. */
export function momentText(instant: string | null | undefined, timeZone: string): string {
  if (!instant) return unknown;
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(instant));
}

/** An instant's day as 23 Oct in an IANA zone. */
export function dayText(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short" }).format(
    new Date(instant),
  );
}

/** Plain dates (YYYY-MM-DD) as 23 Oct – 31 Oct 2019. */
export function rangeText(firstDay: string, lastDay: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return format.formatRange(new Date(`${firstDay}T12:00Z`), new Date(`${lastDay}T12:00Z`));
}
