import { z } from "zod";
import type { Reading } from "../protocol.ts";
import { parseReading, ReadingRefused } from "../reading.ts";

/**
 * Turns one record of a CSV or NDJSON file into a reading. `at` may be epoch ms or an ISO instant; where `seq` is
 * absent it is the next of its source, `firstSeq` for a new one, and `nextSeq` is moved on.
 * @throws ReadingRefused
 */
export function toReading(
  record: Record<string, unknown>,
  nextSeq: Map<string, number>,
  firstSeq: number,
): Reading {
  const source = record.source;
  const next = typeof source === "string" ? (nextSeq.get(source) ?? firstSeq) : firstSeq;
  const reading = parseReading(
    {
      source,
      seq: isAbsent(record.seq) ? next : toNumber(record.seq),
      at: toInstant(record.at),
      metric: record.metric,
      value: toNumber(record.value),
    },
    Number.MAX_SAFE_INTEGER,
  );
  nextSeq.set(reading.source, Math.max(next, reading.seq + 1));
  return reading;
}

// What Date.parse takes besides depends on the machine's time zone, or is a year made of "12.5".
const instant = z.iso.datetime({ offset: true });

function isAbsent(field: unknown): boolean {
  return field === undefined || field === null || field === "";
}

/** A register's content or an address, which some devices write so, is no measurement. */
const NOT_DECIMAL = /^\s*0[box]/i;

/** Numbers as they are, written numbers read; anything else stays what it is, for the schema to refuse. */
function toNumber(field: unknown): unknown {
  if (typeof field !== "string" || field.trim() === "") return field;
  return NOT_DECIMAL.test(field) ? Number.NaN : Number(field);
}

function toInstant(field: unknown): unknown {
  if (typeof field !== "string" || /^\d+$/.test(field.trim())) return toNumber(field);
  const text = instant.safeParse(field.trim());
  if (text.success) return Date.parse(text.data);
  const expected = "epoch milliseconds, or an instant with its offset such as 2026-01-05T09:00:00Z";
  throw new ReadingRefused("bad-shape", `at: expected ${expected}`);
}
