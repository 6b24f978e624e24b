import type { Command, Option } from "commander";
import type { RootContent } from "mdast";
import { paragraph, table } from "../tracker/render/directives/nodes.ts";
import { renderMarkdown } from "../tracker/render/write-markdown.ts";

const code = (value: string) => ({ type: "inlineCode" as const, value });
const heading = (depth: 1 | 2, value: string): RootContent => ({
  type: "heading",
  depth,
  children: [code(value)],
});

/** docs/cli.md: every command with its arguments and options, as `--help` knows them. */
export function renderCliDocs(program: Command): string {
  return renderMarkdown({
    type: "root",
    children: [
      { type: "heading", depth: 1, children: [{ type: "text", value: "Command line" }] },
      paragraph([
        "In a checkout, run it as ",
        code("npx sprintcast …"),
        ". This page is written by ",
        code("npm run docs"),
        " from what ",
        code("--help"),
        " says; a test holds the two together.",
      ]),
      ...optionTable(program.options.filter((option) => !option.hidden)),
      ...exitCodes,
      ...program.commands.filter((command) => command.name() !== "complete").flatMap(commandNodes),
      heading(2, "sprintcast complete"),
      paragraph([
        "Prints a completion script for zsh, bash, fish or powershell: ",
        code("source <(sprintcast complete zsh)"),
        ".",
      ]),
    ],
  });
}

const exitCodes: RootContent[] = [
  table(
    ["Exit code", "means"],
    [
      ["0", "done"],
      ["1", "internal fault"],
      ["2", "wrong usage"],
      ["3", "content or settings invalid, or something doctor found"],
      ["4", "GitHub refused: bad token, missing repository"],
      ["5", "interrupted; what was fetched is kept and the same command resumes"],
    ],
  ),
];

function commandNodes(command: Command): RootContent[] {
  const examples = exampleLines(command);
  const usage = [`sprintcast ${command.name()}`, ...command.registeredArguments.map(argumentText)].join(" ");
  return [
    heading(2, usage),
    paragraph(command.description()),
    ...(command.registeredArguments.length === 0
      ? []
      : [
          table(
            ["Argument", ""],
            command.registeredArguments.map((one) => [code(one.name()), one.description]),
          ),
        ]),
    ...optionTable(command.options),
    ...(examples === "" ? [] : [{ type: "code" as const, lang: "sh", value: examples }]),
  ];
}

const argumentText = (one: { name(): string; required: boolean }): string =>
  one.required ? `<${one.name()}>` : `[${one.name()}]`;

function optionTable(options: readonly Option[]): RootContent[] {
  if (options.length === 0) return [];
  return [
    table(
      ["Option", ""],
      options.map((option) => [[code(option.flags)], describe(option)]),
    ),
  ];
}

function describe(option: Option): string {
  const choices = option.argChoices ? ` One of ${option.argChoices.join(", ")}.` : "";
  const fallback = option.defaultValue === undefined ? "" : ` Default: ${option.defaultValue}.`;
  return `${option.description}.${choices}${fallback}`;
}

/** The lines after "Examples:" of the help, without their prompt. */
function exampleLines(command: Command): string {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help = help.concat(text)) });
  command.outputHelp();
  const after = help.split("\nExamples:\n")[1] ?? "";
  return after
    .split("\n")
    .filter((line) => line.startsWith("  $ "))
    .map((line) => line.slice(4))
    .join("\n");
}
