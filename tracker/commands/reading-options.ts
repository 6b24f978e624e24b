import { type Command, Option } from "commander";
import type { Root } from "mdast";
import type { Content } from "../content/read.ts";
import { present } from "../core/model/present.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { createPaint, type Look } from "../render/text/terminal.ts";
import { wordsOf } from "../words/languages.ts";
import type { Words } from "../words/words.ts";

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

/** One value in the formats that a verb offers. What a format needs is loaded where it is asked for. */
export interface Printable {
  json: unknown;
  text: (look: Look) => string;
  csv?: () => Promise<string>;
  /** The Markdown; with `title` and `charts`, the HTML page too. */
  document?: () => Promise<Root>;
  title?: string;
  charts?: () => Promise<string[]>;
  /** The chart that stands alone, as SVG or PNG. */
  svg?: () => Promise<string>;
}

/** Prints a value in the format asked for, of those that the verb offers. Throws UsageError `png-on-terminal`. */
export async function printAs(io: Io, format: string, value: Printable): Promise<void> {
  if (format === "png") await printPng(io, await present(value.svg)());
  else io.out(await textAs(format, value, io));
}

async function textAs(format: string, value: Printable, io: Io): Promise<string> {
  switch (format) {
    case "json":
      return jsonText(value.json);
    case "csv":
      return present(value.csv)();
    case "md": {
      const { renderMarkdown } = await import("../render/write-markdown.ts");
      return renderMarkdown(await present(value.document)());
    }
    case "svg":
      return `${await present(value.svg)()}\n`;
    case "html": {
      const { renderHtml } = await import("../render/html.ts");
      return renderHtml(value.title ?? "", await present(value.document)(), await value.charts?.());
    }
    default:
      return value.text(lookOf(io));
  }
}

/** Prints a standalone chart as a PNG. Throws UsageError `png-on-terminal` where nobody could see it. */
async function printPng(io: Io, svg: string): Promise<void> {
  if (io.isTerminal || io.outBytes === undefined)
    throw new UsageError("png-on-terminal", "a PNG is no text for a terminal", {
      hint: "Send it into a file: … --format png > chart.png",
    });
  const { pngOf } = await import("../render/png.ts");
  io.outBytes(pngOf(svg));
}

/** Value as JSON for people and programs, with a last line feed. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What a picture of its own speaks, which goes where the team writes: the language of its settings. */
export const pictureWords = ({ settings: { locale, texts } }: Pick<Content, "settings">): Words =>
  wordsOf(locale, texts);

export const lookOf = (io: Io): Look => ({
  width: Math.min(io.columns, 120),
  paint: createPaint(io.isTerminal, io.env),
});
