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
    ...['{"put":[],"cursor":1,"nextBatch":2,"handed":5}', '{"put":[],"cursor":-1,"nextBatch":2}'],
    ...['{"begin":{"feeder":"f","nextBatch":1,"nextSeq":{"a":"9"},"cursor":0}}', '{"put":5,"ack":"f:1"}'],
    // Each of these is a record, but none that this journal could hold here.
    ...[JSON.stringify(put("f:1", "a", 2)), '{"split":"f:9","parts":[]}', '{"split":"f:1","parts":[]}'],
    '{"begin":{"feeder":"f","nextBatch":1,"nextSeq":{},"cursor":0}}',
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

it("reads again what it wrote itself, behind the largest number that a reading may have, too", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const once = replayJournal(textOf([put("f:1", "a", most)]), "new").state();
  const again = replayJournal(textOf(recordsOf(once)), "new").state();
  expect(again).toEqual(once);
  expect(again.nextSeq.get("a")).toBe(most + 1);
});

describe("a batch that is damaged", () => {
  const entry = { id: "f:1", body: `${JSON.stringify(reading("a", 1))}\n`, readings: 1, notBefore: 0 };
  const replay = (changes: object) =>
    replayJournal(textOf([{ put: [{ ...entry, ...changes }], cursor: 1, nextBatch: 2 }]), "new").state();

  it.each([
    ["no count, by which a full outbox could not be told", { readings: undefined }],
    ["no instant to wait for", { notBefore: null }],
    ["more readings than it says", { body: entry.body.repeat(2) }],
    ["fewer readings than it says", { readings: 2 }],
    ["half a line", { body: entry.body.slice(0, 20) }],
    ["a line without a number", { body: '{"source":"a"}\n' }],
    ["a line without a source", { body: '{"seq":1}\n' }],
    ["bytes that were no UTF-8", { body: entry.body.replace("temperature", "temp\uFFFDrature") }],
  ])("is told, and not sent on, where it has %s", (_, changes) => {
    expect(() => replay(changes)).toThrow(JournalError);
    expect(replay({}).entries).toEqual([entry]);
  });

  it("is told where its parts are not the whole", () => {
    const two = { ...entry, readings: 2, body: `${entry.body}${JSON.stringify(reading("a", 2))}\n` };
    const whole = { put: [two], cursor: 2, nextBatch: 2 };
    const parts = [
      { ...entry, id: "f:1.1" },
      { ...entry, id: "f:1.2", body: `${JSON.stringify(reading("a", 2))}\n` },
    ];
    const good = replayJournal(textOf([whole, { split: "f:1", parts }]), "new").state();
    expect(good.entries.map(({ id }) => id)).toEqual(["f:1.1", "f:1.2"]);
    const cut = textOf([whole, { split: "f:1", parts: parts.slice(1) }]);
    expect(() => replayJournal(cut, "new")).toThrow(JournalError);
  });

  it("is dropped with all behind it only where the file ends in it: cut anywhere, a file is a shorter life", () => {
    const records = [put("f:1", "a", 1), put("f:2", "b", 1), { ack: "f:1" }, put("f:3", "a", 2)];
    const text = textOf(records);
    const after = [[], ["f:1"], ["f:1", "f:2"], ["f:2"], ["f:2", "f:3"]];
    for (let end = 0; end <= text.length; end += 1) {
      const cut = text.slice(0, end);
      const whole = cut.split("\n").length - 1;
      expect(
        replayJournal(cut, "f")
          .state()
          .entries.map(({ id }) => id),
      ).toEqual(after[whole]);
    }
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
