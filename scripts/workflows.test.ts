import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { planProject, teamOf } from "create-sprintcast";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type KnownActions, problemsForActionlint, problemsForGitHub } from "../action/testing/problems.ts";
import { present } from "../tracker/core/model/present.ts";

const root = join(import.meta.dirname, "..");
const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

/** The newest majors in November 2026, all on Node 24, with what we give them. */
const official: Record<string, string[]> = {
  "actions/cache@v6": ["path", "key", "restore-keys"],
  "actions/checkout@v7": ["persist-credentials"],
  "actions/configure-pages@v6": [],
  "actions/deploy-pages@v5": [],
  "actions/setup-node@v7": ["node-version", "package-manager-cache", "cache", "cache-dependency-path"],
  "actions/upload-pages-artifact@v5": ["path"],
};
const known: KnownActions = { "sprintcast/sprintcast": parse(textOf("action.yml")) };
for (const [action, inputs] of Object.entries(official))
  known[action.replace(/@.*/, "")] = {
    inputs: Object.fromEntries(inputs.map((name) => [name, { description: name }])),
  };

const workflowOf = (given: { content?: string; branch?: string; usesProjects?: boolean } = {}): string => {
  const project = { content: "content", branch: "main", ...given };
  const files = planProject({ team: teamOf("octo/rocket", "UTC", {}, 0), ...project });
  return present(files.find(({ path }) => path.endsWith("publish.yml"))).text;
};
const folder = ".github/workflows";
const workflows: [name: string, text: string][] = [
  ...readdirSync(join(root, folder)).map((name): [string, string] => [
    name,
    textOf(join(folder, name)).replace("uses: ./", "uses: sprintcast/sprintcast@v0"),
  ]),
  ["a team's", workflowOf()],
  ["a team's on a project board", workflowOf({ usesProjects: true })],
  ["a team's with names of its own", workflowOf({ content: "docs/our team", branch: "release/1.x" })],
];

test.each(workflows)("%s workflow is one to actionlint and to GitHub", async (_, text) => {
  expect(await problemsForActionlint(text)).toEqual([]);
  expect(await problemsForGitHub(`${folder}/x.yml`, text, known)).toEqual([]);
});

test("action.yml is an action to GitHub", async () => {
  expect(await problemsForGitHub("action.yml", textOf("action.yml"), known)).toEqual([]);
});

test("every input and step that action.yml asks for is declared, and every input is asked for", () => {
  const text = textOf("action.yml");
  const asked = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
  const { inputs, runs } = parse(text);
  expect(asked(/inputs\.([\w-]+)/g).filter((name) => name !== "outputs")).toEqual(Object.keys(inputs).sort());
  const ids = runs.steps.flatMap(({ id }: { id?: string }) => id ?? []);
  expect(asked(/steps\.(\w+)\.outputs/g)).toEqual(ids.sort());
});

test("a team on a project board fetches every hour, and publishes every morning all the same", () => {
  const { on, jobs } = parse(workflowOf({ usesProjects: true }));
  expect(on.schedule.map(({ cron }: { cron: string }) => cron)).toEqual(["23 4 * * *", "41 * * * *"]);
  const [, action] = jobs.build.steps;
  expect(action.with.command).toBe("${{ github.event.schedule == '41 * * * *' && 'report' || 'publish' }}");
  expect(jobs.deploy.if).toBe("${{ !(github.event.schedule == '41 * * * *') }}");
  const plain = parse(workflowOf());
  expect([plain.on.schedule.length, plain.jobs.build.steps[1].with.command, plain.jobs.deploy.if]).toEqual([
    1,
    undefined,
    undefined,
  ]);
});

test("the checks find what is wrong", async () => {
  const misspelt = workflowOf().replace("token:", "tokn:").replace("github.token", "github.tokens");
  expect(await problemsForGitHub(`${folder}/x.yml`, misspelt, known)).toEqual([
    expect.stringContaining("Invalid action input 'tokn'"),
    expect.stringContaining("tokens"),
  ]);
  const unneeded = workflowOf()
    .replace("needs: build", "needs: built")
    .replace("[main]", "[main]\n  schedul:");
  expect(await problemsForActionlint(unneeded)).toEqual([
    expect.stringContaining('unknown Webhook event "schedul"'),
    expect.stringContaining('"built"'),
  ]);
  for (const [right, wrong] of [
    ["shell: bash", "shel: bash"],
    ["using: composite", "using: node18"],
  ] as const)
    expect(
      await problemsForGitHub("action.yml", textOf("action.yml").replace(right, wrong), known),
      wrong,
    ).not.toEqual([]);
});

test("every official action is of its newest major, everywhere", () => {
  const used = [...workflows.map(([, text]) => text), textOf("action.yml")].flatMap((text) =>
    [...text.matchAll(/uses: (actions\/\S+)/g)].map(([, name]) => name),
  );
  expect([...new Set(used)].sort()).toEqual(Object.keys(official));
});

test("no text from outside is put into a shell's words", () => {
  const shells = [...workflows.map(([, text]) => text), textOf("action.yml")].flatMap((text) => {
    const jobs = Object.values(parse(text).jobs ?? { action: parse(text).runs }) as {
      steps: { run?: string }[];
    }[];
    return jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  });
  expect(shells.length).toBeGreaterThan(8);
  expect(shells.filter((run) => run.includes("${{"))).toEqual([]);
});
