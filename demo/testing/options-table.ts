import { envOf, flagOf, type OptionKey, options } from "../options/options.ts";
import type { OptionSpec } from "../options/spec.ts";

/** The table of all options as README.md prints it (Markdown). */
export function renderOptionsTable(): string {
  const rows = (Object.keys(options) as OptionKey[]).map((key) => {
    const spec: OptionSpec = options[key];
    const fallback = spec.default === null ? "—" : `\`${spec.default}\``;
    const programs = spec.programs.join(", ");
    return `| \`${flagOf(key)}\` | \`${envOf(key)}\` | ${fallback} | ${programs} | ${spec.help} |`;
  });
  return [
    "| option | environment variable | default | of | what it sets |",
    "|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}
