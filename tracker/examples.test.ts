import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildProgram, run, verbs } from "./program.ts";
import { exampleContent } from "./testing/example-content.ts";
import { quietIo } from "./testing/quiet-io.ts";

/** While sprint 4 runs. */
const now = Date.parse("2019-11-12T09:00:00Z");
let folder: string;

const sprint = (number: number, firstDay: string, lastDay: string, more = "") =>
  `---\nnumber: ${number}\ntitle: Sprint ${number}\ngoal: Go on\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n${more}---\n`;

/** The bundled example with its history, a fourth sprint and one to come; beside it the same with a team that counts its own. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-examples-"));
  const own = join(folder, "team");
  cpSync(exampleContent(), join(own, "content"), { recursive: true });
  cpSync(new URL("./sample", import.meta.url).pathname, join(folder, "backup"), { recursive: true });
  writeFileSync(
    join(own, "content/sprints/04.md"),
    sprint(4, "2019-11-06", "2019-11-19", 'milestone: "Sprint 3: Deploy Python components"\n'),
  );
  writeFileSync(join(own, "content/sprints/07.md"), sprint(7, "2019-12-18", "2019-12-31"));
  expect(await run(["sync", "--backup", "../backup"], quietIo({ cwd: own, now }), "0.0.0")).toBe(0);
  const teams = join(folder, "teams");
  cpSync(own, teams, { recursive: true });
  writeFileSync(
    join(teams, "content/sprints/api-3.md"),
    sprint(3, "2019-10-21", "2019-11-01", "team: api\n"),
  );
  appendFileSync(join(teams, "content/settings.yml"), "\nteams: [{ name: api }]\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Example {
  verb: string;
  /** As the help has it. */
  line: string;
  args: string[];
}

const program = await buildProgram(quietIo({ cwd: ".", now }), "0.0.0");
const examples = program.commands
  .filter((command) => command.name() !== "complete")
  .flatMap((command): Example[] => {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    return [...(help.split("\nExamples:\n")[1] ?? "").matchAll(/^ {2}\$ (.*)$/gm)].map(([, line = ""]) => {
      const [, words = ""] = /^(?:[A-Z_]+=\S+ )?sprintcast (.*?)(?: {2,}.*| [|>] .*)?$/.exec(line) ?? [];
      return { verb: command.name(), line, args: words.split(" ") };
    });
  });

/** They ask GitHub or its webhooks, read other backups, or serve until they are stopped: their words are held against the options. */
const isElsewhere = ({ verb, args }: Example): boolean =>
  ["sync", "listen", "mcp"].includes(verb) || args.includes("--live");

test("the help has examples of every verb", () => {
  expect(new Set(examples.map(({ verb }) => verb))).toEqual(new Set(Object.keys(verbs)));
  expect(examples.length).toBeGreaterThan(40);
  for (const { verb, args } of examples) expect(args[0]).toBe(verb);
});

test.each(examples.filter((one) => !isElsewhere(one)))("$line", async ({ args }) => {
  const io = quietIo({ cwd: join(folder, args.includes("api/3") ? "teams" : "team"), now });
  const code = await run(args, io, "0.0.0");
  expect(code, io.printed.err).toBe(0);
  expect(io.printed.out.length + io.printedBytes.length).toBeGreaterThan(0);
  if (args.includes("--json")) expect(JSON.parse(io.printed.out).schema).toMatch(/^sprintcast\/[a-z]+@1$/);
});

test.each(examples.filter(isElsewhere))("$line is words that the verb takes", async ({ verb, args }) => {
  const command = (await buildProgram(quietIo({ cwd: ".", now }), "0.0.0")).commands.find(
    (one) => one.name() === verb,
  );
  let taken: Record<string, unknown> | null = null;
  command?.action((options: Record<string, unknown>) => {
    taken = options;
  });
  await command?.parseAsync(args.slice(1), { from: "user" });
  for (const [, name = ""] of args.join(" ").matchAll(/--([a-z]+)/g)) expect(taken).toHaveProperty(name);
});
