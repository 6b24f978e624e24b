import { Temporal } from "temporal-polyfill";
import type { Day } from "../model/calendar.ts";
import { amountsPattern, type DayLength, parseAmounts, plainSigns } from "./amount.ts";
import { codeMark, quoteMark, strikeMark, visibleLines } from "./visible-lines.ts";

/** Effort that one line of a text says. */
export interface Spend {
  /** Man-days, not rounded; below 0 where it takes something back. */
  days: number;
  /** The day it counts for; null: the one on which it was written. */
  day: Day | null;
}

/** A line that looks like effort and cannot be read. */
export interface UnreadSpend {
  line: string;
  why: string;
}

export interface SpendText {
  spends: Spend[];
  unread: UnreadSpend[];
}

const nothing: SpendText = { spends: [], unread: [] };
/** `/spend` and its kin as a word of their own, so neither `src/spend.ts` nor the end of an address. */
const command =
  /(?<![\p{L}\p{N}_./-])\/(?:spen(?:[dt][\p{L}_]*)?|(?:remove_)?time_spent)(?!\p{L})|\/spen[dt](?=[ :=]*[-+]?\d)/iu;
/** Cheap to ask of a long text: whether it is worth reading as Markdown. */
const maybe = /[/\uFF0F](?:spen|(?:remove_)?time_spent|\uFF53|\uFF33)/i;

/** Whether a text is worth reading for effort; cheap. */
export const mayBeEffort = (body: string): boolean => maybe.test(body);

/** One line of plain words, which Markdown would not change. */
const plainLine = /^\/[\p{L}\p{N} .,:/+-]+$/u;
const isoDay = "\\d{4}-\\d{2}-\\d{2}(?![\\p{L}\\p{N}-])";
const form = new RegExp(
  // Bullets, ticks and brackets may stand before it; the name, then the amounts, a day before or after them.
  `^(?:[^\\p{L}\\p{N}/${codeMark}]* )?[("'\\[*_]*/(?:spend|spent|spend_time)(?: ?[:=] ?| )` +
    `(?:(?<before>${isoDay}) ?:? ?)?(?<sign>[-+]?)(?<amounts>${amountsPattern})` +
    `(?:,? ?\\(?(?:(?:on|for) )?(?<after>${isoDay})\\)?)?(?<rest>[^\\p{L}\\p{N}].*)?$`,
  "iu",
);
const anotherAmount = new RegExp(`(?<![\\p{L}\\p{N}#])${amountsPattern}`, "iu");
const anotherDay = new RegExp(`(?<!\\d)${isoDay}`, "u");

/** What makes more of the amount than stands there: `4h x 2`, `4h each`, `4h/day`. */
const factor = /^(?: ?[x×*·] ?\d| each\b|\/\p{L})/iu;

const isDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString() === text;
  } catch {
    return false;
  }
};

/** The effort that a line says, or why it cannot be read. */
function readLine(line: string, length: DayLength): Spend | string {
  if (line.includes(strikeMark)) return "it is struck through";
  if (line.startsWith(quoteMark)) return "it belongs to the quote above; put an empty line between";
  if (/\/remove_time_spent/i.test(line)) return "take time back with a minus, such as /spend -1h";
  const found = form.exec(line)?.groups;
  if (found === undefined) {
    const before = line.slice(0, line.search(command));
    return /[\p{L}\p{N}]/u.test(before) || before.includes(codeMark)
      ? "it does not begin its line"
      : "expected weeks, days, hours or minutes, such as /spend 1d 2h 30m";
  }
  const { before, sign, amounts = "", after, rest = "" } = found;
  if (command.test(rest)) return "one line says it twice";
  if (anotherAmount.test(rest) || /^[^\p{L}\p{N}#]*\d/u.test(rest)) return "a second amount follows it";
  if (factor.test(rest)) return "write the whole amount, such as /spend 8h for /spend 4h x 2";
  if (anotherDay.test(rest) || (before !== undefined && after !== undefined))
    return "write the one day that it counts for right behind the amount";
  const day = before ?? after ?? null;
  if (day !== null && !isDay(day)) return `there is no day ${day}`;
  const days = parseAmounts(amounts, length);
  if (days === null)
    return /\d,\d{3}/.test(amounts) ? "1,000 may mean one or a thousand" : "it names one unit twice";
  return { days: sign === "-" ? -days : days, day };
}

/**
 * Effort that a text's `/spend` lines report, in GitLab's forms (`/spend 1w 2d 3h 30m`, `-1h`, `1h30m 2026-03-04`) and
 * those that people write; and the lines that look like it and cannot be read. Code and quotes are not read.
 */
export function parseSpend(body: string, length: DayLength): SpendText {
  if (!mayBeEffort(body)) return nothing;
  const found: SpendText = { spends: [], unread: [] };
  const trimmed = body.trim();
  const lines = plainLine.test(trimmed) && !/^\s{4}|\t/.test(body) ? [trimmed] : visibleLines(body);
  if (lines === null) {
    const line = body.split("\n").find((one) => command.test(plainSigns(one))) ?? "";
    found.unread.push({
      line: shown(line.trim()),
      why: "its text has quotes or lists too deep in each other",
    });
  }
  for (const written of lines ?? []) {
    const line = plainSigns(written);
    if (!command.test(line)) continue;
    const read = readLine(line, length);
    if (typeof read !== "string") found.spends.push(read);
    else found.unread.push({ line: shown(written), why: read });
  }
  return found;
}

const shown = (line: string): string =>
  line.replaceAll(strikeMark, "~~").replaceAll(quoteMark, "").replaceAll(codeMark, "`…`").slice(0, 120);
