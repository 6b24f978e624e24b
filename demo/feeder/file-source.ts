import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough, type Readable } from "node:stream";
import { CsvError, parse } from "csv-parse/sync";
import { DemoError } from "../errors.ts";
import { ReadingRefused } from "../reading.ts";
import type { Emission } from "./fleet.ts";
import type { Source } from "./fleet-source.ts";
import { toReading } from "./parse-record.ts";

/** The file to feed from cannot be read as CSV or NDJSON. */
export class SourceError extends DemoError<"SOURCE_UNREADABLE"> {
  override name = "SourceError";

  constructor(message: string, options?: ErrorOptions) {
    super("SOURCE_UNREADABLE", message, options);
  }
}

export interface FileSourceSettings {
  /** Path of a .csv or .ndjson file, or "-" for standard input. */
  from: string;
  stdin: Readable;
  maxBatch: number;
  /** Records to pass over: they were read in an earlier life. */
  skip: number;
  nextSeq: ReadonlyMap<string, number>;
  /** What a source that is not in `nextSeq` begins with. */
  firstSeq: number;
  /** @param line of the file, 1 is its first */
  refused(line: number, error: ReadingRefused): void;
}

/**
 * Reads a file of readings, a line each, in chunks of `maxBatch`. A bad line is reported and passed over.
 * @throws SourceError
 */
export async function* fileSource(settings: FileSourceSettings, signal: AbortSignal): Source {
  const nextSeq = new Map(settings.nextSeq);
  let emissions: Emission[] = [];
  let number = 0;
  for await (const { line, record } of records(settings, signal)) {
    if (signal.aborted) return;
    number += 1;
    if (number <= settings.skip) continue;
    try {
      if (record instanceof ReadingRefused) throw record;
      emissions.push({ reading: toReading(record, nextSeq, settings.firstSeq), delayMs: 0 });
    } catch (error) {
      if (!(error instanceof ReadingRefused)) throw error;
      settings.refused(line, error);
    }
    if (emissions.length >= settings.maxBatch) {
      yield { emissions, cursor: number };
      emissions = [];
    }
  }
  if (emissions.length > 0) yield { emissions, cursor: number };
}

interface FileRecord {
  line: number;
  record: Record<string, unknown> | ReadingRefused;
}

async function* records(
  { from, stdin }: FileSourceSettings,
  signal: AbortSignal,
): AsyncGenerator<FileRecord> {
  const input = from === "-" ? stdin : createReadStream(from);
  signal.addEventListener("abort", () => input.destroy(new Error("stopped")), { once: true });
  try {
    yield* recordsOf(input);
  } catch (cause) {
    throw new SourceError(
      `${from === "-" ? "standard input" : from}: cannot be read (${(cause as Error).message}); expected NDJSON, or ` +
        `CSV with the columns source,seq,at,metric,value (seq may be missing)`,
      { cause },
    );
  } finally {
    input.destroy();
  }
}

/**
 * NDJSON begins with a brace, CSV with its header. CSV is parsed by the line too: no field of a reading holds a line
 * break, and an open quote then spoils its own line alone.
 */
async function* recordsOf(input: Readable): AsyncGenerator<FileRecord> {
  const stream = new PassThrough();
  input.once("error", (error) => stream.destroy(error));
  let parseLine: ((text: string) => FileRecord["record"]) | null = null;
  let line = 0;
  for await (const text of createInterface({
    input: input.pipe(stream),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    const plain = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (plain.trim() === "") continue;
    if (parseLine !== null) yield { line, record: parseLine(plain) };
    else if (plain.trimStart().startsWith("{")) {
      parseLine = parseJsonLine;
      yield { line, record: parseLine(plain) };
    } else parseLine = csvLineParser(plain);
  }
}

function parseJsonLine(text: string): FileRecord["record"] {
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record === "object" && record !== null) return record as Record<string, unknown>;
  } catch {
    // Falls through: what is no JSON and what is no object are the same mistake.
  }
  return new ReadingRefused("bad-json", "line: not a JSON object");
}

const NEEDED = ["source", "at", "metric", "value"];

function csvLineParser(header: string) {
  const columns = parseFields(header) ?? [];
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new TypeError(`the first line names no column ${missing.join(", ")}`);
  const twice = [...NEEDED, "seq"].filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (twice.length > 0) throw new TypeError(`the first line names ${twice.join(", ")} twice`);
  return (text: string): FileRecord["record"] => {
    const fields = parseFields(text);
    if (fields === null) return new ReadingRefused("bad-shape", "line: its quotes do not match");
    if (fields.length === columns.length)
      return Object.fromEntries(columns.map((name, index) => [name, fields[index]]));
    const message = `line: ${fields.length} fields, where the first line names ${columns.length}`;
    return new ReadingRefused("bad-shape", message);
  };
}

function parseFields(line: string): string[] | null {
  try {
    return parse(line, { trim: true })[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
