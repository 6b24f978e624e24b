import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { keptBase } from "./built-base.ts";
import { wholeSite } from "./whole-site.ts";

let root: string;
let cache: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-whole-"));
  [cache, out] = [join(root, "cache"), join(root, "dist")];
  mkdirSync(join(cache, "building"), { recursive: true });
  const before = process.listeners("exit");
  onTestFinished(() => {
    for (const one of process.listeners("exit"))
      if (!before.includes(one)) process.removeListener("exit", one);
    rmSync(root, { recursive: true, force: true });
  });
});

/** The integration's hooks, called as Astro calls them; `staged`: where the build is told to write. */
function build(command = "build") {
  type Hook = (options: object) => unknown;
  const hooks = wholeSite(cache).hooks as unknown as Record<string, Hook>;
  const call = async (name: string, options: object) => hooks[name]?.(options);
  const updates: { outDir?: URL }[] = [];
  const told: string[] = [];
  const setUp = () =>
    call("astro:config:setup", {
      ...{ command, config: { outDir: pathToFileURL(`${out}${sep}`) } },
      updateConfig: (update: { outDir: URL }) => updates.push(update),
    });
  const finish = async (base: string) => {
    await call("astro:config:done", { config: { base } });
    await call("astro:build:done", { logger: { info: (text: string) => told.push(text) } });
  };
  const staged = () => fileURLToPath(updates[0]?.outDir ?? "file:///nowhere");
  const write = (text: string) => {
    mkdirSync(staged(), { recursive: true });
    writeFileSync(join(staged(), "index.html"), text);
  };
  return { setUp, write, finish, updates, told, staged };
}

const page = () => readFileSync(join(out, "index.html"), "utf8");

describe("a build", () => {
  test("leaves the former site alone until it is whole, and then takes its place", async () => {
    mkdirSync(out);
    writeFileSync(join(out, "index.html"), "former");
    writeFileSync(join(out, "gone.html"), "former");
    const { setUp, write, finish, staged, told } = build();
    await setUp();
    expect(staged()).not.toContain(out);
    write("new");
    expect(page()).toBe("former");
    await finish("repo/");
    expect([page(), readdirSync(out)]).toEqual(["new", ["index.html"]]);
    expect(existsSync(staged())).toBe(false);
    expect(told).toHaveLength(1);
    expect(await keptBase(cache)).toBe("/repo/");
  });

  test("that ends before it is whole leaves nothing of its own behind", async () => {
    const before = process.listeners("exit");
    const { setUp, write, staged } = build();
    await setUp();
    write("half");
    for (const one of process.listeners("exit")) if (!before.includes(one)) one(1);
    expect(existsSync(staged())).toBe(false);
    expect(existsSync(out)).toBe(false);
  });

  test("that is done listens to nothing more", async () => {
    const before = process.listenerCount("exit");
    const { setUp, write, finish } = build();
    await setUp();
    write("new");
    await finish("/");
    expect(process.listenerCount("exit")).toBe(before);
  });

  test("brings back a site that a killed build had moved away", async () => {
    mkdirSync(join(root, ".dist.former"));
    writeFileSync(join(root, ".dist.former/index.html"), "former");
    await build().setUp();
    expect(page()).toBe("former");
  });
});

test("whoever develops or previews writes where Astro says", async () => {
  for (const command of ["dev", "preview", "sync"]) {
    const { setUp, updates } = build(command);
    await setUp();
    expect(updates).toEqual([]);
  }
});

test("folders of killed builds go once they are old and their process is gone, and no other", async () => {
  const long = new Date(Date.now() - 2 * 3_600_000);
  const nobody = 2 ** 22 + 1;
  const folders: [name: string, isOld: boolean][] = [
    [`site-${nobody}`, true],
    [`site-${nobody + 1}`, false],
    [`site-${process.ppid}`, true],
    ["pictures", true],
  ];
  for (const [name, isOld] of folders) {
    mkdirSync(join(cache, "building", name));
    if (isOld) utimesSync(join(cache, "building", name), long, long);
  }
  await build().setUp();
  expect(readdirSync(join(cache, "building")).sort()).toEqual(
    ["pictures", `site-${nobody + 1}`, `site-${process.ppid}`].sort(),
  );
  rmSync(join(cache, "building"), { recursive: true });
  await build().setUp();
});
