import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { bundleFor } from "./kept.ts";
import type { Made } from "./make.ts";

let folder: string;
let input: string;
let made: number;
let told: unknown[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  input = join(folder, "input.ts");
  writeFileSync(input, "one");
  made = 0;
  told = [];
});

async function make(_site: string, out: string): Promise<Made> {
  made += 1;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "hooks.mjs"), "bundled");
  return { inputs: [input], outputs: ["hooks.mjs"] };
}

const bundle = async (): Promise<string> => {
  const path = await bundleFor(folder, join(folder, "cache"), (cause) => told.push(cause), make);
  if (path === null) throw new Error("there is no bundle");
  return path;
};

test("a bundle is made once for the same files, whatever their times say", async () => {
  const first = await bundle();
  utimesSync(input, new Date(), new Date());
  writeFileSync(input, "one");
  expect([await bundle(), made]).toEqual([first, 1]);
});

test("a bundle is made anew where a file that it is of, the bundle itself or the note of it has changed or is gone", async () => {
  const note = join(folder, "cache/bundle/bundle.json");
  const harms: ((path: string) => void)[] = [
    () => writeFileSync(input, "two"),
    (path) => writeFileSync(join(path, "hooks.mjs"), "bund"),
    (path) => rmSync(join(path, "hooks.mjs")),
    (path) => rmSync(path, { recursive: true }),
    () => writeFileSync(note, ""),
    () => writeFileSync(note, "{}"),
    () => writeFileSync(note, "null"),
    () => rmSync(note),
  ];
  for (const [index, harm] of harms.entries()) {
    const former = await bundle();
    harm(former);
    expect(await bundle()).not.toBe(former);
    expect(made).toBe(index + 2);
  }
});

test("where a bundle cannot be made there is none, and it is told why", async () => {
  const cause = new Error("no bundler");
  const fail = () => Promise.reject(cause);
  expect(await bundleFor(folder, join(folder, "cache"), (why) => told.push(why), fail)).toBeNull();
  expect(told).toEqual([cause]);
});

test("older bundles go once nobody can be reading them", async () => {
  const old = await bundle();
  const longAgo = new Date(Date.now() - 86_400_000);
  utimesSync(old, longAgo, longAgo);
  writeFileSync(input, "two");
  // A build that began before the change may be reading it, however old it is.
  const second = await bundle();
  expect(existsSync(old)).toBe(true);
  writeFileSync(input, "three");
  await bundle();
  expect(existsSync(old)).toBe(false);
  expect(existsSync(second)).toBe(true);
  expect(readdirSync(join(folder, "cache/bundle"))).toHaveLength(3);
});
