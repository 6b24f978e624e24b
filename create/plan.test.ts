import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { needed, planProject } from "./plan.ts";
import { teamOf } from "./team.ts";
import { astroVersion, version } from "./versions.ts";

const require = createRequire(import.meta.url);
const now = Date.parse("2026-03-05T09:00:00Z");

const plan = (
  wishes: { repo?: string; title?: string; milestone?: string; content?: string; branch?: string } = {},
) => {
  const team = teamOf(wishes.repo ?? "octo/rocket", "Europe/Vienna", wishes, now);
  const files = planProject({ team, content: wishes.content ?? "content", branch: wishes.branch ?? "main" });
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
};
/** Whether a file of that name stands for the site's configuration. */
const standsForConfig = (name: string) =>
  planProject({ team: teamOf("octo/rocket", "UTC", {}, now), content: "content", branch: "main" })
    .find(({ path }) => path === "astro.config.mjs")
    ?.standIn?.test(name);
const frontMatter = (text: string) => parse(text.split(/^---$/m)[1]!);

test("a plan is the whole repository, and the same for the same facts", () => {
  expect(Object.keys(plan())).toEqual([
    "package.json",
    "astro.config.mjs",
    ".gitignore",
    "content/settings.yml",
    "content/sprints/01.md",
    "content/posts/01-planning.md",
    ".github/workflows/publish.yml",
  ]);
  expect(plan()).toEqual(plan());
});

describe("package.json", () => {
  test("asks for the packages of this release, and for the Astro that the lock file has", () => {
    const { dependencies } = JSON.parse(plan()["package.json"]!);
    expect(dependencies).toEqual({
      "@sprintcast/demo": `^${version}`,
      "@sprintcast/site": `^${version}`,
      astro: astroVersion,
      sprintcast: `^${version}`,
    });
    const astro = join(require.resolve("astro"), "../..");
    expect(astroVersion).toBe(
      require(`${astro.slice(0, astro.lastIndexOf("/astro"))}/astro/package.json`).version,
    );
  });

  test.each(["octo/Rocket", "octo/.github", "octo/-", "octo/___", "octo/astro", "octo/a.b_c-d"])(
    "of %s has a name that npm takes",
    (repo) => {
      const { name } = JSON.parse(plan({ repo })["package.json"]!);
      expect(name).toMatch(/^[a-z0-9~-][a-z0-9-._~]*$/);
      expect(Object.keys(needed.dependencies)).not.toContain(name);
    },
  );
});

test("another content folder is named in the site's settings, the start script and the workflow", () => {
  const files = plan({ content: "docs/our team" });
  expect(files["astro.config.mjs"]).toContain('sprintcast({ content: "docs/our team" })');
  expect(JSON.parse(files["package.json"]!).scripts.start).toBe(
    'sprintcast-site start --content "docs/our team"',
  );
  const { jobs } = parse(files[".github/workflows/publish.yml"]!);
  expect(jobs.build.steps[1].with.content).toBe("docs/our team");
  expect(Object.keys(files)).toContain("docs/our team/settings.yml");
});

test("whatever a team calls its site, milestone and branch, the files say exactly that", () => {
  const words = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.constantFrom(
      "yes",
      "2026-01-05",
      "12:30:00",
      "1e3",
      "~",
      "a\n---\nb",
      "#",
      "${{ github.token }}",
      "'\"",
      "- x",
    ),
  );
  fc.assert(
    fc.property(words, words, (title, milestone) => {
      fc.pre(title.trim() !== "" && milestone.trim() !== "");
      const files = plan({ title, milestone });
      expect(parse(files["content/settings.yml"]!)).toEqual({
        repository: "octo/rocket",
        timeZone: "Europe/Vienna",
        title: title.toWellFormed(),
      });
      expect(frontMatter(files["content/sprints/01.md"]!).milestone).toBe(milestone.toWellFormed());
    }),
  );
  expect(parse(plan({ branch: "on" })[".github/workflows/publish.yml"]!).on.push.branches).toEqual(["on"]);
});

test.each(["astro.config.js", "astro.config.ts", "astro.config.mjs", "astro.config.mts"])(
  "%s is read by Astro, and so is kept in place of ours",
  (name) => expect(standsForConfig(name)).toBe(true),
);

test.each(["astro.config.cjs", "astro.config.cts", "astro.config.mjs.bak", "my.astro.config.mjs"])(
  "%s is not read by Astro, and so keeps ours from nothing",
  (name) => expect(standsForConfig(name)).toBe(false),
);
