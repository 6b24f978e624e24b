import { type Columns, columnsOf, type Reading } from "../protocol.ts";

/** Readings as columns, and as the JSON of these. */
export interface Part {
  cols: Columns;
  json: Buffer;
}

/** What stands before, between and behind the columns as `encodeBatch` writes them. Within a string each `"` is escaped, so no name can hold one of these. */
const BEFORE = Buffer.from('{"source":[');
const BETWEEN = ['],"seq":[', '],"at":[', '],"metric":[', '],"value":['].map((text) => Buffer.from(text));
const BEHIND = Buffer.from("]}");
const ORDER = "source,seq,at,metric,value";
const COMMA = Buffer.from(",");
const NOTHING = Buffer.alloc(0);

export function encodePart(readings: readonly Reading[]): Part {
  const cols = columnsOf(readings);
  return { cols, json: Buffer.from(JSON.stringify(cols)) };
}

/**
 * The JSON of all rows of the parts, in order, as pieces yet to be put together. Where they are written as ours are,
 * nothing is encoded again, and nothing copied.
 */
export function joinParts(parts: readonly Part[]): readonly Buffer[] {
  const [first] = parts;
  if (first && parts.length === 1) return [first.json];
  const texts = parts.map(columnTexts);
  if (!texts.every((text) => text !== null)) return [Buffer.from(JSON.stringify(concatenated(parts)))];
  const pieces: Buffer[] = [BEFORE];
  for (let column = 0; column <= BETWEEN.length; column += 1) {
    for (const [index, text] of texts.entries()) {
      if (index > 0) pieces.push(COMMA);
      pieces.push(text[column] ?? NOTHING);
    }
    pieces.push(BETWEEN[column] ?? BEHIND);
  }
  return pieces;
}

/** What is between the brackets of each column; null where it is written otherwise. */
function columnTexts({ cols, json }: Part): Buffer[] | null {
  if (Object.keys(cols).join() !== ORDER || !json.subarray(0, BEFORE.length).equals(BEFORE)) return null;
  const texts: Buffer[] = [];
  let at = BEFORE.length;
  for (const mark of [...BETWEEN, BEHIND]) {
    const end = json.indexOf(mark, at);
    if (end === -1) return null;
    texts.push(json.subarray(at, end));
    at = end + mark.length;
  }
  return texts;
}

function concatenated(parts: readonly Part[]): Columns {
  return {
    source: parts.flatMap(({ cols }) => cols.source),
    seq: parts.flatMap(({ cols }) => cols.seq),
    at: parts.flatMap(({ cols }) => cols.at),
    metric: parts.flatMap(({ cols }) => cols.metric),
    value: parts.flatMap(({ cols }) => cols.value),
  };
}
