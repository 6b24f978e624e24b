import { copyFile, link, mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMemoryBus } from "../bus/memory.ts";
import { createMemorySnapshots } from "../snapshot/memory.ts";
import type { SnapshotStore } from "../snapshot/snapshot.ts";
import { eaterDefaults, NOW, ndjson, reading, startEater } from "../testing/start-eater.ts";
import { RowOutcome } from "./columns.ts";
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
      offer: (at, make) => guard(() => inner.offer(at, make)),
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
    expect(
      (await eater.questions.rollups({ step: "minute", from: 0, to: NOW, limit: 10 })).rollups,
    ).toHaveLength(1);
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

  it.each(["a link to it", "a link to where it will be", "a link to its folder"])(
    "is the same by %s",
    async (name) => {
      const [real, other] = [join(folder, "real"), join(folder, "other")];
      await mkdir(real);
      const file = join(real, "demo.db");
      if (name === "a link to its folder") await symlink(real, other);
      else await symlink(file, other);
      const alias = name === "a link to its folder" ? join(other, "demo.db") : other;
      const [first, second] = name === "a link to it" ? [file, alias] : [alias, file];
      const eater = await startEater({ file: first });
      await expect(startEater({ file: second })).rejects.toMatchObject({ code: "FILE_LOCKED" });
      await eater.close();
    },
  );

  it("is refused under a second name of its own", async () => {
    const file = join(folder, "demo.db");
    await (await startEater({ file })).close();
    await link(file, join(folder, "hard.db"));
    await expect(startEater({ file: join(folder, "hard.db") })).rejects.toMatchObject({
      code: "FILE_UNUSABLE",
      message: expect.stringContaining("hard link"),
    });
  });

  it("is no folder, and lies in none that cannot be made", async () => {
    await expect(startEater({ file: folder })).rejects.toMatchObject({
      code: "FILE_UNUSABLE",
      message: expect.stringContaining("is no file"),
    });
    await expect(startEater({ file: "/proc/nowhere/demo.db" })).rejects.toMatchObject({
      code: "FILE_UNUSABLE",
    });
  });

  it("that was copied without its log says so, once, and begins a new epoch", async () => {
    const [file, copy] = [join(folder, "demo.db"), join(folder, "copy.db")];
    const first = await startEater({ file });
    await first.eater.ingest([reading("a", 1)]);
    await copyFile(file, copy);
    const epoch = first.eater.epoch();
    const warnings: string[] = [];
    const warn = (_: unknown, message: string) => warnings.push(message);
    const stale = await startEater({ file: copy, warn });
    expect(warnings).toEqual([expect.stringContaining("without its -wal file")]);
    expect(stale.eater.epoch()).not.toBe(epoch);
    await stale.close();
    await first.close();
    for (const whole of [copy, file]) await (await startEater({ file: whole, warn })).close();
    expect(warnings).toHaveLength(1);
  });

  it("that a crashed eater left, with its log, is whole", async () => {
    const [file, left] = [join(folder, "demo.db"), join(folder, "left.db")];
    const first = await startEater({ file });
    await first.eater.ingest([reading("a", 1)]);
    for (const part of ["", "-wal"]) await copyFile(`${file}${part}`, `${left}${part}`);
    await first.close();
    const warn = vi.fn();
    const next = await startEater({ file: left, warn });
    expect((await next.eater.ingest([reading("a", 1)])).fates).toEqual(Uint8Array.of(RowOutcome.duplicate));
    expect(warn).not.toHaveBeenCalled();
    await next.close();
  });

  it("with a damaged page is named, not served", async () => {
    const file = join(folder, "demo.db");
    await (await startEater({ file })).close();
    const handle = await open(file, "r+");
    // Behind the first page, which names the tables, every table begins with a page of its own.
    await handle.write(Buffer.alloc(12 * 4096, 0xa5), 0, 12 * 4096, 4096);
    await handle.close();
    await expect(startEater({ file })).rejects.toMatchObject({
      code: "FILE_DAMAGED",
      message: expect.stringMatching(/--db: .*demo\.db is damaged/),
    });
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
