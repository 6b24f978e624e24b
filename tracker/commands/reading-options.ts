import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { createPaint, type Paint } from "../render/text/terminal.ts";

/** What every verb that reads takes. */
export interface ReadingOptions {
  json?: boolean;
  format?: string;
  db: string;
  content: string;
}

/** Adds `--json`, `--format`, `--db` and `--content`. */
export function readingOptions(command: Command, schema: string, formats: readonly string[]): Command {
  return command
    .option("--json", `print ${schema}, the same as --format json`)
    .addOption(
      new Option("--format <format>", "output format (default: text for the terminal)").choices(formats),
    )
    .option("--db <file>", "database", ".sprintcast/sprintcast.db")
    .option("--content <dir>", "content folder", "content");
}

/** Throws UsageError where `--json` and another format are asked for at once. */
export function formatOf({ json, format }: ReadingOptions): string {
  if (json && format !== undefined && format !== "json")
    throw new UsageError("two-formats", `--json and --format ${format} ask for two different formats`, {
      hint: "Leave one of them out.",
    });
  return json ? "json" : (format ?? "text");
}

/** Prints a standalone chart as a PNG. Throws UsageError `png-on-terminal` where nobody could see it. */
export async function printPng(io: Io, svg: string): Promise<void> {
  if (io.isTerminal || io.outBytes === undefined)
    throw new UsageError("png-on-terminal", "a PNG is no text for a terminal", {
      hint: "Send it into a file: … --format png > chart.png",
    });
  const { pngOf } = await import("../render/png.ts");
  io.outBytes(pngOf(svg));
}

/** Value as JSON for people and programs, with a last line feed. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export const lookOf = (io: Io): { width: number; paint: Paint } => ({
  width: Math.min(io.columns, 120),
  paint: createPaint(io.isTerminal, io.env),
});
