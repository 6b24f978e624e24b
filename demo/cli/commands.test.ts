import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "./program.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "commands-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a program that stands alone", () => {
  it.each([
    ["live", "/live", "/ingest"],
    ["eater", "/ingest", "/live"],
  ])("says at its first address what there is: %s", async (part, there, missing) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const stop = Promise.withResolvers<void>();
    const io = { stdin, stdout, stderr, stopAsked: stop.promise };
    const ended = run(
      [part, "--port", "0", ...(part === "eater" ? ["--db", join(folder, "demo.db")] : [])],
      io,
    );
    let log = "";
    stderr.on("data", (chunk) => {
      log += chunk;
    });
    const listening = () => /listening at (http:\/\/[\d.:]+)/.exec(log)?.[1];
    await expect.poll(listening).toBeDefined();
    for (const path of ["/", "/live/"]) {
      const body = await (await fetch(`${listening()}${path}`)).text();
      expect(body).toContain(there);
      expect(body).not.toContain(missing);
    }
    stop.resolve();
    expect(await ended).toBe(0);
  });
});
