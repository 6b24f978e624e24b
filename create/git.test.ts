import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseRemote, surroundingsOf } from "./git.ts";
import { createRig } from "./testing/rig.ts";

const rig = createRig();
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd: rig.folder });

test("outside of git nothing is known, and main is published", async () => {
  expect(await surroundingsOf(rig.folder)).toEqual({ remote: null, branch: "main", top: null });
});

describe("in a work tree", () => {
  test("also from a folder that is not there yet: remote, top and branch", async () => {
    git("init", "-q", "-b", "master");
    git("remote", "add", "origin", "https://user:secret@github.com/octo/rocket.git");
    expect(await surroundingsOf(join(rig.folder, "not/there"))).toEqual({
      remote: { repository: "octo/rocket", github: null },
      branch: "master",
      top: realpathSync(rig.folder),
    });
  });

  test("a feature's branch is not the one that is published; origin's default branch is", async () => {
    git("init", "-q", "-b", "feature");
    expect(await surroundingsOf(rig.folder)).toMatchObject({ branch: "main" });
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk/next");
    expect(await surroundingsOf(rig.folder)).toMatchObject({ branch: "trunk/next" });
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/a+b");
    expect(await surroundingsOf(rig.folder)).toMatchObject({ branch: "main" });
  });
});

test.each([
  ["git@github.com:octo/rocket.git", "octo/rocket"],
  ["https://github.com/octo/rocket", "octo/rocket"],
  ["ssh://git@github.com:22/octo/rocket.git/", "octo/rocket"],
  ["ssh://git@ssh.github.com:443/octo/rocket.git", "octo/rocket"],
  ["git@github.com-work:octo/rocket.git", "octo/rocket"],
  ["git@work:octo/rocket.git", "octo/rocket"],
  ["work:octo/rocket.git", "octo/rocket"],
  ["https://github.com/octo", null],
  ["https://example.org/a/b/c.git", null],
  ["/srv/git/rocket.git", null],
  ["https://[", null],
  ["git@github.com:octo/ro cket", null],
  ["", null],
])("the remote %j is of %j on github.com", (address, repository) => {
  expect(parseRemote(address)).toEqual(repository && { repository, github: null });
});

test.each([
  ["git@github.example.com:octo/rocket.git", "https://github.example.com"],
  ["ssh://git@github.example.com:2222/octo/rocket.git", "https://github.example.com"],
  ["https://user:secret@github.example.com/octo/rocket", "https://github.example.com"],
  ["https://GitHub.example.com:8443/octo/rocket.git", "https://github.example.com:8443"],
  ["https://acme.ghe.com/octo/rocket", "https://acme.ghe.com"],
  ["https://notgithub.com/octo/rocket", "https://notgithub.com"],
  ["https://github.company.example/octo/rocket", "https://github.company.example"],
])("the remote %j is of a GitHub of its own at %s", (address, github) => {
  expect(parseRemote(address)).toEqual({ repository: "octo/rocket", github });
});
