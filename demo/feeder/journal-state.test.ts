import { describe, expect, it } from "vitest";
import { reading } from "../testing/start-eater.ts";
import { createFold, JournalError, type JournalRecord, recordsOf, replayJournal } from "./journal-state.ts";

const put = (id: string, source: string, seq: number, cursor = 1): JournalRecord => ({
  put: [{ id, body: `${JSON.stringify(reading(source, seq))}\n`, readings: 1, notBefore: 0 }],
  cursor,
  nextBatch: 2,
});
const textOf = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

describe("a line that is no record", () => {
  it.each([
    ...["null", "7", '"put"', "[]", "{}", "", " ", "\u0000\u0000\u0000", '{"later":1}'],
    ...['{"begin":null}', '{"begin":{"feeder":"f","nextBatch":1,"cursor":0}}', '{"put":5,"cursor":1}'],
    ...['{"put":[null],"cursor":1,"nextBatch":2}', '{"put":[{"id":"f:1"}],"cursor":1,"nextBatch":2}'],
    ...['{"put":[]}', '{"ack":7}', '{"split":"f:1"}', '{"split":"f:1","parts":[{"id":"f:1a"}]}'],
  ])("is damage that is told with its number, and never passed over: %j", (line) => {
    const text = `${textOf([put("f:1", "a", 1)])}${line}\n${textOf([{ ack: "f:1" }])}`;
    const error = (() => {
      try {
        replayJournal(text, "new");
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(JournalError);
    expect((error as JournalError).message).toMatch(/^line 2 .*(restore|move it away)/);
  });
});

describe("what a journal tells", () => {
  it("is a new feeder's where it is empty, or its first line was cut off", () => {
    for (const text of ["", '{"begin":{"feeder":"old"']) {
      expect(replayJournal(text, "new").state()).toMatchObject({ feeder: "new", nextBatch: 1, entries: [] });
    }
  });

  it("is a number for each source behind all that it ever sent, though acknowledged and out of order", () => {
    const text = textOf([
      put("f:1", "a", 9),
      put("f:2", "a", 4),
      put("f:3", "b", 1),
      { ack: "f:1" },
      { ack: "f:9" },
    ]);
    const { nextSeq, entries } = replayJournal(text, "f").state();
    expect([Object.fromEntries(nextSeq), entries.map(({ id }) => id)]).toEqual([
      { a: 10, b: 2 },
      ["f:2", "f:3"],
    ]);
  });

  it("is the last two thousand of what was handed over, through a rewriting too", () => {
    const marks = Array.from({ length: 2500 }, (_, index) => `m${index}`);
    const text = textOf([
      { put: [], cursor: 1, nextBatch: 1, handed: marks.slice(0, 1200) },
      { put: [], cursor: 2, nextBatch: 1, handed: marks.slice(1200) },
    ]);
    const { handed, ...state } = replayJournal(text, "f").state();
    expect(handed).toEqual(marks.slice(500));
    const again = replayJournal(textOf(recordsOf({ ...state, handed })), "other");
    expect(again.state().handed).toEqual(handed);
  });

  it("is not changed by what its reader does with it", () => {
    const fold = createFold("f");
    fold.apply(put("f:1", "a", 1));
    fold.state().nextSeq.set("a", 99);
    fold.state().entries.pop();
    expect(fold.state()).toMatchObject({ nextSeq: new Map([["a", 2]]), entries: [{ id: "f:1" }] });
  });
});
