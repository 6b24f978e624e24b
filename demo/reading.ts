import { z } from "zod";
import { DemoError } from "./errors.ts";
import type { Reading } from "./protocol.ts";

// Names become keys of plain objects further on, so what every object already has is no name.
const name = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9][\w.:/-]*$/, "letters, digits and . : / - _ only, beginning with a letter or digit")
    .refine((text) => !(text in Object.prototype), "reserved word");

/**
 * Largest magnitude of a value. Sums of any number of such values stay finite, as the rollups need: infinity less
 * infinity is no number, and no later reading could be rolled up again.
 */
const MAX_VALUE = 1e100;

const wholeNumber = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The schema of one ingested reading. Unknown fields are dropped, so that a newer feeder may send more. */
export const readingSchema = z.object({
  source: name(128).describe("the device, up to 128 characters"),
  seq: wholeNumber.describe("rises by one per source; below 2^53"),
  at: wholeNumber.describe("UTC instant in epoch milliseconds"),
  metric: name(64).describe("what was measured, up to 64 characters"),
  value: z
    .number()
    .min(-MAX_VALUE)
    .max(MAX_VALUE)
    .describe("a finite number, at most 1e100 on either side of 0"),
}) satisfies z.ZodType<Reading>;

/** Why a line can be refused. */
export const rejectionCodes = [
  "bad-utf8",
  "bad-json",
  "bad-shape",
  "not-finite",
  "value-range",
  "seq-range",
  "future",
  "too-many-series",
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** A reading is not taken; its code goes back to the feeder with the line's number. */
export class ReadingRefused extends DemoError<RejectionCode> {
  override name = "ReadingRefused";
}

function codeOf(issue: z.core.$ZodIssue | undefined, input: unknown): RejectionCode {
  const field = issue?.path[0];
  const value = typeof input === "object" && input !== null ? Reflect.get(input, field ?? "") : undefined;
  if (typeof value === "number" && !Number.isFinite(value)) return "not-finite";
  if (field === "seq" && typeof value === "number") return "seq-range";
  if (field === "value" && typeof value === "number") return "value-range";
  return "bad-shape";
}

/** Why a value is no reading that is taken. */
export interface Refusal {
  code: RejectionCode;
  message: string;
}

/**
 * Checks one value against the schema and the clock. Throws nothing: a broken device sends such values by the
 * thousand, and a stack trace for each would cost more than all else.
 * @param latest the last instant (epoch ms) that is still believed; later ones are refused as `future`
 */
export function checkReading(input: unknown, latest: number): Reading | Refusal {
  const result = readingSchema.safeParse(input);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { code: codeOf(issue, input), message: `${issue?.path.join(".") || "line"}: ${issue?.message}` };
  }
  if (result.data.at <= latest) return result.data;
  return { code: "future", message: `at: ${result.data.at} is later than the latest allowed, ${latest}` };
}

/** The same, for whom one bad value ends the work. @throws ReadingRefused */
export function parseReading(input: unknown, latest: number): Reading {
  const outcome = checkReading(input, latest);
  if ("source" in outcome) return outcome;
  throw new ReadingRefused(outcome.code, outcome.message);
}

/** Names remembered as valid; past that the memory begins anew. */
const MAX_KNOWN_NAMES = 50_000;

/**
 * Makes a `checkReading` that remembers which names the schema has accepted, so that a reading of a known device costs
 * a few comparisons. It accepts and refuses exactly what the schema does; a property test holds it to that.
 */
export function createReadingCheck() {
  const sources = new Set<string>();
  const metrics = new Set<string>();
  return (input: unknown, latest: number): Reading | Refusal => {
    const { source, seq, at, metric, value } = (input ?? {}) as Reading;
    const isPlain = sources.has(source) && metrics.has(metric) && isCount(seq) && isCount(at) && at <= latest;
    if (isPlain && isValue(value)) return { source, seq, at, metric, value };
    const reading = checkReading(input, latest);
    if (!("source" in reading)) return reading;
    if (sources.size + metrics.size >= MAX_KNOWN_NAMES) {
      sources.clear();
      metrics.clear();
    }
    sources.add(reading.source);
    metrics.add(reading.metric);
    return reading;
  };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isValue(value: unknown): boolean {
  return Number.isFinite(value) && Math.abs(value as number) <= MAX_VALUE;
}
