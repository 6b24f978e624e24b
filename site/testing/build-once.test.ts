import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildOnce } from "./build-once.ts";

async function emptyHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "build-once-"));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

async function writeSite(out: string): Promise<void> {
  await mkdir(out);
  await writeFile(join(out, "index.html"), "whole");
}

it("builds once for all who ask at a time, and not again later", async () => {
  const home = await emptyHome();
  let builds = 0;
  const build = async (out: string) => {
    builds += 1;
    await writeSite(out);
  };
  const ask = () => buildOnce({ home, name: "a", key: "1", build });
  const dirs = await Promise.all([ask(), ask(), ask()]);
  expect(new Set([...dirs, await ask()])).toEqual(new Set([join(home, "a-1")]));
  expect(builds).toBe(1);
  await buildOnce({ home, name: "a", key: "2", build });
  expect(builds).toBe(2);
});

it("does not take a failed build for a whole one", async () => {
  const home = await emptyHome();
  const fail = async (out: string) => {
    await mkdir(out);
    await writeFile(join(out, "index.html"), "half");
    throw new Error("no");
  };
  const wanted = { home, name: "a", key: "1" };
  await expect(buildOnce({ ...wanted, build: fail })).rejects.toThrow("no");
  const dir = await buildOnce({ ...wanted, build: writeSite });
  expect(await readFile(join(dir, "index.html"), "utf8")).toBe("whole");
});

it("goes on after a builder that was killed, without waiting for it", async () => {
  const home = await emptyHome();
  const module = new URL("build-once.ts", import.meta.url).href;
  const script = `
    import { mkdirSync } from "node:fs";
    import { buildOnce } from ${JSON.stringify(module)};
    await buildOnce({ home: ${JSON.stringify(home)}, name: "a", key: "1", build: async (out) => {
      mkdirSync(out + "/half", { recursive: true });
      process.stdout.write("building");
      await new Promise((done) => setTimeout(done, 600_000));
    } });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  const dir = await buildOnce({ home, name: "a", key: "1", build: writeSite });
  expect(await readdir(dir)).toEqual(["index.html"]);
});

it("removes states that nobody has used for long, and only those of its own name", async () => {
  const home = await emptyHome();
  for (const entry of ["a-old", "a-new", "b-old"]) await mkdir(join(home, entry));
  const long = new Date(Date.now() - 2 * 3_600_000);
  for (const entry of ["a-old", "b-old"]) await utimes(join(home, entry), long, long);
  await buildOnce({ home, name: "a", key: "1", build: writeSite });
  expect((await readdir(home)).filter((entry) => !entry.startsWith("a.lock")).sort()).toEqual([
    "a-1",
    "a-new",
    "b-old",
  ]);
});
