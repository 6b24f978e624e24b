import { expect, test } from "vitest";
import { missingFrom } from "./missing.ts";
import { needed, planProject } from "./plan.ts";
import { teamOf } from "./team.ts";

test("nothing is missing from what was planned", () => {
  const team = teamOf("octo/rocket", "UTC", {}, 0);
  for (const { path, text } of planProject({ team, content: "content", branch: "main" }))
    expect(missingFrom(path, text), path).toBeNull();
});

test("a package.json is told which scripts and packages it lacks, and which of its own stand in the way", () => {
  const own = {
    scripts: { build: "vite build", dev: "astro dev --host", toString: "x" },
    dependencies: { sprintcast: "*" },
    devDependencies: { astro: "^6.1.0" },
  };
  const advice = missingFrom("package.json", JSON.stringify(own))!;
  const lacking = JSON.parse(advice.slice(advice.indexOf("{"), advice.lastIndexOf("}") + 1));
  expect(lacking).toEqual({
    scripts: { start: needed.scripts.start, preview: "astro preview", sprintcast: "sprintcast" },
    dependencies: {
      "@sprintcast/demo": needed.dependencies["@sprintcast/demo"],
      "@sprintcast/site": needed.dependencies["@sprintcast/site"],
    },
  });
  expect(advice).toContain('Its script "build" stays "vite build"; for the reviews run npx astro build');
  expect(advice).not.toContain('"dev"');
  expect(advice).toContain('It asks for astro "^6.1.0"; the site needs ');
});

test.each(["", "[]", "null", "3", "{", '{"scripts":'])(
  "a package.json that is %j is no JSON object",
  (text) => {
    expect(missingFrom("package.json", text)).toContain("It is not a JSON object");
  },
);

test.each(['{"scripts":[],"dependencies":"x"}', '{"scripts":null}', '{"scripts":{"build":{}}}', "\uFEFF{}"])(
  "a package.json with fields of another kind, %s, is advised all the same",
  (text) => expect(missingFrom("package.json", text)).toContain('"sprintcast-site start"'),
);

test(".gitignore: one spelling is as good as another", () => {
  expect(missingFrom(".gitignore", "/node_modules\r\ndist/\n  .sprintcast\n.astro")).toBeNull();
  expect(missingFrom(".gitignore", "# dist/\nnode_modules/\n")).toBe(
    "Add to it:\n  dist/\n  .sprintcast/\n  .astro/",
  );
});

test("a site and a workflow of one's own are told how ours is added", () => {
  expect(missingFrom("astro.config.ts", "export default {}")).toContain(
    'import sprintcast from "@sprintcast/site"',
  );
  expect(missingFrom(".github/workflows/publish.yml", "name: npm")).toContain("docs/publishing.md");
});
