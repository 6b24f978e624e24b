import { describe, expect, it } from "vitest";
import type { Batch, Reading } from "../protocol.ts";
import { NOW, reading } from "../testing/start-eater.ts";
import { fromColumns, RowOutcome, type WorkerColumns } from "./columns.ts";
import { createGroupCommit, Overloaded } from "./group-commit.ts";
import type { Writer } from "./writer.ts";

const some = (source: string, count: number): Reading[] =>
  Array.from({ length: count }, (_, seq) => reading(source, seq));

/** A writer that answers when the test says so. Readings of source `dup` are duplicates. */
function start({ maxGroup = 10, maxWaiting = 100 } = {}) {
  const groups: { readings: Reading[]; finish: () => void; fail: (error: Error) => void }[] = [];
  const batches: Batch[] = [];
  let offset = 0;
  const writer = {
    ask: ({ columns }: { columns: WorkerColumns }) =>
      new Promise((resolve, reject) => {
        const readings = fromColumns(columns);
        const finish = () => {
          const from = offset + 1;
          const fates = Uint8Array.from(readings, ({ source }) =>
            source === "dup" ? RowOutcome.duplicate : RowOutcome.stored,
          );
          offset += fates.filter((fate) => fate === RowOutcome.stored).length;
          resolve({ done: "commit", epoch: "e", committed: { fates, from, to: offset }, ms: 1 });
        };
        groups.push({ readings, finish, fail: reject });
      }),
    alive: () => true,
    close: async () => {},
  } as unknown as Writer;
  const commits = createGroupCommit(writer, { maxGroup, maxWaiting }, () => NOW, {
    committed: (batch) => void batches.push(batch),
  });
  const finish = async (index: number) => {
    groups[index]?.finish();
    await new Promise(setImmediate);
  };
  return { commits, groups, batches, finish };
}

describe("committing in groups", () => {
  it("lets the first request wait for nobody, and gathers what comes while two groups are under way", async () => {
    const { commits, groups, finish } = start();
    const answers = ["a", "b", "c", "d"].map((source) => commits.commit(some(source, 2)));
    expect(groups.map(({ readings }) => readings.length)).toEqual([2, 2]);
    await finish(0);
    expect(groups[2]?.readings.map(({ source }) => source)).toEqual(["c", "c", "d", "d"]);
    await finish(1);
    await finish(2);
    expect((await Promise.all(answers)).map(({ offset }) => offset)).toEqual([2, 4, 8, 8]);
  });

  it("puts whole requests together up to the largest group, and takes a larger one by itself", async () => {
    const { commits, groups, finish } = start({ maxGroup: 5 });
    for (const count of [1, 1, 3, 2, 1, 9]) void commits.commit(some("a", count));
    for (let index = 0; index < 5; index += 1) await finish(index);
    expect(groups.map(({ readings }) => readings.length)).toEqual([1, 1, 5, 1, 9]);
  });

  it("answers each request with its own fates, and tells of what was stored alone", async () => {
    const { commits, batches, finish } = start();
    void commits.commit(some("a", 1));
    void commits.commit(some("b", 1));
    const mixed = commits.commit([reading("dup", 1), reading("c", 1)]);
    const plain = commits.commit([reading("d", 1)]);
    await finish(0);
    await finish(1);
    await finish(2);
    expect([...(await mixed).fates]).toEqual([RowOutcome.duplicate, RowOutcome.stored]);
    expect([...(await plain).fates]).toEqual([RowOutcome.stored]);
    expect(batches.map(({ from, to, readings }) => [from, to, readings.map(({ source }) => source)])).toEqual(
      [
        [1, 1, ["a"]],
        [2, 2, ["b"]],
        [3, 4, ["c", "d"]],
      ],
    );
  });

  it("tells of no batch where all were duplicates", async () => {
    const { commits, batches, finish } = start();
    const answer = commits.commit(some("dup", 3));
    await finish(0);
    expect((await answer).offset).toBe(0);
    expect(batches).toEqual([]);
  });

  it("turns away what is more than may wait, but never the only one", async () => {
    const { commits, finish } = start({ maxWaiting: 5 });
    const large = commits.commit(some("a", 9));
    expect(commits.waiting()).toBe(9);
    await expect(commits.commit(some("b", 1))).rejects.toBeInstanceOf(Overloaded);
    expect(commits.waiting()).toBe(9);
    await finish(0);
    await large;
    expect(commits.waiting()).toBe(0);
    const [four, one] = [commits.commit(some("c", 4)), commits.commit(some("d", 1))];
    await finish(1);
    await finish(2);
    expect((await Promise.all([four, one])).map(({ offset }) => offset)).toEqual([13, 14]);
  });

  it("tells all requests of a group that failed, and goes on with the next", async () => {
    const { commits, groups, finish } = start();
    const failing = commits.commit(some("a", 1));
    const next = commits.commit(some("b", 2));
    groups[0]?.fail(new Error("disk full"));
    await expect(failing).rejects.toThrow("disk full");
    await finish(1);
    expect((await next).offset).toBe(2);
    await commits.idle();
    expect(commits.waiting()).toBe(0);
  });

  it("is idle only when nothing is under way or waits", async () => {
    const { commits, finish } = start();
    for (let index = 0; index < 3; index += 1) void commits.commit(some("a", 1));
    let isIdle = false;
    const idle = commits.idle().then(() => {
      isIdle = true;
    });
    await finish(0);
    await finish(1);
    expect(isIdle).toBe(false);
    await finish(2);
    await idle;
  });
});
