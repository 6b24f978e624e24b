import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planProject, teamOf } from "create-sprintcast";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { parsePost, parseSettings, parseSprint } from "../tracker/content/parse.ts";
import { present } from "../tracker/core/model/present.ts";
import { parseSize } from "../tracker/core/report/estimate.ts";
import { parseKalm } from "../tracker/core/report/parse-kalm.ts";
import { parseSpend } from "../tracker/core/report/spend.ts";
import { buildProgram, verbs } from "../tracker/program.ts";
import { directiveExamples } from "../tracker/render/directives/directive.ts";
import { figureKeys } from "../tracker/render/figures/figures.ts";
import { flowFigureKeys } from "../tracker/render/figures/flow.ts";
import { forecastFigureKeys } from "../tracker/render/figures/forecast.ts";
import { quietIo } from "../tracker/testing/quiet-io.ts";
import { renderCliDocs } from "./cli-docs.ts";
import { figureTables, renewFigureDocs } from "./figure-docs.ts";

const root = join(import.meta.dirname, "..");
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");
const program = await buildProgram(quietIo({ cwd: root, now: 0 }), "");

test("docs/cli.md is what --help says; npm run docs writes it", () => {
  expect(textOf("docs/cli.md")).toBe(renderCliDocs(program));
});

test("docs/figures.md has every figure with what it is called and its definition, and no other", () => {
  const text = textOf("docs/figures.md");
  expect(text).toBe(renewFigureDocs(text));
  const tables = [...figureTables()];
  for (const [title, lines] of tables) {
    const section = text.split(`## ${title}\n`)[1]?.split("\n## ")[0];
    expect(section, title).toContain(lines);
  }
  const written = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key);
  expect(written).toEqual(
    tables.flatMap(([, lines]) => [...lines.matchAll(/^\| `([^`]+)`/gm)].map(([, key]) => key)),
  );
  expect(written.toSorted()).toEqual([...figureKeys, ...flowFigureKeys, ...forecastFigureKeys].toSorted());
});

test("docs/errors.md has every code of the tracker, the site and create-sprintcast, and none besides", () => {
  const sources = ["tracker", "site", "create"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
      .map((path) => textOf(join(room, path))),
  );
  const made = sources.flatMap((text) => [
    ...text.matchAll(
      /\b(?:\w+Error|refused)\(\s*(?:"[\w./]*",\s*)?"([a-z]+(?:-[a-z]+)+|directive|interrupted)"/g,
    ),
  ]);
  const documented = [...textOf("docs/errors.md").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) =>
    present(code),
  );
  expect(made.length).toBeGreaterThan(20);
  expect(made.map(([, code]) => code).filter((code) => !documented.includes(present(code)))).toEqual([]);
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
    const options = present(command).options.map((option) => option.long);
    for (const [option] of present(rest).matchAll(/--[a-z-]+/g)) expect(options).toContain(option);
  }
});

test("docs/publishing.md has a team's workflow and every input and output of the action as they are", () => {
  const publishing = textOf("docs/publishing.md");
  const team = teamOf("octo/rocket", "UTC", {}, 0);
  const workflow = planProject({ team, content: "content", branch: "main" }).at(-1);
  expect(workflow?.path).toBe(".github/workflows/publish.yml");
  expect(publishing).toContain(`\`\`\`yaml\n${workflow?.text}\`\`\`\n`);
  const { inputs, outputs } = parseYaml(textOf("action.yml"));
  for (const [name, { description, default: fallback }] of Object.entries<Record<string, string>>(inputs))
    expect(publishing).toContain(
      `| \`${name}\` | ${description} | ${fallback ? `\`${fallback}\`` : "—"} |\n`,
    );
  for (const [name, { description }] of Object.entries<Record<string, string>>(outputs))
    expect(publishing).toContain(`| \`${name}\` | ${description} |\n`);
});

test("every sprintcast command in the documentation is one, and every npm script is one of a team's", () => {
  const scripts = JSON.parse(
    present(planProject({ team: teamOf("o/r", "UTC", {}, 0), content: "content", branch: "main" })[0]).text,
  );
  const publishing = textOf("docs/publishing.md");
  const used = [...publishing.matchAll(/npx sprintcast ([a-z]+)/g)].map(([, verb]) => present(verb));
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((verb) => !Object.hasOwn(verbs, verb))).toEqual([]);
  const run = [...publishing.matchAll(/npm (?:run )?(start|(?<=run )[a-z]+)/g)].map(([, name]) =>
    present(name),
  );
  expect(new Set(run)).toEqual(new Set(["start", "dev", "build", "preview"]));
  expect(run.filter((name) => !Object.hasOwn(scripts.scripts, name))).toEqual([]);
});

test("docs/writing.md shows every figure, and its examples are read as it says", () => {
  const writing = textOf("docs/writing.md");
  for (const example of Object.values(directiveExamples))
    for (const one of example.split(" or ")) expect(writing).toContain(`\`${one}\``);
  const [sprint, post, kalm] = [...writing.matchAll(/```markdown\n([\s\S]*?)```/g)].map(([, text]) =>
    present(text),
  );
  const settings = parseSettings("repository: octo/rocket\ntimeZone: UTC\n", "settings.yml");
  expect(parseSprint(present(sprint), "sprints/02.md", settings).sprint).toMatchObject({
    number: 2,
    capacityDays: 16,
  });
  expect(parsePost(present(post), "posts/02-review.md", "02-review")).toMatchObject({
    kind: "review",
    sprint: 2,
  });
  const { promises, answers } = parseKalm(present(kalm));
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
    return [...part.matchAll(/`([^`\n]+)`/g)].map(([, text]) => present(text));
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
