import type { Reading } from "../protocol.ts";
import { parseReading, ReadingRefused, type RejectionCode } from "../reading.ts";

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
}

/**
 * Parses an NDJSON body line by line; a bad line is reported and never loses the good ones. Blank lines are skipped.
 * @param latest the last believed instant, epoch ms
 * @param check `parseReading`, or one that does the same faster
 */
export function parseBody(body: string, latest: number, check = parseReading): ParsedBody {
  const parsed: ParsedBody = { readings: [], lines: [], rejected: [] };
  let line = 0;
  for (const text of body.split("\n")) {
    line += 1;
    if (text === "" || text === "\r") continue;
    try {
      parsed.readings.push(check(parseJson(text), latest));
      parsed.lines.push(line);
    } catch (error) {
      if (!(error instanceof ReadingRefused)) throw error;
      parsed.rejected.push({ line, code: error.code, message: error.message });
    }
  }
  return parsed;
}

function parseJson(text: string): unknown {
  // JSON.parse would be silent about bytes that were no UTF-8: the decoder has put U+FFFD in their place.
  if (text.includes("\uFFFD")) throw new ReadingRefused("bad-utf8", "line: not valid UTF-8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ReadingRefused("bad-json", "line: not a JSON object", { cause });
  }
}
