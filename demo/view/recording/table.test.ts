import { describe, expect, it } from "vitest";
import { viewWords } from "../words.ts";
import { parseRecording } from "./parse-recording.ts";
import { seriesOf } from "./poster-series.ts";
import { renderTable } from "./table.ts";

const START = 1_790_000_000_000;
type Row = [source: string, second: number, metric: string, value: number];

/** A recording of these readings, each in a frame of its own. */
function recordingOf(rows: readonly Row[], seconds: number) {
  const lines: unknown[] = [
    [0, { t: "hello", epoch: "e", offset: 0, now: START }],
    [0, { t: "snapshot", offset: 0, state: {} }],
    ...rows.map(([source, second, metric, value], index) => {
      const cols = {
        source: [source],
        seq: [index],
        at: [START + second * 1000],
        metric: [metric],
        value: [value],
      };
      return [second * 1000, { t: "delta", from: index + 1, to: index + 1, cols }];
    }),
    [seconds * 1000, { t: "ping" }],
  ];
  return parseRecording(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
}

/** The texts of the table's cells, by row. */
const cellsOf = (html: string) =>
  (html.match(/<tr>.*?<\/tr>/g) ?? []).map((row) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text = ""]) => text.replace("&#x3C;", "<")),
  );

const rows: Row[] = [
  ["a", 0, "temperature", 20],
  ["b", 0, "temperature", 30],
  ["c", 0, "temperature", 25],
  ["a", 5, "co2", 400],
  ["a", 10, "temperature", -10],
  ["b", 10, "temperature", 31],
  ["c", 10, "temperature", 26],
];

describe("the table of a recording", () => {
  it("has of each metric the devices, and lowest, middle, highest and last of what was read", () => {
    expect(cellsOf(renderTable(recordingOf(rows, 20), "today"))).toEqual([
      ["Metric", "Devices", "Lowest", "Median", "Highest", "Median at the end"],
      ["Temperature", "3", "-10.0\u00a0°C", "25.5\u00a0°C", "31.0\u00a0°C", "26.0\u00a0°C"],
      ["Co2", "1", "400", "400", "400", "400"],
    ]);
  });

  it("says when it was recorded, and for how long", () => {
    const html = renderTable(recordingOf(rows, 20.4), "23 November 2026");
    expect(html).toContain("<caption>Recorded on 23 November 2026: readings of 20 s</caption>");
    expect(renderTable(recordingOf(rows, 20), "heute", viewWords("de"))).toContain(
      "<caption>Aufgezeichnet am heute: Messwerte aus 20 s</caption>",
    );
  });

  it("names for a reader of the screen what heads a column and what a row", () => {
    const html = renderTable(recordingOf(rows, 20), "today");
    expect(html.match(/<th scope="col"/g)).toHaveLength(6);
    expect(html.match(/<th scope="row"/g)).toHaveLength(2);
    expect(html.match(/class="n"/g)).toHaveLength(3 * 5);
  });

  it("has its head alone where nothing was recorded", () => {
    const nothing = parseRecording('[0,{"t":"hello","epoch":"e","offset":0}]\n');
    expect(cellsOf(renderTable(nothing, "today"))).toHaveLength(1);
  });
});

describe("the series of a recording", () => {
  it("begin and end with it, in about forty steps, whatever its length", () => {
    for (const seconds of [0.2, 1, 20, 600, 86_400]) {
      const late: Row = ["a", seconds, "temperature", 1];
      const { x, rows, median } = seriesOf(recordingOf([["a", 0, "temperature", 5], late], seconds)).get(
        "temperature",
      ) ?? { x: [], rows: [], median: [] };
      const step = (x[1] ?? 0) - (x[0] ?? 0);
      expect(x.length).toBeLessThanOrEqual(42);
      expect(Math.abs((x.at(-1) ?? 0) - START / 1000 - seconds)).toBeLessThanOrEqual(step + 0.001);
      expect(rows[0]).toHaveLength(x.length);
      expect(median).toHaveLength(x.length);
      expect(rows[0]?.at(-1)).toBe(1);
      expect(rows[0]?.find((value) => value !== null)).toBe(seconds < 0.25 ? 1 : 5);
    }
  });

  it("are none where nothing was read", () => {
    expect(seriesOf(parseRecording('[0,{"t":"hello","epoch":"e","offset":0}]\n')).size).toBe(0);
    expect(seriesOf(recordingOf([], 20)).size).toBe(0);
  });

  it("hold each reading in its own step, and nothing behind the last one", () => {
    const { rows, x } = seriesOf(
      recordingOf(
        [
          ["a", 0, "m", 1],
          ["a", 10, "m", 3],
        ],
        20,
      ),
    ).get("m") ?? { rows: [], x: [] };
    const at = (second: number) => rows[0]?.[x.findLastIndex((one) => one <= START / 1000 + second)];
    expect([at(0), at(10), at(20)]).toEqual([1, 3, null]);
  });
});
