import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRig } from "./testing/rig.ts";

const rig = createRig();
const first = () => rig.printed.out.split("\n")[0];

function settings(text: string | Uint8Array): void {
  mkdirSync(join(rig.folder, "content"), { recursive: true });
  writeFileSync(join(rig.folder, "content/settings.yml"), text);
}

describe("the content folder stands in the files as one path", () => {
  test.each([
    ["./content/", "content"],
    ["docs//reviews", "docs/reviews"],
    ["docs/./reviews/", "docs/reviews"],
    ["docs/x/../reviews", "docs/reviews"],
    ["Größe 2", "Größe 2"],
    [".github/reviews", ".github/reviews"],
    ["a@b_c.d-e", "a@b_c.d-e"],
  ])("%j is %j", async (given, path) => {
    expect(await rig.create("--repo", "octo/rocket", "--content", given)).toBe(0);
    expect(Object.keys(rig.files())).toContain(`${path}/settings.yml`);
  });

  test.each([
    "..",
    "a/../..",
    "dist",
    "dist/x",
    ".astro",
    ".sprintcast/x",
    ".git",
    " content",
    "content ",
    "a/-b",
    "a;b",
    "a'b",
    'a"b',
    "a#b",
    "a*b",
    "~",
    "a:b",
    "\u202Ea",
    "a/\u0000b",
  ])("%j is none: it leaves the repository, is never kept, or means more to a program", async (given) => {
    expect(await rig.create("--repo", "octo/rocket", `--content=${given}`)).toBe(2);
    expect(rig.printed.err).toMatch(
      /^create-sprintcast: --content ".*" is no folder that is kept in the repository\n {2}Write a relative path/,
    );
    expect(rig.files()).toEqual({});
  });
});

describe("what settings that are there say is taken where it can be read", () => {
  test.each([
    ["\uFEFFrepository: octo/here\r\ntimeZone: Asia/Tokyo\r\n", "octo/here, Asia/Tokyo,"],
    ["repositories: [octo/one, octo/two]\ntimeZone: Asia/Tokyo\n", "octo/one, Asia/Tokyo,"],
    ["repository: octo/here\nrepositories: [octo/two]\n", "octo/here, Europe/Vienna,"],
    ["repositories: []\n", "octo/asked, Europe/Vienna,"],
    ["repositories: [3]\ntimeZone: UTC\n", "octo/asked, UTC,"],
    ["repository: ../..\n", "octo/asked, Europe/Vienna,"],
    ["timeZone: Mars/Base\n", "octo/asked, Europe/Vienna,"],
    ["timeZone: [UTC]\n", "octo/asked, Europe/Vienna,"],
    ["lanes: 3\nteams: { a: 1 }\nestimate: x\nactual: 3\n", "octo/asked, Europe/Vienna,"],
    [`a: ${"x".repeat(100_001)}\nrepository: octo/here\n`, "octo/asked, Europe/Vienna,"],
    [
      "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: &f [*e, *e]\ng: [*f, *f, *f]\nrepository: octo/here\n",
      "octo/asked, Europe/Vienna,",
    ],
  ])("%j", async (text, expected) => {
    settings(text);
    rig.io.ask = async () => "octo/asked";
    expect(await rig.create()).toBe(0);
    expect(first()).toContain(expected);
    expect(rig.files()["content/settings.yml"]).toBe(text);
  });

  test("what the person says goes before them, and before what git and the system say", async () => {
    settings("repository: octo/here\ntimeZone: Asia/Tokyo\n");
    expect(await rig.create("--repo", "octo/mine", "--zone", "UTC")).toBe(0);
    expect(first()).toContain("octo/mine, UTC,");
  });
});

describe("the system's zone", () => {
  test.each([
    ["America/New_York", "America/New_York"],
    ["Nowhere/Land", null],
    [":/etc/localtime", null],
    ["+02:00", null],
    ["", null],
  ])("TZ=%j", async (zone, expected) => {
    rig.io.env = { TZ: zone };
    expect(await rig.create("--repo", "octo/rocket")).toBe(0);
    expect(first()).toContain(
      `octo/rocket, ${expected ?? Intl.DateTimeFormat().resolvedOptions().timeZone},`,
    );
  });
});

test.each(["", "  ", "rocket", "a/b/c", "../..", "octo/roc ket", "https://github.com/octo/rocket"])(
  "an answer of %j is no repository, and nothing is made",
  async (answer) => {
    rig.io.ask = async () => answer;
    expect(await rig.create()).toBe(2);
    expect(rig.printed.err).toMatch(/Name it: --repo|Write owner\/name/);
    expect(rig.files()).toEqual({});
  },
);

test("a folder elsewhere is named as one would go there, and what was made by its path in it", async () => {
  const other = mkdtempSync(join(tmpdir(), "create-elsewhere-"));
  try {
    expect(await rig.create(other, "--repo", "octo/rocket", "--json")).toBe(0);
    const outcome = JSON.parse(rig.printed.out);
    expect(join(rig.folder, outcome.folder)).toBe(other);
    expect(outcome.made).toContain("content/settings.yml");
    expect(rig.files()).toEqual({});
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});
