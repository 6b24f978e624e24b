import type { Readable } from "node:stream";
import { type Feeder, type FeederLog, startFeeder } from "../feeder/feeder.ts";
import { fileSource } from "../feeder/file-source.ts";
import { fleetSource, type Source } from "../feeder/fleet-source.ts";
import { createNoJournal, type Journal, openJournal } from "../feeder/journal.ts";
import type { OptionValues } from "../options/options.ts";
import { feederSettings, fleetSettings } from "./settings.ts";

export interface FeederRun {
  values: OptionValues;
  url: string;
  token: string;
  stdin: Readable;
  clock(): number;
  log: FeederLog;
}

/** Starts the feeder the options describe: the simulated fleet, or a file. @throws JournalError */
export async function runFeeder(run: FeederRun): Promise<Feeder> {
  const journal =
    run.values.state === null ? createNoJournal(run.clock()) : await openJournal(run.values.state);
  const settings = feederSettings(run.values, run.url, run.token);
  return startFeeder((signal) => sourceOf(run, journal, signal), journal, settings, run.clock, run.log);
}

function sourceOf({ values, stdin, clock, log }: FeederRun, journal: Journal, signal: AbortSignal): Source {
  const { cursor, nextSeq, firstSeq } = journal.state;
  if (values.from === null) {
    return fleetSource(fleetSettings(values), { cursor, nextSeq, firstSeq }, values.flushMs, clock, signal);
  }
  return fileSource(
    {
      from: values.from,
      stdin,
      maxBatch: values.maxBatch,
      // Standard input is never the same twice; a file goes on where the last life left it.
      skip: values.from === "-" ? 0 : cursor,
      nextSeq,
      firstSeq,
      refused: (line, error) => log.warn({ line, code: error.code }, error.message),
    },
    signal,
  );
}
