import { type Batch, type Columns, columnsOf, type Reading, readingsOf } from "../protocol.ts";

/** Fewer readings than this are written as they are: as columns they would be no smaller. */
const LEAST_IN_COLUMNS = 16;
const COLUMNS = Buffer.from(',"cols":');

/** The batch as a server carries it. Its columns are written as viewers get them, so that they can be passed on. */
export function encodeBatch({ epoch, from, to, readings, encoded }: Batch): string {
  if (readings.length < LEAST_IN_COLUMNS) return JSON.stringify({ epoch, from, to, readings });
  return JSON.stringify({ epoch, from, to, cols: encoded?.cols ?? columnsOf(readings) });
}

/** @throws SyntaxError, TypeError for what is no batch */
export function decodeBatch(bytes: Uint8Array): Batch {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Within a string its first quotation mark would be escaped.
  const at = text.indexOf(COLUMNS);
  if (at === -1) return checkedRows(JSON.parse(text.toString()));
  const { epoch, from, to } = checkedSpan(JSON.parse(`${text.toString("utf8", 0, at)}}`));
  const json = text.subarray(at + COLUMNS.length, -1);
  const cols = JSON.parse(json.toString()) as Columns;
  const size = to - from + 1;
  if ([cols.source, cols.seq, cols.at, cols.metric, cols.value].some((column) => column?.length !== size)) {
    throw new TypeError(`expected five columns of ${size} readings each, offsets ${from} to ${to}`);
  }
  let readings: Batch["readings"] | null = null;
  return {
    epoch,
    from,
    to,
    // Most who get a batch go by its columns.
    get readings() {
      readings ??= readingsOf(cols);
      return readings;
    },
    encoded: { cols, json },
  };
}

function checkedSpan(value: unknown): Omit<Batch, "readings"> {
  const { epoch, from, to } = (value ?? {}) as Batch;
  const isSpan = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && to >= from;
  if (typeof epoch === "string" && isSpan) return { epoch, from, to };
  throw new TypeError("expected a batch: an epoch, and the offsets from and to of its readings");
}

function checkedRows(value: unknown): Batch {
  const { epoch, from, to } = checkedSpan(value);
  const { readings } = value as Batch;
  const size = to - from + 1;
  if (Array.isArray(readings) && readings.length === size && readings.every(isReading)) {
    return { epoch, from, to, readings };
  }
  throw new TypeError(`expected ${size} readings, offsets ${from} to ${to}`);
}

function isReading(value: unknown): boolean {
  const { source, metric, ...numbers } = (value ?? {}) as Reading;
  const isNamed = typeof source === "string" && typeof metric === "string";
  return isNamed && [numbers.seq, numbers.at, numbers.value].every(Number.isFinite);
}
