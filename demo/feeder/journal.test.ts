import { type FileHandle, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reading } from "../testing/start-eater.ts";
import { openJournal } from "./journal.ts";
import type { JournalRecord } from "./journal-state.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a state file in trouble", () => {
  const put = (id: string): JournalRecord => ({
    put: [{ id, body: `${JSON.stringify(reading("a", 1))}\n`, readings: 1, notBefore: 0 }],
    cursor: 1,
    nextBatch: 2,
  });

  it("is left whole by a disk that is full in the middle of a record, and says which option names it", async () => {
    const file = join(folder, "state.ndjson");
    const journal = await openJournal(file);
    await journal.write(put("f:1"));
    const probe = await open(file, "a");
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const append = vi
      .spyOn(Object.getPrototypeOf(probe), "appendFile")
      .mockImplementationOnce(async function (this: FileHandle, data) {
        await this.write((data as Buffer).subarray(0, 9));
        throw full;
      });
    await expect(journal.write(put("f:2"))).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/--state.*ENOSPC/),
      cause: full,
    });
    append.mockRestore();
    await probe.close();
    await journal.write(put("f:3"));
    await journal.close();
    const next = await openJournal(file);
    expect(next.state.entries.map(({ id }) => id)).toEqual(["f:1", "f:3"]);
    await next.close();
  });

  it("belongs to one feeder at a time", async () => {
    const file = join(folder, "state.ndjson");
    const journal = await openJournal(file);
    await expect(openJournal(file)).rejects.toMatchObject({
      code: "FILE_LOCKED",
      message: expect.stringContaining("--state: another process works in"),
    });
    await journal.write(put("f:1"));
    await journal.close();
    const next = await openJournal(file);
    expect(next.state.entries).toHaveLength(1);
    await next.close();
  });

  it("names the option and the file where the folder cannot be made", async () => {
    await writeFile(join(folder, "plain"), "");
    const file = join(folder, "plain", "state.ndjson");
    await expect(openJournal(file)).rejects.toMatchObject({
      code: "FILE_UNUSABLE",
      message: expect.stringContaining(file),
    });
  });
});
