import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough, type Readable } from "node:stream";
import { parse } from "csv-parse";
import { ReadingRefused } from "../reading.ts";
import type { Source } from "./fleet-source.ts";
import type { Emission } from "./fleet-step.ts";
import { toReading } from "./record-step.ts";

/** The file to feed from cannot be read as CSV or NDJSON. */
export class SourceError extends Error {
  readonly code = "SOURCE_UNREADABLE";
  override name = "SourceError";
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
  refused(record: number, error: ReadingRefused): void;
}

/** Reads a file of readings, in chunks of `maxBatch`. A bad record is reported and passed over. @throws SourceError */
export async function* fileSource(settings: FileSourceSettings, signal: AbortSignal): Source {
  const nextSeq = new Map(settings.nextSeq);
  let emissions: Emission[] = [];
  let number = 0;
  for await (const record of records(settings, signal)) {
    if (signal.aborted) return;
    number += 1;
    if (number <= settings.skip) continue;
    try {
      if (record instanceof ReadingRefused) throw record;
      emissions.push({ reading: toReading(record, nextSeq, settings.firstSeq), delayMs: 0 });
    } catch (error) {
      if (!(error instanceof ReadingRefused)) throw error;
      settings.refused(number, error);
    }
    if (emissions.length >= settings.maxBatch) {
      yield { emissions, cursor: number };
      emissions = [];
    }
  }
  if (emissions.length > 0) yield { emissions, cursor: number };
}

type FileRecord = Record<string, unknown> | ReadingRefused;

async function* records(
  { from, stdin }: FileSourceSettings,
  signal: AbortSignal,
): AsyncGenerator<FileRecord> {
  const input = from === "-" ? stdin : createReadStream(from);
  signal.addEventListener("abort", () => input.destroy(new Error("stopped")), { once: true });
  try {
    const { isNdjson, stream } = await sniff(input);
    yield* isNdjson ? ndjsonRecords(stream) : csvRecords(stream);
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

/** Looks at the first bytes: NDJSON begins with a brace, CSV with its header. */
async function sniff(input: Readable): Promise<{ isNdjson: boolean; stream: Readable }> {
  const stream = new PassThrough();
  input.once("error", (error) => stream.destroy(error));
  input.pipe(stream);
  const head = await new Promise<string>((resolve, reject) => {
    stream.once("error", reject);
    stream.once("readable", () => {
      const first: Buffer | null = stream.read();
      if (first) stream.unshift(first);
      resolve(first?.toString("utf8") ?? "");
    });
  });
  return { isNdjson: /^\uFEFF?\s*\{/.test(head), stream };
}

async function* ndjsonRecords(stream: Readable): AsyncGenerator<FileRecord> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    yield parseLine(line);
  }
}

function parseLine(line: string): FileRecord {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record === "object" && record !== null) return record as Record<string, unknown>;
  } catch {
    // Falls through: what is no JSON and what is no object are the same mistake.
  }
  return new ReadingRefused("bad-json", "line: not a JSON object");
}

async function* csvRecords(stream: Readable): AsyncGenerator<FileRecord> {
  const parser = parse({ columns: true, bom: true, trim: true, skip_empty_lines: true });
  stream.once("error", (error) => parser.destroy(error));
  for await (const record of stream.pipe(parser)) yield record as Record<string, unknown>;
}
