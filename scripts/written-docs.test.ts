import { Argument, Command, Option } from "commander";
import { describe, expect, test } from "vitest";
import { renderCliDocs } from "./cli-docs.ts";
import { figureTables, renewFigureDocs } from "./figure-docs.ts";

const program = () =>
  new Command("sprintcast")
    .option("--debug", "show more")
    .addOption(new Option("--secret", "not for people").hideHelp())
    .addCommand(
      new Command("board")
        .description("Shows a board | of a sprint.")
        .argument("<sprint>", "its number")
        .addArgument(new Argument("[lane]", "one lane"))
        .addOption(new Option("--as <form>", "how").choices(["text", "json"]).default("text"))
        .option("--days <n>", "how many", "12")
        .option("--no-colour", "plain")
        .addHelpText(
          "after",
          "\nExamples:\n  $ sprintcast board 3\n  $ sprintcast board 3 --as json | jq .\n\nMore words:\n  not an example",
        ),
    )
    .addCommand(new Command("plain").description("Has nothing to choose."))
    .addCommand(new Command("complete").description("From a library."));

/** A page's part under a heading, without the blanks that pad its tables. */
const partOf = (page: string, heading: string): string =>
  (page.split(`\n## \`${heading}\`\n`)[1]?.split("\n## ")[0] ?? "")
    .replace(/ +/g, " ")
    .replace(/-{3,}/g, "---");

describe("docs/cli.md", () => {
  const page = renderCliDocs(program());

  test("has a part for each command, by how it is called, and one of its own words for completion", () => {
    expect([...page.matchAll(/^## `(.*)`$/gm)].map(([, heading]) => heading)).toEqual([
      "sprintcast board <sprint> [lane]",
      "sprintcast plain",
      "sprintcast complete",
    ]);
    expect(page).not.toContain("From a library.");
  });

  test("says of arguments and options what --help says, with choices and what holds without them", () => {
    const part = partOf(page, "sprintcast board <sprint> [lane]");
    expect(part).toContain("| `sprint` | its number |");
    expect(part).toContain("| `lane` | one lane |");
    expect(part).toContain("| `--as <form>` | how. One of text, json. Default: text. |");
    expect(part).toContain("| `--days <n>` | how many. Default: 12. |");
    expect(part).toContain("| `--no-colour` | plain.");
    expect(part).toContain("Shows a board | of a sprint.");
  });

  test("has the examples as a shell takes them, and nothing that stands below them", () => {
    const part = partOf(page, "sprintcast board <sprint> [lane]");
    expect(part).toContain("```sh\nsprintcast board 3\nsprintcast board 3 --as json | jq .\n```");
    expect(part).not.toContain("not an example");
    expect(partOf(page, "sprintcast plain")).not.toMatch(/```|\|/);
  });

  test("hides what the help hides, and names every exit code", () => {
    expect(page).toContain("`--debug`");
    expect(page).not.toContain("--secret");
    expect([...page.matchAll(/^\| (\d) +\|/gm)].map(([, code]) => code)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
  });
});

describe("docs/figures.md", () => {
  const [[title = "", table = ""] = [], [second = "", other = ""] = []] = [...figureTables()];
  const page = `# Figures\n\nIntro | with a bar.\n\n## ${title}\n\nWords of ours.\n\n${table}\nMore words.\n\n## ${second}\n\n${other}\n## Ours\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n`;

  test("that is right stays as it is, however often it is written", () => {
    expect(renewFigureDocs(page)).toBe(page);
  });

  test("has its tables written anew, and every word between and tables of our own stay", () => {
    const rows = table.split("\n");
    const old = [...rows.slice(0, 2), "| `gone` | Gone | No more |", ""].join("\n");
    expect(renewFigureDocs(page.replace(table, old))).toBe(page);
    expect(renewFigureDocs(page.replace(other, "| a |\n"))).toBe(page);
  });

  test("each figure stands in one table, with what it is called and what it means", () => {
    const keys = [...figureTables()].flatMap(([, lines]) => [
      ...lines.matchAll(/^\| `([^`]+)` +\| (\S.*?) +\| (\S.*?) +\|$/gm),
    ]);
    expect(keys.length).toBeGreaterThan(30);
    for (const [, key, label = "", meaning = ""] of keys)
      expect([key, label.length > 0, meaning.length > 10]).toEqual([key, true, true]);
    for (const lines of figureTables().values())
      expect(lines.trimEnd().split("\n").length).toBe(keys.filter(([row]) => lines.includes(row)).length + 2);
  });
});
