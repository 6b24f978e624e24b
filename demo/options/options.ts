import { DemoError } from "../errors.ts";
import { costOptions } from "./cost.ts";
import { eaterOptions } from "./eater.ts";
import { feederOptions } from "./feeder.ts";
import { liveOptions } from "./live.ts";
import { recordingOptions } from "./recording.ts";
import { sharedOptions } from "./shared.ts";
import type { OptionSpec } from "./spec.ts";

/**
 * Every setting of the demo, once: its flag (the key in kebab-case), its environment variable (`SPRINTCAST_DEMO_` and
 * the key in capitals), its default and its limits. README.md prints this table, and a test compares the two.
 */
export const options = {
  ...sharedOptions,
  ...eaterOptions,
  ...liveOptions,
  ...feederOptions,
  ...recordingOptions,
  ...costOptions,
};

type Table = typeof options;
export type OptionKey = keyof Table;
/** The values of all options, by key. */
export type OptionValues = {
  [K in OptionKey]: Table[K]["kind"] extends "text"
    ? Table[K]["default"] extends string
      ? string
      : string | null
    : Table[K]["default"] extends number
      ? number
      : number | null;
};

/** An option's value is not one it can have. */
export class OptionError extends DemoError<"OPTION_INVALID"> {
  override name = "OptionError";

  constructor(message: string, options?: ErrorOptions) {
    super("OPTION_INVALID", message, options);
  }
}

export function flagOf(key: OptionKey): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function envOf(key: OptionKey): string {
  return `SPRINTCAST_DEMO_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Reads one value as written on the command line or in the environment. @throws OptionError */
export function parseOption(key: OptionKey, text: string): string | number {
  const spec: OptionSpec = options[key];
  if (spec.kind === "text") {
    if (spec.choices?.includes(text) === false)
      throw new OptionError(`${flagOf(key)} takes one of ${spec.choices.join(", ")}, not "${text}"`);
    // To listen on no address in particular is to listen on all of them; a variable that is set to nothing asks for none.
    if (spec.default && text.trim() === "")
      throw new OptionError(
        `${flagOf(key)} takes a text that is not empty; unset ${envOf(key)} for ${spec.default}`,
      );
    return text;
  }
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits =
    value >= spec.min && value <= spec.max && (spec.kind === "number" || Number.isSafeInteger(value));
  if (fits) return value;
  const what = spec.kind === "integer" ? "a whole number" : "a number";
  throw new OptionError(`${flagOf(key)} takes ${what} from ${spec.min} to ${spec.max}, not "${text}"`);
}

export function defaultOptions(): OptionValues {
  return Object.fromEntries(
    Object.entries(options).map(([key, spec]) => [key, spec.default]),
  ) as OptionValues;
}
