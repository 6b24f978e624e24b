import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordingOf } from "../testing/fleet-batch.ts";
import { play } from "./play.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "play-"));
  file = join(folder, "run.ndjson");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Where a recording is played to, which keeps what it was shown. */
function screen(isTTY: boolean) {
  let text = "";
  const out = Object.assign(new PassThrough(), { isTTY, rows: 20 });
  out.on("data", (data) => {
    text += String(data);
  });
  return { out, shown: () => text };
}

/** A clock that has gone on by so much each time it is asked. */
function clockBy(ms: number) {
  let now = 0;
  return () => {
    now += ms;
    return now;
  };
}

describe("a recording in a terminal", () => {
  it("is shown from its beginning to its end, with how far it is", async () => {
    await writeFile(file, recordingOf(4));
    const { out, shown } = screen(true);
    await play({ file, speed: 1, out, clock: clockBy(1500) });
    expect(shown().match(/Recording of 2026-09-21, \d of 4 s/g)).toEqual(
      [2, 3, 4].map((second) => `Recording of 2026-09-21, ${second} of 4 s`),
    );
    expect(shown().match(/device-7/g)).toHaveLength(3);
  });

  it("is over sooner where it is played faster, and ends where it is told to stop", async () => {
    await writeFile(file, recordingOf(4));
    const fast = screen(true);
    await play({ file, speed: 10, out: fast.out, clock: clockBy(1500) });
    expect(fast.shown().match(/of 4 s/g)).toHaveLength(1);
    const stopped = screen(true);
    await play({ file, speed: 1, out: stopped.out, clock: clockBy(1), stop: AbortSignal.abort() });
    expect(stopped.shown()).not.toContain("of 4 s");
  });

  it("is played though its clock was at no date at all", async () => {
    await writeFile(file, recordingOf(1, 8.7e15));
    const { out, shown } = screen(true);
    await play({ file, speed: 1, out, clock: clockBy(5000) });
    expect(shown()).toContain("Recording, 1 of 1 s");
  });
});

describe("a recording where there is no terminal", () => {
  it("is its end alone, whole and without a colour", async () => {
    await writeFile(file, recordingOf(4));
    const { out, shown } = screen(false);
    await play({ file, speed: 0.01, out, clock: () => 0 });
    expect(shown().match(/device-\d/g)).toHaveLength(8);
    expect(shown()).not.toContain("\u001b[");
  });

  it("is refused with its line where the file holds none", async () => {
    await writeFile(file, `${recordingOf(1)}nonsense\n`);
    const { out, shown } = screen(false);
    await expect(play({ file, speed: 1, out, clock: () => 0 })).rejects.toMatchObject({
      ...{ name: "RecordingError", code: "bad-line", line: 13 },
    });
    expect(shown()).toBe("");
  });
});
