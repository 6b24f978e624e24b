import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Io } from "sprintcast";
import { InterruptedError } from "sprintcast/errors";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { buildSite, loadSample, type Project, writeMissingReports } from "./steps.ts";

let project: Project;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), "sprintcast-steps-"));
  project = {
    root,
    content: join(root, "content"),
    db: join(root, ".sprintcast/sprintcast.db"),
    cache: join(root, ".sprintcast"),
    dist: join(root, "dist"),
  };
  await write("content/settings.yml", "repository: acme/shop\ntimeZone: UTC\n");
});
afterEach(() => rm(project.root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project.root, path)), { recursive: true });
  await writeFile(join(project.root, path), text);
}

const quiet = (more: Partial<Io> = {}): Io => ({
  ...{ out: () => {}, err: () => {}, env: {}, cwd: project.root, now: () => 0, columns: 80 },
  ...{ isTerminal: false, showsProgress: false, signal: new AbortController().signal },
  ...more,
});

/** A package called astro whose build does this, with `said` as what it was started with. */
async function astroThat(does: string): Promise<void> {
  await write("node_modules/astro/package.json", '{"name":"astro","version":"7.0.0"}');
  await write(
    "node_modules/astro/bin/astro.mjs",
    `import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
const { SPRINTCAST_CONTENT, SPRINTCAST_CACHE, SPRINTCAST_OUT } = process.env;
const said = [process.argv[2], process.cwd(), SPRINTCAST_CONTENT, SPRINTCAST_CACHE, SPRINTCAST_OUT];
const page = () => { mkdirSync(SPRINTCAST_OUT, { recursive: true }); writeFileSync(SPRINTCAST_OUT + "/index.html", "page"); };
appendFileSync("runs.ndjson", JSON.stringify(said) + "\\n");
${does}`,
  );
}

const runs = async (): Promise<string[][]> =>
  (await readFile(join(project.root, "runs.ndjson"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("the site", () => {
  test("is built by the project's own Astro, told where everything is", async () => {
    await astroThat("page();");
    expect(await buildSite(project, quiet())).toMatch(/^Site built in \d+\.\d s$/);
    const { root, content, cache, dist } = project;
    expect(await runs()).toEqual([["build", root, content, cache, dist]]);
  });

  test("is built anew where something it is made of has changed, or is gone, and only there", async () => {
    await astroThat("page();");
    const isBuilt = async (more: Partial<Io> = {}) =>
      (await buildSite(project, quiet(more))).startsWith("Site built");
    expect([await isBuilt(), await isBuilt()]).toEqual([true, false]);
    await write("notes.txt", "of no page");
    expect(await isBuilt()).toBe(false);
    for (const path of ["content/posts/a.png", "src/pages/a.astro", "public/a", "package.json"]) {
      await write(path, "{}");
      expect([path, await isBuilt()]).toEqual([path, true]);
    }
    const there = { env: { SPRINTCAST_URL: "https://team.example/" } };
    expect([await isBuilt(there), await isBuilt(there)]).toEqual([true, false]);
    await rm(join(project.dist, "index.html"));
    expect(await isBuilt(there)).toBe(true);
  });

  test("a build that fails is told in Astro's words, and tried again", async () => {
    await astroThat('console.log("posts/a.md is wrong"); console.error("in line 3"); process.exit(1);');
    for (const _ of [1, 2])
      await expect(buildSite(project, quiet())).rejects.toMatchObject({
        code: "site-failed",
        message: expect.stringMatching(
          /posts\/a\.md is wrong[\s\S]*in line 3|in line 3[\s\S]*posts\/a\.md is wrong/,
        ),
      });
    expect(await runs()).toHaveLength(2);
  });

  test("a build that is stopped ends as interrupted, and leaves no stamp that says it was done", async () => {
    await astroThat("page(); setInterval(() => {}, 1000);");
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const built = buildSite(project, quiet({ signal: stop.signal })).catch((error: unknown) => error);
    await expect.poll(() => existsSync(join(project.dist, "index.html"))).toBe(true);
    stop.abort();
    expect(await built).toBeInstanceOf(InterruptedError);
    expect(existsSync(join(project.cache, "site.stamp"))).toBe(false);
  });
});

describe("before the first sync", () => {
  test("a team is told which command fetches its history; no database is made", async () => {
    await write("content/settings.yml", "repositories: [acme/api, acme/web]\ntimeZone: UTC\n");
    expect(await loadSample(project, quiet())).toMatch(
      /^acme\/api, acme\/web: no history .*npx sprintcast sync/,
    );
    expect(existsSync(project.db)).toBe(false);
  });

  test("the reports that are there are counted, and none is written", async () => {
    await write(
      "content/sprints/01.md",
      "---\nnumber: 1\ntitle: One\ngoal: Go on\nfirstDay: 2026-03-02\nlastDay: 2026-03-13\n---\n",
    );
    expect(await writeMissingReports(project, quiet())).toBe("Reports: 0 in content/reports");
    expect(existsSync(join(project.content, "reports"))).toBe(false);
  });
});
