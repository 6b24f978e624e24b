import { stringify } from "yaml";
import type { z } from "zod";
import { examplesOf, schemasAt } from "./schema-at.ts";

/** What to write in a value's place. */
export interface Advice {
  /** In one line of YAML. */
  text: string;
  /** It is what came in the right form, and no example. */
  isMended: boolean;
}

/** Longer examples explain less. */
const longest = 120;

/** As people write it by hand: [a, b] and { c: 1 }. */
function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  if (typeof value !== "object" || value === null)
    return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
  const pairs = Object.entries(value).map(([key, inner]) => `${inLine(key)}: ${inLine(inner)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

/** A file's whole value with another at a path. */
function withValue(whole: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner: unknown = Reflect.get(Object(whole), key);
  if (Array.isArray(whole)) return whole.with(Number(key), withValue(inner, rest, value));
  return { ...Object(whole), [key]: withValue(inner, rest, value) };
}

/** Whether a fault is of what stands at the path: there, below it, or in the choice that holds it. */
function concerns({ path: at, code }: z.core.$ZodIssue, path: readonly PropertyKey[]): boolean {
  const shared = Math.min(at.length, path.length);
  const isAlong = path.slice(0, shared).every((key, place) => key === at[place]);
  return isAlong && (at.length >= path.length || code === "invalid_union");
}

/**
 * What would be accepted at a path of a file's value; null where nothing short is known. `source`: what came, letter for
 * letter.
 */
export function adviceFor(
  schema: z.ZodType,
  whole: unknown,
  path: readonly PropertyKey[],
  { came, source }: { came: unknown; source: string | null },
): Advice | null {
  const isTaken = (value: unknown): boolean => {
    const { error } = schema.safeParse(withValue(whole, path, value), { jitless: true });
    return error === undefined || !error.issues.some((issue) => concerns(issue, path));
  };
  const firstOf = (values: readonly unknown[], isMended: boolean): Advice | null => {
    const value = values.find((one) => inLine(one).length <= longest && isTaken(one));
    return value === undefined ? null : { text: inLine(value), isMended };
  };
  return firstOf(mended(came, source), true) ?? firstOf(schemasAt(schema, path).flatMap(examplesOf), false);
}

/** What people mean who write something of the wrong kind. */
function mended(came: unknown, source: string | null): unknown[] {
  if (typeof came === "number" || typeof came === "boolean") return [source ?? String(came)];
  if (Array.isArray(came)) return came.length === 1 ? came : [];
  if (typeof came === "object" && came !== null) return [[came]];
  if (typeof came !== "string" || came.trim() === "") return [];
  const text = came.trim();
  const list = text.split(",").map((one) => one.trim());
  return [
    ...truthOf(text),
    ...numberOf(text),
    ...dayOf(text),
    ...(list.every((one) => one !== "") ? [list] : []),
  ];
}

function truthOf(text: string): boolean[] {
  if (/^(yes|on|true)$/i.test(text)) return [true];
  return /^(no|off|false)$/i.test(text) ? [false] : [];
}

const numberOf = (text: string): number[] =>
  /^-?\d+([.,]\d+)?$/.test(text) ? [Number(text.replace(",", "."))] : [];

/** 2026-1-5 and 5.1.2026; what 1/5/2026 means nobody knows. */
function dayOf(text: string): string[] {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  const [, ofMonth, monthAfter, yearLast] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const parts = year === undefined ? [yearLast, monthAfter, ofMonth] : [year, month, day];
  return parts.includes(undefined) ? [] : [parts.map((part) => part?.padStart(2, "0")).join("-")];
}
