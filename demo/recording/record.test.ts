import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batch, startLive, type TestLive } from "../testing/start-live.ts";
import { parseRecording } from "../view/recording/parse-recording.ts";
import { record } from "./record.ts";

let folder: string;
let live: TestLive;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "record-"));
  live = await startLive();
});
afterEach(async () => {
  await live.close();
  await rm(folder, { recursive: true, force: true });
});

const clock = () => performance.now();
const settings = () => ({
  url: `ws://${live.host}/live`,
  seconds: 600,
  out: join(folder, "run.ndjson"),
  clock,
});

/** Records until all up to `offset` has been written. */
async function recordTo(offset: number, changes: Partial<ReturnType<typeof settings>> = {}) {
  const stop = new AbortController();
  const recording = record({ ...settings(), ...changes, stop: stop.signal });
  await expect.poll(() => live.live.counts().viewers).toBe(1);
  await live.bus.publish(batch(1, 1));
  await expect.poll(() => live.live.counts().snapshots).toBe(1);
  for (let to = 2; to <= offset; to += 1) {
    await live.bus.publish(batch(to, 1));
    await expect.poll(() => live.live.counts().framesSent).toBe(to - 1);
  }
  const written = () => readFile(join(folder, "run.ndjson.part"), "utf8");
  await expect.poll(written).toContain(`"to":${offset},`);
  stop.abort();
  return recording;
}

describe("a recording", () => {
  it("holds each reading since its beginning once", async () => {
    const report = await recordTo(5);
    const { frames } = parseRecording(await readFile(join(folder, "run.ndjson"), "utf8"));
    expect(frames.map(({ message }) => message.t)).toEqual(["hello", "snapshot", ...Array(4).fill("delta")]);
    expect(frames.flatMap(({ message }) => (message.t === "delta" ? message.cols.value : []))).toEqual([
      2, 3, 4, 5,
    ]);
    expect(report).toMatchObject({ frames: 6, readings: 4 });
    expect(await readdir(folder)).toEqual(["run.ndjson"]);
  });

  it("can be played though the clock was set back meanwhile", async () => {
    let now = 1_790_000_000_000;
    const falling = () => {
      now -= 1000;
      return now;
    };
    await recordTo(4, { clock: falling });
    const { frames } = parseRecording(await readFile(join(folder, "run.ndjson"), "utf8"));
    expect(frames).toHaveLength(5);
  });

  it("is refused before anything is watched where its file can be none", async () => {
    await mkdir(settings().out);
    for (const out of [settings().out, ""]) {
      await expect(record({ ...settings(), out })).rejects.toMatchObject({ code: "FILE_UNUSABLE" });
    }
    expect(live.live.counts().viewers).toBe(0);
    expect(await readdir(folder)).toEqual(["run.ndjson"]);
  });
});

describe("the address to record from", () => {
  it.each(["ws://anna:s3cret@127.0.0.1:9/live?key=s3cret", "wss://anna:s3cret@127.0.0.1:9/live"])(
    "is told without what lets anybody in: %s",
    async (url) => {
      const failure = await record({ ...settings(), url }).catch((error: Error) => error);
      expect(failure).toMatchObject({ code: "unreachable" });
      expect((failure as Error).message).toContain("127.0.0.1:9/live");
      expect((failure as Error).message).not.toMatch(/anna|s3cret/);
    },
  );

  it.each(["nonsense", "", "ftp://127.0.0.1/live", "ws://127.0.0.1/live#top", "ws://anna:s3cret@a b/live"])(
    "is refused as an option where it is %j",
    async (url) => {
      const failure = await record({ ...settings(), url }).catch((error: Error) => error);
      expect(failure).toMatchObject({ code: "OPTION_INVALID" });
      expect((failure as Error).message).not.toMatch(/anna|s3cret/);
    },
  );
});
