import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { fileSource } from "./file-source.ts";

async function readAll(text: string) {
  const refused: string[] = [];
  const readings = [];
  const settings = { from: "-", stdin: Readable.from([text]), maxBatch: 2, skip: 0, firstSeq: 1 };
  const refuse = (line: number, error: Error) => refused.push(`${line} ${error.message}`);
  const chunks = fileSource(
    { ...settings, nextSeq: new Map(), refused: refuse },
    new AbortController().signal,
  );
  for await (const { emissions } of chunks) readings.push(...emissions.map(({ reading }) => reading));
  return { readings: readings.map(({ source, at, value }) => [source, at, value]), refused };
}

describe("a CSV file", () => {
  it("loses its bad lines alone, each named by its number in the file", async () => {
    const { readings, refused } = await readAll(
      [
        "\uFEFFsource,at,metric,value",
        "a,1,t,1",
        "",
        "b,2,t",
        "c,3,t,3,4",
        'd,"4"x,t,4',
        'e,"5,t,5',
        '"f",6,"t",6',
        "g,7,t,high",
        "h,8,t,8\r",
        "i,9,t,9",
      ].join("\n"),
    );
    expect(readings).toEqual([
      ["a", 1, 1],
      ["f", 6, 6],
      ["h", 8, 8],
      ["i", 9, 9],
    ]);
    expect(refused).toEqual([
      "4 line: 3 fields, where the first line names 4",
      "5 line: 5 fields, where the first line names 4",
      "6 line: its quotes do not match",
      "7 line: its quotes do not match",
      expect.stringMatching(/^9 value: /),
    ]);
  });

  it.each([
    ["2026-01-05T09:00:00Z", Date.UTC(2026, 0, 5, 9)],
    ["2026-01-05T09:00:00.250+01:00", Date.UTC(2026, 0, 5, 8, 0, 0, 250)],
    ["1767603600000", 1_767_603_600_000],
    ["2026-01-05T09:00:00", null],
    ["2026-01-05 09:00", null],
    ["12.5", null],
    ["-5", null],
    ["", null],
  ])("dates a reading %s on one instant, or not at all", async (written, at) => {
    const { readings } = await readAll(`source,at,metric,value\na,${written},t,1\n`);
    expect(readings).toEqual(at === null ? [] : [["a", at, 1]]);
  });

  it("is refused without the columns it needs, and an empty one has no readings", async () => {
    await expect(readAll("a,1,t,1\n")).rejects.toMatchObject({
      code: "SOURCE_UNREADABLE",
      message: expect.stringContaining("no column source, at, metric, value"),
    });
    expect(await readAll("")).toEqual({ readings: [], refused: [] });
  });

  it.each(["value", "source", "seq"])(
    "is refused where it names %s twice: which of them counts is unknown",
    async (name) => {
      const text = `source,at,metric,value,seq,note,note,${name}\na,1,t,1,1,x,y,2\n`;
      await expect(readAll(text)).rejects.toMatchObject({
        code: "SOURCE_UNREADABLE",
        message: expect.stringContaining(`names ${name} twice`),
      });
      expect((await readAll("note,value,at,source,metric,note\nx,1,1,a,t,y\n")).readings).toEqual([
        ["a", 1, 1],
      ]);
    },
  );
});

describe("an NDJSON file", () => {
  it("is known by its first brace, and its bad lines are named", async () => {
    const line = '{"source":"a","at":1,"metric":"t","value":2}';
    const { readings, refused } = await readAll(`\n${line}\nnonsense\n[]\n${line}`);
    expect(readings).toHaveLength(2);
    expect(refused.map((text) => text.slice(0, 6))).toEqual(["3 line", "4 sour"]);
  });
});
