import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AstroIntegration, HookParameters } from "astro";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hooksOf } from "./hooks.ts";
import type { SprintcastOptions } from "./options.ts";

const plain = "repository: acme/shop\ntimeZone: UTC\n";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sprintcast-hooks-"));
  for (const name of ["SPRINTCAST_URL", "SPRINTCAST_CONTENT", "SPRINTCAST_OUT"]) vi.stubEnv(name, undefined);
  await write("content/settings.yml", plain);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

interface Project {
  command?: string;
  site?: string;
  base?: string;
  integrations?: string[];
  options?: SprintcastOptions;
}

/** What the integration does to a project in `root` with this configuration. */
async function setUp(project: Project = {}) {
  const { command = "dev", site, base = "/", integrations = ["@sprintcast/site"], options = {} } = project;
  const folder = (path: string) => pathToFileURL(join(root, path, "/"));
  const config = {
    ...{ root: folder("."), srcDir: folder("src"), publicDir: folder("public") },
    ...{ site, base, integrations: integrations.map((name): AstroIntegration => ({ name, hooks: {} })) },
  };
  const updates: Record<string, unknown>[] = [];
  const told: string[] = [];
  const warned: string[] = [];
  const patterns: string[] = [];
  const watched: string[] = [];
  await hooksOf(options, { cache: join(root, ".sprintcast"), bundle: null, find: (id) => id }).setUp({
    ...{ command, config },
    updateConfig: (update: Record<string, unknown>) => updates.push(update),
    injectRoute: ({ pattern }: { pattern: string }) => patterns.push(pattern),
    addWatchFile: (file: string) => watched.push(file),
    logger: { info: (text: string) => told.push(text), warn: (text: string) => warned.push(text) },
  } as unknown as HookParameters<"astro:config:setup">);
  const names = config.integrations.map(({ name }) => name);
  const { site: published, base: path } = Object.assign({}, ...updates) as { site?: string; base?: string };
  return { site: published, base: path, told, warned, patterns, watched, names };
}

describe("where the site is published", () => {
  test.each<[string, Project & { asked?: string; settings?: string }, { site?: string; base?: string }]>([
    ["nothing says it", {}, { site: "http://localhost:4321", base: "/" }],
    ["the settings do", { settings: "https://a.example/x" }, { site: "https://a.example", base: "/x/" }],
    ["the project names its host", { site: "https://b.example", settings: "https://a.example/x" }, {}],
    ["the project names its path alone", { base: "/reviews" }, { site: "http://localhost:4321" }],
    [
      "the project names its path, and the settings a host",
      { base: "reviews", settings: "https://a.example/x/" },
      { site: "https://a.example" },
    ],
    [
      "the one who builds does, whatever others say",
      { asked: "https://c.example/y/", site: "https://b.example", base: "/z", settings: "https://a.example" },
      { site: "https://c.example", base: "/y/" },
    ],
  ])("where %s", async (_, { asked, settings, ...project }, expected) => {
    if (settings) await write("content/settings.yml", `${plain}url: ${settings}\n`);
    vi.stubEnv("SPRINTCAST_URL", asked);
    const { site, base } = await setUp(project);
    expect({ site, base }).toEqual({ site: expected.site, base: expected.base });
  });

  test("is asked for by a build that nobody has told it, and by no other", async () => {
    expect((await setUp({ command: "build" })).warned).toEqual([expect.stringContaining("SPRINTCAST_URL")]);
    expect((await setUp({ command: "build", base: "/reviews" })).warned).toHaveLength(1);
    expect((await setUp({ command: "dev" })).warned).toEqual([]);
    expect((await setUp({ command: "build", site: "https://b.example" })).warned).toEqual([]);
    await write("content/settings.yml", `${plain}url: https://a.example/x\n`);
    expect((await setUp({ command: "build" })).warned).toEqual([]);
  });
});

describe("the pages", () => {
  test("those of the live demo are there where the settings ask for one", async () => {
    const isLive = (pattern: string) => pattern.startsWith("/live");
    const quiet = await setUp();
    expect(quiet.patterns).toContain("/sprints/[number]");
    expect(quiet.patterns.filter(isLive)).toEqual([]);
    await write("content/settings.yml", `${plain}live: true\n`);
    const { patterns } = await setUp();
    expect(patterns.filter((pattern) => !isLive(pattern))).toEqual(quiet.patterns);
    expect(patterns).toContain("/live");
  });

  test("one of the team's own, a file of its own included, takes the place of ours, which is told", async () => {
    await write("src/pages/about.md", "# Us\n");
    await write("src/pages/sprints/index.astro", "<p>Ours</p>\n");
    await write("public/icon.svg", "<svg/>");
    const { patterns, told } = await setUp();
    for (const own of ["/about", "/sprints", "/icon.svg"]) {
      expect(patterns).not.toContain(own);
      expect(told).toContain(`${own}: the project's own`);
    }
    expect(told).toHaveLength(3);
    expect(patterns).toContain("/sprints/[number]");
  });
});

describe("beside other integrations", () => {
  test("ours stand right behind the site, and what moves the finished site comes last of all", async () => {
    const { names } = await setUp({ integrations: ["before", "@sprintcast/site", "after"] });
    const [search, whole] = ["sprintcast-search", "sprintcast-whole-site"];
    expect(names).toEqual(["before", "@sprintcast/site", "@astrojs/sitemap", search, "after", whole]);
  });

  test("a sitemap that the project sets up itself stays the only one", async () => {
    const { names } = await setUp({ integrations: ["@sprintcast/site", "@astrojs/sitemap"] });
    expect(names.filter((name) => name === "@astrojs/sitemap")).toHaveLength(1);
  });
});

describe("the content folder", () => {
  test.each([
    ["the option", { content: "docs/reviews" }, undefined, "docs/reviews"],
    ["the variable, before the option", { content: "elsewhere" }, "docs/reviews", "docs/reviews"],
  ])("is the one that %s names; its settings are watched", async (_, options, variable, folder) => {
    await write(`${folder}/settings.yml`, `${plain}live: true\n`);
    vi.stubEnv("SPRINTCAST_CONTENT", variable);
    const { patterns, watched } = await setUp({ options });
    expect(patterns).toContain("/live");
    expect(watched).toEqual([join(root, folder, "settings.yml")]);
  });

  test("a folder without settings is refused by name", async () => {
    await expect(setUp({ options: { content: "nowhere" } })).rejects.toThrow("nowhere");
  });
});
