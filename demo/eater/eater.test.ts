import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ndjson, reading, startEater } from "../testing/start-eater.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eater-place-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("an eater's database", () => {
  it("belongs to one eater at a time, so that nothing is stored twice", async () => {
    const file = join(folder, "demo.db");
    const first = await startEater({ file });
    await first.post(ndjson([reading("a", 1)]));
    await expect(startEater({ file })).rejects.toMatchObject({
      code: "PLACE_HELD",
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
      code: "PLACE_UNUSABLE",
      message: expect.stringMatching(/--db.*letter\.db.*not a database/),
    });
    await expect(startEater({ file })).rejects.toMatchObject({ code: "PLACE_UNUSABLE" });
  });
});
