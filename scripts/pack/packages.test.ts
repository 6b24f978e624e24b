import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { exampleContent } from "../../tracker/testing/example-content.ts";
import { folders, packAll } from "../pack.ts";
import { undeclaredImports } from "./imports.ts";
import { call, filesIn, install, isFree, megabytes, releaseAs, start } from "./team.ts";

const registry = await call(tmpdir(), "npm", "view", "astro", "name").then(
  () => true,
  () => false,
);
if (!registry) console.warn("SKIPPED: no npm registry answers, so the packed packages are not installed.");

const root = join(import.meta.dirname, "../..");
let home: string;
let staged: string;
let tarballs: Record<string, string>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "sprintcast-packages-"));
  // Inside the checkout, since the compiler looks for the packages' own dependencies from where they are staged.
  await mkdir(join(root, ".pack"), { recursive: true });
  staged = await mkdtemp(join(root, ".pack/test-"));
  tarballs = await packAll(staged);
}, 600_000);
afterAll(async () => {
  for (const folder of [home, staged]) await rm(folder, { recursive: true, force: true });
});

const tarballOf = (folder: string): string => {
  const tarball = tarballs[folder];
  if (tarball === undefined) throw new Error(`${folder} was not packed`);
  return tarball;
};

describe.each(folders)("the package of %s/", (folder) => {
  test("says rightly what it holds, and names all that it imports", async () => {
    const { messages } = await publint({ pkgDir: join(staged, folder), strict: true });
    expect(messages).toEqual([]);
    expect(await undeclaredImports(join(staged, folder))).toEqual([]);
  });

  test("has types wherever a module can be imported", async () => {
    const packed = createPackageFromTarballData(await readFile(tarballOf(folder)));
    const { exports } = JSON.parse(await readFile(join(staged, folder, "package.json"), "utf8"));
    const entrypoints = Object.keys(exports).filter((path) => exports[path].types);
    const result = await checkPackage(packed, { entrypoints });
    // The packages are ESM alone: resolutions that only CommonJS or Node 10 make do not count.
    const problems = (result.types === false ? [] : result.problems).filter(
      (problem) =>
        problem.kind !== "CJSResolvesToESM" &&
        !("resolutionKind" in problem && problem.resolutionKind === "node10"),
    );
    expect(problems).toEqual([]);
    expect(result.types).not.toBe(false);
  });

  test("holds no test, no source that has to be compiled, and its licence", async () => {
    const files = Object.keys(await filesIn(join(staged, folder)));
    expect(files).toEqual(expect.arrayContaining(["/LICENSE", "/README.md", "/package.json"]));
    expect(files.filter((file) => /\.test\.|\/testing\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });
});

describe.skipIf(!registry)("installed from nothing", () => {
  test("sprintcast alone reads the sample and reports on it", async () => {
    const alone = join(home, "alone");
    await mkdir(alone);
    await writeFile(join(alone, "package.json"), '{"private":true,"type":"module"}');
    await install(alone, tarballOf("create"), tarballOf("tracker"));
    const sprintcast = (...args: string[]) => call(alone, "npx", "--no-install", "sprintcast", ...args);
    await cp(exampleContent(), join(alone, "content"), { recursive: true });
    expect(await sprintcast("sync", "--backup", "node_modules/sprintcast/sample")).toMatch(
      /45 issues, 2 pull requests/,
    );
    const report = JSON.parse(await sprintcast("report", "3", "--json"));
    const frozen = JSON.parse(await readFile(join(alone, "content/reports/03.json"), "utf8"));
    expect(report.effort).toMatchObject(frozen.effort);
    await holdSize("sprintcast alone", join(alone, "node_modules"), 100);

    const refusal = await sprintcast("mcp").catch(String);
    const [, needed = ""] = /Run npm install (\S+)/.exec(refusal) ?? [];
    expect(needed, refusal).toContain("@modelcontextprotocol/server@");
    await install(alone, needed);
    const client = new Client({ name: "test", version: "1" });
    const program = join(alone, "node_modules/sprintcast/cli.js");
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [program, "mcp"], cwd: alone }),
    );
    const { structuredContent } = await client.callTool({ name: "report", arguments: { sprint: 3 } });
    await client.close();
    expect(structuredContent).toMatchObject({ sprint: { number: 3 } });
  }, 600_000);

  test("a team sets up, builds with its own header and page, serves, stops, and upgrades", async () => {
    const tools = join(home, "tools");
    await mkdir(tools);
    await writeFile(join(tools, "package.json"), '{"private":true}');
    await install(tools, tarballOf("create"));
    const repo = ["--repo", "bare-metal-to-cloud/platform", "--zone", "Europe/Vienna"];
    await call(tools, "npx", "--no-install", "create-sprintcast", "team", ...repo);
    const team = join(tools, "team");
    await rm(join(team, "content"), { recursive: true });
    await cp(exampleContent(), join(team, "content"), { recursive: true });
    await install(team, ...folders.map(tarballOf));
    await holdSize("a team's repository", join(team, "node_modules"), 350);

    await mkdir(join(team, "src/pages"), { recursive: true });
    await writeFile(
      join(team, "src/Header.astro"),
      '---\nimport Header from "@sprintcast/site/components/Header.astro";\n---\n<p class="kicker">Our own banner</p>\n<Header {...Astro.props} />\n',
    );
    await writeFile(
      join(team, "src/pages/team.astro"),
      '---\nimport Base from "@sprintcast/site/layouts/Base.astro";\n---\n<Base title="Who we are" description="Our team" path="/team/"><h1>Who we are</h1></Base>\n',
    );
    const config = join(team, "astro.config.mjs");
    const plain = await readFile(config, "utf8");
    const own = plain.replace("sprintcast()", 'sprintcast({ components: { Header: "./src/Header.astro" } })');
    expect(own).not.toBe(plain);
    await writeFile(config, own);
    const written = await filesIn(join(team, "content"));

    await serveAndStop(team, "SIGTERM");
    expect(await readFile(join(team, "dist/sprints/3/index.html"), "utf8")).toContain("Our own banner");
    const bundled = Object.keys(await filesIn(join(team, ".sprintcast/bundle")));
    expect(bundled.filter((file) => file.endsWith("/hooks.mjs"))).toHaveLength(1);

    await install(team, ...(await releaseAs("0.99.0", staged, join(home, "second"), folders)));
    expect(await call(team, "npx", "--no-install", "sprintcast", "--version")).toBe("0.99.0\n");
    await serveAndStop(team, "SIGINT");
    expect(await filesIn(join(team, "content"))).toEqual(written);
  }, 1_200_000);

  /** A tenth above the aim is let pass: dependencies of dependencies grow with releases of their own. */
  async function holdSize(what: string, folder: string, aim: number): Promise<void> {
    const size = await megabytes(folder);
    console.log(`${what}: ${size} MB (aim: ${aim} MB)`);
    expect(size, what).toBeLessThanOrEqual(aim * 1.1);
  }

  async function serveAndStop(team: string, signal: NodeJS.Signals): Promise<void> {
    const server = start(team, { PORT: "0" }, "npm", "start");
    const [, address = ""] = await server.until(/(http:\/\/127\.0\.0\.1:\d+)\//);
    for (const [path, words] of [
      ["/", "Our own banner"],
      ["/team/", "Who we are"],
      ["/sprints/3/", "Our own banner"],
      ["/live/", "sprintcast-live"],
    ] as const)
      expect(await (await fetch(address + path)).text(), path).toContain(words);
    const hello = await new Promise((resolve, reject) => {
      const socket = new WebSocket(`${address.replace("http", "ws")}/live`, "sprintcast.live.v1");
      socket.once("message", (data) => resolve(JSON.parse(String(data))));
      socket.once("open", () => socket.send('{"t":"resume","epoch":"","offset":0}'));
      socket.once("error", reject);
    });
    expect(hello).toMatchObject({ t: "hello" });
    server.signal(signal);
    await server.ended;
    expect(await isFree(Number(new URL(address).port))).toBe(true);
  }
});
