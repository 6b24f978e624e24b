import { Temporal } from "temporal-polyfill";
import { nextDay, startOfDay } from "../../core/model/calendar.ts";

/** An amount of money as a bill writes it. `currency` null: the cell does not say. */
export interface Amount {
  amount: string;
  currency: string | null;
}

/** Signs that mean one currency wherever they stand in a bill in English; others are not guessed. */
const signs: Record<string, string> = { $: "USD", "€": "EUR", "£": "GBP" };
const sign = /[$€£]|[A-Z]{3}/;
const around = new RegExp(`^(-?)(${sign.source})?\\s*(.*?)\\s*(${sign.source})?$`);
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** The currency that a sign or code means: € is EUR. Null: none that is known. */
export const currencyOf = (text: string): string | null =>
  signs[text] ?? (/^[A-Z]{3}$/.test(text) ? text : null);

/**
 * 12.5, -0.0003, 1.2e-5, "1,234.56", "€ 4.9900". `commas`: the decimal point may be a comma, so that "1.234" may be either.
 * Null: it is no amount, or not surely one.
 */
export function parseAmount(cell: string, commas: boolean): Amount | null {
  const text = cell.replaceAll("\u2212", "-").replaceAll("\u00A0", " ").trim();
  const [, minus = "", before, digits = "", after] = around.exec(text) ?? [];
  if (commas && /^[+-]?\d{1,3}(\.\d{3})+$/.test(digits)) return null;
  const swap = (mark: string): string => (mark === "." ? "," : ".");
  const pointed = commas && digits.includes(",") ? digits.replace(/[.,]/g, swap) : digits;
  const plain = grouped.test(pointed) ? pointed.replaceAll(",", "") : pointed;
  if (!number.test(plain) || plain.length > 60 || (minus !== "" && /^[+-]/.test(plain))) return null;
  const currency = before ?? after;
  return {
    amount: `${minus}${plain.replace(/^\+/, "")}`,
    currency: currency === undefined ? null : currencyOf(currency),
  };
}

/** A day, month or instant as [start, end), epoch ms; of an instant both are the same. */
export interface Moment {
  start: number;
  end: number;
}

export interface MomentRules {
  /** Where days begin, and what a time of day without a zone means. */
  timeZone: string;
  /** 3/14/2026 is a day in March. */
  monthFirst: boolean;
}

const isoDay = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const isoMonth = /^(\d{4})-(\d{2})$/;
const dottedDay = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const slashedDay = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const instant = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;

/** Null: it is no date that can be read without guessing. */
export function parseMoment(cell: string, { timeZone, monthFirst }: MomentRules): Moment | null {
  const text = cell.trim();
  const parts = isoDay.exec(text)?.slice(1) ?? dottedDay.exec(text)?.slice(1).reverse();
  const slashed = monthFirst ? slashedDay.exec(text) : null;
  try {
    if (parts !== undefined) return dayAt(parts, timeZone);
    if (slashed !== null) return dayAt([slashed[3] ?? "", slashed[1] ?? "", slashed[2] ?? ""], timeZone);
    if (isoMonth.test(text)) return monthAt(text, timeZone);
    const [, day, time, zone] = instant.exec(text) ?? [];
    if (day === undefined) return null;
    const at =
      zone === undefined
        ? Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds
        : Temporal.Instant.from(`${day}T${time}${zone === "UTC" ? "Z" : zone}`).epochMilliseconds;
    return { start: at, end: at };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function dayAt([year = "", month = "", day = ""]: string[], timeZone: string): Moment {
  const date = Temporal.PlainDate.from(
    { year: Number(year), month: Number(month), day: Number(day) },
    { overflow: "reject" },
  ).toString();
  return { start: startOfDay(date, timeZone), end: startOfDay(nextDay(date), timeZone) };
}

function monthAt(text: string, timeZone: string): Moment {
  const first = Temporal.PlainYearMonth.from(text).toPlainDate({ day: 1 });
  return {
    start: startOfDay(first.toString(), timeZone),
    end: startOfDay(first.add({ months: 1 }).toString(), timeZone),
  };
}
