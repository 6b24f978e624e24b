import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryBus } from "../bus/memory.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { eaterDefaults, NOW, ndjson, reading, startEater } from "../testing/start-eater.ts";
import { createEater } from "./eater.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eater-place-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("an eater without its snapshot store", () => {
  it("derives all the same, and says what it could not share", async () => {
    const warnings: string[] = [];
    let isAway = true;
    const inner = createMemorySnapshots();
    const guard = async <T>(work: () => Promise<T>) => {
      if (isAway) throw new Error("connection refused");
      return work();
    };
    const snapshots: SnapshotStore = {
      read: () => guard(inner.read),
      write: (snapshot) => guard(() => inner.write(snapshot)),
      close: inner.close,
    };
    const eater = await createEater(
      { ...eaterDefaults, file: join(folder, "demo.db") },
      {
        bus: createMemoryBus({ keepReadings: 10 }),
        snapshots,
        clock: () => NOW,
        warn: (_, message) => warnings.push(message),
      },
    );
    await eater.ingest([reading("a", 1)]);
    await eater.derive();
    expect(eater.queries.rollups({ step: "minute", from: 0, to: NOW, limit: 10 }).rollups).toHaveLength(1);
    expect(warnings).toEqual(["the latest state could not be shared and will be again"]);
    isAway = false;
    await eater.derive();
    expect(await snapshots.read()).toMatchObject({
      offset: 1,
      state: { a: { temperature: [NOW - 999, 20.1] } },
    });
    await eater.close();
  });
});

describe("an eater's database", () => {
  it("belongs to one eater at a time, so that nothing is stored twice", async () => {
    const file = join(folder, "demo.db");
    const first = await startEater({ file });
    await first.post(ndjson([reading("a", 1)]));
    await expect(startEater({ file })).rejects.toMatchObject({
      code: "FILE_LOCKED",
      message: expect.stringContaining("--db: another process works in"),
    });
    await first.close();
    const next = await startEater({ file });
    expect((await next.post(ndjson([reading("a", 1)]))).json()).toMatchObject({ stored: 0, duplicates: 1 });
    await next.close();
  });

  it("that is none is named with its option", async () => {
    const file = join(folder, "letter.db");
    await writeFile(
      file,
      "Dear reader, this was never a database, and is too long to be taken for an empty one.",
    );
    await expect(startEater({ file })).rejects.toMatchObject({
      code: "FILE_UNUSABLE",
      message: expect.stringMatching(/--db.*letter\.db.*not a database/),
    });
    await expect(startEater({ file })).rejects.toMatchObject({ code: "FILE_UNUSABLE" });
  });
});
