import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePost, parseSettings, parseSprint } from "../tracker/content/parse.ts";
import { parseSize } from "../tracker/core/report/estimate.ts";
import { parseKalm } from "../tracker/core/report/parse-kalm.ts";
import { parseSpend } from "../tracker/core/report/spend.ts";
import { buildProgram, verbs } from "../tracker/program.ts";
import { directiveExamples } from "../tracker/render/directives/directive.ts";
import { quietIo } from "../tracker/testing/quiet-io.ts";
import { renderCliDocs } from "./cli-docs.ts";

const root = join(import.meta.dirname, "..");
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const program = await buildProgram(quietIo({ cwd: root, now: 0 }), "");

test("docs/cli.md is what --help says; npm run docs writes it", () => {
  expect(textOf("docs/cli.md")).toBe(renderCliDocs(program));
});

test("docs/errors.md has every code of the tracker, and none besides", () => {
  const sources = readdirSync(join(root, "tracker"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => textOf(join("tracker", path)));
  const made = sources.flatMap((text) => [
    ...text.matchAll(
      /\b(?:\w+Error|refused)\(\s*(?:"[\w./]*",\s*)?"([a-z]+(?:-[a-z]+)+|directive|interrupted)"/g,
    ),
  ]);
  const documented = [...textOf("docs/errors.md").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code!);
  expect(made.length).toBeGreaterThan(20);
  expect(made.map(([, code]) => code).filter((code) => !documented.includes(code!))).toEqual([]);
  expect(documented.filter((code) => !sources.some((text) => text.includes(`"${code}"`)))).toEqual([]);
});

test("README.md names every command, and no command or option that there is not", () => {
  const readme = textOf("README.md");
  for (const verb of Object.keys(verbs)) expect(readme).toContain(`\`sprintcast ${verb}\``);
  const used = [...readme.matchAll(/npx sprintcast ([a-z]+)([^\n#]*)/g)];
  expect(used.length).toBeGreaterThan(5);
  for (const [, verb, rest] of used) {
    const command = program.commands.find((one) => one.name() === verb);
    expect(command, verb).toBeDefined();
    const options = command!.options.map((option) => option.long);
    for (const [option] of rest!.matchAll(/--[a-z-]+/g)) expect(options).toContain(option);
  }
});

test("docs/writing.md shows every figure, and its examples are read as it says", () => {
  const writing = textOf("docs/writing.md");
  for (const example of Object.values(directiveExamples))
    for (const one of example.split(" or ")) expect(writing).toContain(`\`${one}\``);
  const [sprint, post, kalm] = [...writing.matchAll(/```markdown\n([\s\S]*?)```/g)].map(([, text]) => text!);
  const settings = parseSettings("repository: octo/rocket\ntimeZone: UTC\n", "settings.yml");
  expect(parseSprint(sprint!, "sprints/02.md", settings).sprint).toMatchObject({
    number: 2,
    capacityDays: 16,
  });
  expect(parsePost(post!, "posts/02-review.md", "02-review")).toMatchObject({ kind: "review", sprint: 2 });
  const { promises, answers } = parseKalm(kalm!);
  expect(answers.map(({ kept }) => kept)).toEqual([true, null, false]);
  expect(promises.map(({ kind, issue }) => [kind, issue])).toEqual([
    ["keep", null],
    ["add", 31],
    ["less", null],
    ["more", null],
  ]);
});

test("docs/writing.md says of effort and sizes what is read and what is not", () => {
  const writing = textOf("docs/writing.md");
  const length = { hoursPerDay: 8, daysPerWeek: 5 };
  const read = (from: string, to: string): string[] => {
    const part = writing.slice(writing.indexOf(from), writing.indexOf(to));
    return [...part.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!);
  };
  const forms = read("| line | means |\n| --- | --- |\n| `/spend", "A line that looks like effort");
  const lines = forms.filter((form) => form.startsWith("/spend "));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) expect([line, parseSpend(line, length).unread]).toEqual([line, []]);
  const refused = read("A line that looks like effort", "## Recordings").filter((form) =>
    form.includes("/spend"),
  );
  expect(refused.length).toBeGreaterThan(2);
  for (const line of refused) expect([line, parseSpend(line, length).unread.length]).toEqual([line, 1]);
  const rules = { sizes: { S: 0.1, M: 0.5, L: 1 }, ...length };
  const labels = read("## Estimates", "## Effort").filter((form) => /^size/i.test(form) && /[:/]/.test(form));
  const unread = ["size: 1-2", "size: 1,000", "size: 3pt"];
  for (const label of labels.filter((one) => !one.startsWith("sizes")))
    expect([label, parseSize(label, "size: ", rules) === null]).toEqual([label, unread.includes(label)]);
});
