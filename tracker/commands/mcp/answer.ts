import { CommanderError } from "commander";
import { type Provenance, worst } from "../../core/model/provenance.ts";
import { SprintcastError } from "../../errors.ts";
import type { Io } from "../../io.ts";
import { safeLines } from "../../render/safe-text.ts";
import type { ReadingTool } from "./tools.ts";

/** How an answer is known. */
export interface Known {
  /** The worst of all that is in it. */
  provenance: Provenance;
  /** Up to when history is known, where the answer says so. */
  upTo: string | null;
  /** What the command line would have said on stderr. */
  notes: string[];
  /** What was left out because it is long. */
  leftOut: string[];
}

export type Answer =
  | { isError: false; value: Record<string, unknown> & { schema: string; known: Known } }
  | { isError: true; text: string };

export interface Places {
  db: string;
  content: string;
}

/** Runs a reading verb with its output caught. Nothing is written: of `draft` only `--context` is ever asked. */
export async function answerOf(
  tool: ReadingTool,
  input: Record<string, unknown>,
  io: Io,
  places: Places,
): Promise<Answer> {
  let [out, err] = ["", ""];
  const caught: Io = {
    ...io,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    outBytes: () => {},
    drained: () => Promise.resolve(),
    isTerminal: false,
    showsProgress: false,
  };
  const verb = (await tool.load())(caught);
  verb.exitOverride().configureOutput({ writeOut: caught.out, writeErr: caught.err });
  try {
    const read = (tool.reads ?? ["db", "content"]).map((name) => `--${name}=${places[name]}`);
    await verb.parseAsync([...tool.args(input), ...read], { from: "user" });
  } catch (error) {
    const isWhole = error instanceof SprintcastError && error.code === tool.endsWith && out !== "";
    if (isWhole) err += `${error.message}\n`;
    else if (error instanceof SprintcastError)
      return { isError: true, text: safeLines([error.message, error.hint ?? ""].join("\n").trim()) };
    else if (error instanceof CommanderError)
      return { isError: true, text: safeLines(err.trim() || error.message) };
    else throw error;
  }
  const notes = err
    .split("\n")
    .map((line) => safeLines(line.trim()))
    .filter((line) => line !== "");
  if (tool.schema === "text/markdown") {
    const known: Known = { provenance: "replayed", upTo: null, notes, leftOut: [] };
    return {
      isError: false,
      value: { schema: tool.schema, known: { ...known, provenance: statedIn(out) }, text: out },
    };
  }
  const parsed = JSON.parse(out) as Record<string, unknown> & { schema: string };
  const { value, leftOut: unasked } = tool.pick?.(parsed, input) ?? { value: parsed, leftOut: [] };
  const leftOut = input.full === true ? [] : (tool.long ?? []).filter((key) => key in value);
  const known: Known = {
    provenance: tool.provenance ?? worst(provenancesIn(value)),
    upTo: typeof value.asOf === "string" ? value.asOf : typeof value.at === "string" ? value.at : null,
    notes,
    leftOut: [...unasked, ...leftOut],
  };
  const kept = Object.entries(value).filter(([key]) => !leftOut.includes(key));
  return { isError: false, value: { ...Object.fromEntries(kept), schema: value.schema, known } };
}

const all: readonly string[] = ["replayed", "observed", "inferred", "unknown"] satisfies Provenance[];
const isProvenance = (value: unknown): value is Provenance =>
  typeof value === "string" && all.includes(value);

/** Every provenance that an answer names, one by one or by figure. */
function provenancesIn(value: unknown): Provenance[] {
  if (Array.isArray(value)) return value.flatMap(provenancesIn);
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== "provenance") return provenancesIn(inner);
    return isProvenance(inner) ? [inner] : Object.values(inner as object).filter(isProvenance);
  });
}

/** The worst provenance in the text's table of figures. */
const statedIn = (markdown: string): Provenance =>
  worst(
    [...markdown.matchAll(/\| (replayed|observed|inferred|unknown) +\|/g)].flatMap(([, one]) =>
      isProvenance(one) ? [one] : [],
    ),
  );
