import { isUtf8 } from "node:buffer";
import type { Reading } from "../protocol.ts";
import { checkReading, type Refusal, type RejectionCode } from "../reading.ts";

export interface Rejection {
  /** 1 is the body's first line. */
  line: number;
  code: RejectionCode;
  message: string;
}

export interface ParsedBody {
  readings: Reading[];
  /** The line each reading stood on, parallel to `readings`. */
  lines: number[];
  rejected: Rejection[];
  /** More lines were bad than are put up with; what stands behind the last of `rejected` was not looked at. */
  isStopped: boolean;
}

export interface ParseLimits {
  /** The last believed instant, epoch ms. */
  latest: number;
  /** Bad lines after which no further one is looked at. */
  maxRejected: number;
}

const BYTE_ORDER_MARK = "\uFEFF";
const BAD_UTF8: Refusal = { code: "bad-utf8", message: "line: not valid UTF-8" };
const BAD_JSON: Refusal = { code: "bad-json", message: "line: not a JSON object" };

/** What stands where bytes were no UTF-8; and where somebody has written it. */
const REPLACED = "\uFFFD";

/** The same, of bytes, of which it is known whether they are UTF-8. */
export function parseBytes(bytes: Buffer, limits: ParseLimits, check: typeof checkReading): ParsedBody {
  const body = bytes.toString("utf8");
  return parseBody(body, limits, check, body.includes(REPLACED) && isUtf8(bytes));
}

/**
 * Parses an NDJSON body line by line; a bad line is reported and never loses the good ones. Blank lines are skipped,
 * and the mark that some programs put before their first byte.
 * @param check `checkReading`, or one that does the same faster
 * @param isValid U+FFFD was there before the bytes were decoded, as in a field that a device has mangled itself
 */
export function parseBody(
  body: string,
  limits: ParseLimits,
  check = checkReading,
  isValid = false,
): ParsedBody {
  const parsed: ParsedBody = { readings: [], lines: [], rejected: [], isStopped: false };
  let line = 0;
  let start = body.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (start < body.length) {
    const found = body.indexOf("\n", start);
    const end = found === -1 ? body.length : found;
    const text = body.slice(start, end);
    start = end + 1;
    line += 1;
    if (text === "" || text === "\r") continue;
    const outcome = parseLine(text, limits.latest, check, isValid);
    if ("source" in outcome) {
      parsed.readings.push(outcome);
      parsed.lines.push(line);
      continue;
    }
    if (parsed.rejected.length === limits.maxRejected) return { ...parsed, isStopped: true };
    parsed.rejected.push({ line, ...outcome });
  }
  return parsed;
}

function parseLine(
  text: string,
  latest: number,
  check: typeof checkReading,
  isValid: boolean,
): Reading | Refusal {
  // JSON.parse would be silent about bytes that were no UTF-8: the decoder has put U+FFFD in their place.
  if (!isValid && text.includes(REPLACED)) return BAD_UTF8;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return BAD_JSON;
  }
  return check(value, latest);
}
