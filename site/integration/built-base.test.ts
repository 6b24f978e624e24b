import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepBase, keptBase } from "./built-base.ts";

test("the base is kept as pages link by it, however the project's settings write it", async () => {
  const cache = await mkdtemp(join(tmpdir(), "sprintcast-base-"));
  onTestFinished(() => rm(cache, { recursive: true, force: true }));
  expect(await keptBase(cache)).toBe("/");
  for (const [written, kept] of [
    ["/", "/"],
    ["/repo", "/repo/"],
    ["repo/", "/repo/"],
    ["/of/us/", "/of/us/"],
    ["", "/"],
  ] as const) {
    await keepBase(cache, written);
    expect(await keptBase(cache), written).toBe(kept);
  }
});
