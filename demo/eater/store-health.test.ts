import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NOW, reading, startEater, type TestEater } from "../testing/start-eater.ts";
import { openDatabase } from "./database.ts";
import { watchStore } from "./store-health.ts";
import { type Writer, WriterError } from "./writer.ts";

describe("an eater whose database another holds", () => {
  let test: TestEater;
  beforeEach(async () => {
    test = await startEater({ storeCheckMs: 50 });
  });
  afterEach(() => test.close());

  it("is ready again once a commit of its own succeeds, without any reading", async () => {
    expect(test.eater.troubles()).toEqual([]);
    const other = openDatabase(test.settings.file);
    other.exec("BEGIN IMMEDIATE");
    await expect(test.eater.ingest([reading("a", 1)])).rejects.toThrow(WriterError);
    expect(test.eater.troubles()).toEqual([expect.stringMatching(/^the store cannot commit .*locked/)]);
    expect(test.eater.fatal()).toEqual([]);
    other.exec("ROLLBACK");
    other.close();
    await expect.poll(() => test.eater.troubles()).toEqual([]);
    expect((await test.eater.ingest([reading("a", 1)])).offset).toBe(1);
  });
});

describe("a store that answers nothing", () => {
  it("is one that takes no readings, after twice the time between checks", async () => {
    let now = 0;
    let answer: () => void = () => {};
    const writer = {
      ask: () =>
        new Promise((resolve) => {
          answer = () => resolve({ done: "retain", dropped: { rows: 0, more: false } });
        }),
      alive: () => true,
    } as unknown as Writer;
    const store = watchStore(writer, { storeCheckMs: 1_000_000 }, () => now);
    const asked = store.writer.ask({ do: "retain", now: NOW, publishedTo: 0, limit: 1 });
    now = 2_000_000;
    expect(store.troubles()).toEqual([]);
    now += 1;
    expect(store.troubles()).toEqual(["the store has not answered for a while"]);
    answer();
    await asked;
    expect(store.troubles()).toEqual([]);
    await store.stop();
  });
});
