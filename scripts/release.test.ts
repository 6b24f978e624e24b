import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planRelease, publishArguments, type Release } from "./release.ts";

const staged: Release[] = [
  { folder: "create", manifest: { name: "create-sprintcast", version: "0.2.0" } },
  {
    folder: "site",
    manifest: {
      name: "@sprintcast/site",
      version: "0.2.0",
      dependencies: { sprintcast: "0.2.0", astro: "7" },
    },
  },
  {
    folder: "tracker",
    manifest: { name: "sprintcast", version: "0.2.0", dependencies: { "create-sprintcast": "0.2.0" } },
  },
];

test("each package comes after those it depends on, and names its repository and folder", () => {
  const plan = planRelease(staged, "v0.2.0", "octo/sprintcast");
  expect(plan.map(({ folder }) => folder)).toEqual(["create", "tracker", "site"]);
  expect(plan[2]?.manifest.repository).toEqual({
    type: "git",
    url: "git+https://github.com/octo/sprintcast.git",
    directory: "site",
  });
});

test("a tag of another version, or nothing staged, publishes nothing", () => {
  expect(() => planRelease(staged, "v0.3.0", "o/r")).toThrow(
    "the tag is v0.3.0, but create-sprintcast is 0.2.0, ",
  );
  expect(() => planRelease([], "v0.2.0", "o/r")).toThrow("scripts/pack.ts");
});

test("a version before its time is no one's default", () => {
  expect(publishArguments("0.2.0").slice(-2)).toEqual(["--tag", "latest"]);
  expect(publishArguments("0.2.0-beta.1").slice(-2)).toEqual(["--tag", "next"]);
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a second run publishes what the first did not reach", () => {
  for (const one of staged) {
    mkdirSync(join(folder, ".pack", one.folder), { recursive: true });
    writeFileSync(join(folder, ".pack", one.folder, "package.json"), JSON.stringify(one.manifest));
  }
  writeFileSync(join(folder, ".pack/create-sprintcast-0.2.0.tgz"), "");
  const npm = `#!/bin/sh\nif test "$1" = view; then test $2 = create-sprintcast@0.2.0 && echo 0.2.0; else echo "$(basename $PWD) $*" >> "$CALLS"; fi\n`;
  writeFileSync(join(folder, "npm"), npm);
  chmodSync(join(folder, "npm"), 0o755);
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, "release.ts")], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: [folder, dirname(process.execPath), process.env.PATH].join(":"),
      CALLS: join(folder, "calls"),
      GITHUB_REF_NAME: "v0.2.0",
      GITHUB_REPOSITORY: "octo/sprintcast",
    },
  });
  expect(status).toBe(0);
  expect(stdout).toContain("create-sprintcast@0.2.0 is published already");
  expect(readFileSync(join(folder, "calls"), "utf8")).toBe(
    "tracker publish --provenance --access public --tag latest\nsite publish --provenance --access public --tag latest\n",
  );
  expect(JSON.parse(readFileSync(join(folder, ".pack/site/package.json"), "utf8")).repository.directory).toBe(
    "site",
  );
});
