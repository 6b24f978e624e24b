import type { Readable } from "node:stream";
import { type Feeder, type FeederLog, startFeeder } from "../feeder/feeder.ts";
import { fileSource } from "../feeder/file-source.ts";
import { fleetSource, type Source } from "../feeder/fleet-source.ts";
import { createNoJournal, type Journal, openJournal } from "../feeder/journal.ts";
import type { JournalState } from "../feeder/journal-state.ts";
import { parseMapping } from "../feeder/mqtt/mapping.ts";
import { type MqttSourceSettings, mqttSource } from "../feeder/mqtt/source.ts";
import { OptionError, type OptionValues } from "../options/options.ts";
import type { ReadingRefused } from "../reading.ts";
import { createSeldom } from "../seldom.ts";
import { isBroker, mqttAccess } from "./mqtt-access.ts";
import { feederSettings, fleetSettings } from "./settings.ts";

export interface FeederRun {
  values: OptionValues;
  url: string;
  token: string;
  stdin: Readable;
  clock(): number;
  log: FeederLog;
}

/** Starts the feeder the options describe: the simulated fleet, a file, or a broker. @throws JournalError, OptionError */
export async function runFeeder(run: FeederRun): Promise<Feeder> {
  const { values, url, token, clock, log } = run;
  if (values.mqttMap !== "" && !isBroker(values.from)) {
    throw new OptionError("--mqtt-map is of use with --from mqtt:// alone");
  }
  // Before anything is made on the disk, for it may refuse.
  const settings = feederSettings(values, url, token);
  const journal = values.state === null ? createNoJournal(clock()) : await openJournal(values.state);
  try {
    const makeSource = sourceOf(run, journal);
    return startFeeder(makeSource, journal, settings, clock, log);
  } catch (error) {
    await journal.close();
    throw error;
  }
}

function sourceOf(run: FeederRun, { state }: Journal): (signal: AbortSignal) => Source {
  const { values, stdin, clock, log } = run;
  const { cursor, nextSeq, firstSeq } = state;
  const { from } = values;
  if (from === null) {
    const fleet = fleetSettings(values);
    return (signal) => fleetSource(fleet, { cursor, nextSeq, firstSeq }, values.flushMs, clock, signal);
  }
  if (isBroker(from)) return brokerSource(run, from, state);
  const settings = {
    from,
    stdin,
    maxBatch: values.maxBatch,
    // Standard input is never the same twice; a file goes on where the last life left it.
    skip: from === "-" ? 0 : cursor,
    nextSeq,
    firstSeq,
    refused: (line: number, error: ReadingRefused) => log.warn({ line, code: error.code }, error.message),
  };
  return (signal) => fileSource(settings, signal);
}

function brokerSource({ values, clock, log }: FeederRun, from: string, state: JournalState) {
  const { nextSeq, firstSeq, handed } = state;
  const { say: warn, end } = createSeldom((fields, message) => log.warn(fields, message));
  const settings: MqttSourceSettings = {
    access: mqttAccess(values, from, state.feeder),
    map: parseMapping(values.mqttMap),
    maxBatch: values.maxBatch,
    ...{ nextSeq, firstSeq, handed, clock },
    refused: (topic, error) => warn({ topic }, `a message holds no reading that is taken: ${error.message}`),
    warn: (error) => warn({ err: error }, "the broker is away and is tried again"),
  };
  return async function* (signal: AbortSignal) {
    try {
      yield* mqttSource(settings, signal);
    } finally {
      end();
    }
  };
}
