import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildProgram, run, verbs } from "./program.ts";
import { exampleContent } from "./testing/example-content.ts";
import { type QuietIo, quietIo } from "./testing/quiet-io.ts";

const sample = new URL("./sample", import.meta.url).pathname;
let folder: string;
let io: QuietIo;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-program-"));
  io = quietIo({ cwd: folder, now: Date.parse("2019-11-05T09:00:00Z") });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one command line; what it printed is in `io.printed`, anew for each. */
async function sprintcast(...args: string[]): Promise<number> {
  io.printed.out = "";
  io.printed.err = "";
  const code = await run(args, io, "0.0.0");
  expect(io.printed.err).not.toMatch(/internal fault|\n\s+at /);
  return code;
}

const team = () => cpSync(exampleContent(), join(folder, "content"), { recursive: true });

describe("help", () => {
  test.each(["", ...Object.keys(verbs)])("of %j fits 80 columns and gives an example", async (verb) => {
    expect(await sprintcast(...(verb === "" ? [] : [verb]), "--help")).toBe(0);
    expect(io.printed.out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(io.printed.out).toMatch(/Examples:\n {2}\$ /);
  });

  test("lists verbs that are not loaded as it lists those that are", async () => {
    expect(await sprintcast("--help")).toBe(0);
    const linesOf = (help: string) => help.split("\n").filter((line) => !/^ {2}complete /.test(line));
    const loaded = await buildProgram(io, "0.0.0");
    expect(loaded.commands.map((command) => command.name())).toEqual(Object.keys(verbs));
    const help = loaded.helpInformation();
    expect(linesOf(io.printed.out).slice(0, linesOf(help).length - 1)).toEqual(linesOf(help).slice(0, -1));
  });

  test("of a verb is the same after help and before --help", async () => {
    expect(await sprintcast("help", "explain")).toBe(0);
    const { out } = io.printed;
    expect(await sprintcast("explain", "--help")).toBe(0);
    expect(io.printed.out).toBe(out);
    expect(out).toMatch(/Usage: sprintcast explain \[options\] <sprint> <figure>/);
  });

  test("and the version load no verb, and no library but the one that reads the command line", () => {
    for (const option of ["--help", "--version"]) {
      const { status, stderr } = spawnSync(process.execPath, ["--import", namesLoaded, cli, option], {
        encoding: "utf8",
      });
      expect(status, stderr).toBe(0);
      const loaded = stderr.split("\n").filter((url) => url.startsWith("file:"));
      expect(loaded.some((url) => url.includes("/node_modules/commander/"))).toBe(true);
      expect(loaded.filter((url) => /\/commands\/|\/node_modules\/(?!commander\/)/.test(url))).toEqual([]);
    }
  });

  test("a word that is no verb is met with the nearest, also where it is a name that objects have", async () => {
    expect(await sprintcast("repot", "3")).toBe(2);
    expect(io.printed.err).toContain("Did you mean report?");
    expect(await sprintcast("constructor")).toBe(2);
    expect(io.printed.err).toContain("unknown command 'constructor'");
  });

  test("a shell is given a script that completes verbs", async () => {
    const { status, stdout } = spawnSync(process.execPath, [cli, "complete", "--", "rep"], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^report\t/m);
  });
});

const cli = new URL("./cli.ts", import.meta.url).pathname;
/** Prints the address of every module on stderr as it is loaded. */
const namesLoaded = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      process.stderr.write(url + "\\n");
      return next(url, context);
    },
  });
`)}`;

describe("init", () => {
  test("writes what doctor accepts, and never writes over it", async () => {
    expect(await sprintcast("init", "--repo", "octo/rocket")).toBe(0);
    const file = join(folder, "content/settings.yml");
    writeFileSync(file, `${readFileSync(file, "utf8")}tagline: ours\n`);
    writeFileSync(join(folder, "content/sprints/01.md"), "ours");
    rmSync(join(folder, "content/posts"), { recursive: true });
    expect(await sprintcast("init", "--repo", "octo/other")).toBe(0);
    expect(io.printed.out).toMatch(/wrote .*01-planning\.md\n[\s\S]*kept .*settings\.yml\nkept .*01\.md/);
    expect(readFileSync(file, "utf8")).toMatch(/octo\/rocket[\s\S]*ours/);
    expect(readFileSync(join(folder, "content/sprints/01.md"), "utf8")).toBe("ours");
  });

  test.each([
    ["no repository", "--repo", "rocket"],
    ["a path that climbs", "--repo", "../.."],
    ["a name that climbs", "--repo", "octo/.."],
    ["three parts", "--repo", "a/b/c"],
    ["an empty milestone", "--milestone", " "],
    ["an unknown zone", "--zone", "Mars/Base"],
    ["no length", "--days", "0"],
    ["no day", "--first-day", "2026-02-30"],
  ])("%s is refused before anything is written", async (_, option, value) => {
    expect(await sprintcast("init", "--repo", "octo/rocket", option, value)).toBe(2);
    expect(io.printed.err).toMatch(/\n {2}\S/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["a file in the folder's place", "taken"],
    ["a file above it", "taken/content"],
  ])("%s is named", async (_, content) => {
    writeFileSync(join(folder, "taken"), "x");
    expect(await sprintcast("init", "--repo", "octo/rocket", "--content", content)).toBe(2);
    expect(io.printed.err).toContain("taken");
  });
});

describe("a database without history", () => {
  beforeEach(() => {
    team();
    rmSync(join(folder, "content/reports"), { recursive: true });
    mkdirSync(join(folder, ".sprintcast"));
    writeFileSync(join(folder, ".sprintcast/sprintcast.db"), "");
  });
  test.each([
    ["state"],
    ["board", "3"],
    ["report", "3"],
    ["explain", "3", "committed"],
    ["freeze", "3"],
    ["kalm"],
  ])("%s asks for a sync instead of printing zeros", async (...args) => {
    expect(await sprintcast(...args)).toBe(2);
    expect(io.printed.err).toMatch(/has no history yet\n.*sprintcast sync/);
    expect(io.printed.out).toBe("");
  });
});

describe("the first steps of README.md", () => {
  test("the example's history makes room for a team's own, and nothing else does", async () => {
    team();
    expect(await sprintcast("sync", "--backup", sample)).toBe(0);
    rmSync(join(folder, "content"), { recursive: true });
    expect(await sprintcast("init", "--repo", "octo/rocket")).toBe(0);
    const own = join(folder, "backup");
    cpSync(sample, own, { recursive: true });
    for (const name of readdirSync(join(own, "issues"))) {
      const file = join(own, "issues", name);
      writeFileSync(
        file,
        readFileSync(file, "utf8").replaceAll("bare-metal-to-cloud/platform", "octo/rocket"),
      );
    }
    rmSync(join(own, "pulls"), { recursive: true, force: true });
    expect(await sprintcast("sync", "--backup", own)).toBe(0);
    expect(io.printed.err).toContain("note: the bundled example's history is in .sprintcast/example.db now");
    expect(io.printed.out).toMatch(/^octo\/rocket: new: /);
    expect(await sprintcast("board", "1")).toBe(0);
    expect(
      await sprintcast("state", "--at", "2019-11-01T00:00:00Z", "--json", "--db", ".sprintcast/example.db"),
    ).toBe(0);
    expect(JSON.parse(io.printed.out).repository).toBe("bare-metal-to-cloud/platform");

    expect(await sprintcast("sync", "--backup", sample)).toBe(2);
    expect(io.printed.err).toContain("holds the history of octo/rocket");
    expect(io.printed.err).toContain("--db");
  });
});

test("a sync that reads nothing leaves the example's history where it is", async () => {
  team();
  expect(await sprintcast("sync", "--backup", sample)).toBe(0);
  expect(await sprintcast("sync", "--repo", "octo/rocket", "--backup", "mistyped")).toBe(3);
  expect(io.printed.err).not.toContain("example.db");
  expect(existsSync(join(folder, ".sprintcast/example.db"))).toBe(false);
  expect(await sprintcast("state", "--json")).toBe(0);
  expect(JSON.parse(io.printed.out).repository).toBe("bare-metal-to-cloud/platform");
});

test("a planning that init wrote holds no block of a draft, and draft says so", async () => {
  team();
  rmSync(join(folder, "content/posts"), { recursive: true });
  mkdirSync(join(folder, "content/posts"));
  expect(await sprintcast("sync", "--backup", sample)).toBe(0);
  const file = join(folder, "content/posts/03-planning.md");
  const words = "---\ntitle: Ours\nkind: planning\nsprint: 3\ndate: 2019-10-22\n---\n\nWords.\n";
  writeFileSync(file, words);
  expect(await sprintcast("draft", "3", "--planning")).toBe(0);
  expect(io.printed.out).toMatch(/Nothing to update in .*03-planning\.md\n.*none of a draft.s blocks/);
  expect(readFileSync(file, "utf8")).toBe(words);
  rmSync(file);
  expect(await sprintcast("draft", "3", "--planning")).toBe(0);
  expect(io.printed.out).toMatch(/Drafted/);
});

describe("--at", () => {
  beforeEach(async () => {
    team();
    expect(await sprintcast("sync", "--backup", sample)).toBe(0);
  });
  test("before a sprint began there is no report of it, only a board", async () => {
    for (const verb of [
      ["report", "3"],
      ["explain", "3", "committed"],
    ]) {
      expect(await sprintcast(...verb, "--at", "2019-10-01")).toBe(2);
      expect(io.printed.err).toMatch(/sprint 3 begins at 2019-10-22T22:00:00Z:/);
    }
    expect(await sprintcast("board", "3", "--at", "2019-10-01")).toBe(0);
    expect(await sprintcast("report", "3", "--at", "2019-10-23", "--json")).toBe(0);
    expect(JSON.parse(io.printed.out).effort.committed).toBe(7.2);
  });
});
