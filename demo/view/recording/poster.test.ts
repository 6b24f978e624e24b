import { describe, expect, it } from "vitest";
import { recordingOf } from "../../testing/fleet-batch.ts";
import { ageText } from "../summary.ts";
import { viewWords } from "../words.ts";
import { parseRecording } from "./parse-recording.ts";
import { renderPoster } from "./poster.ts";
import { renderTable } from "./table.ts";

const START = 1_790_000_000_000;

/** A run of `devices` over `seconds`, one reading each per second; `measured` says what they measure. */
function runOf(
  devices: number,
  seconds: number,
  measured: (device: number, second: number) => number,
): string {
  const source = Array.from({ length: devices }, (_, device) => `device-${device}`);
  const lines: unknown[] = [
    [0, { t: "hello", epoch: "e", offset: 0, now: START }],
    [0, { t: "snapshot", offset: 0, state: {} }],
  ];
  for (let second = 0; second <= seconds; second += 1) {
    const cols = {
      source,
      seq: source.map(() => second),
      at: source.map(() => START + second * 1000),
      metric: source.map(() => "temperature"),
      value: source.map((_, device) => measured(device, second)),
    };
    const from = second * devices + 1;
    lines.push([second * 1000, { t: "delta", from, to: from + devices - 1, cols }]);
  }
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

describe("in German", () => {
  const words = viewWords("de-AT");
  const recording = parseRecording(recordingOf(20));

  it("has no English word and no decimal point", () => {
    const html = renderPoster(recording, words) + renderTable(recording, "23. November 2026", words);
    const told = html.replace(/<svg[^>]*aria-label="([^"]*)"[^>]*>/g, " $1 ").replace(/<[^>]+>/g, " ");
    expect(told).toContain("Median, 8 Geräte");
    expect(told).toContain("Aufgezeichnet am 23. November 2026");
    expect(told).not.toMatch(
      /\b(of|devices?|over|between|the|Temperature|Humidity|Power|Battery|Recorded|readings|Lowest|Highest)\b/,
    );
    expect(told).not.toMatch(/\d\.\d+\u00a0(°C|%|W)/);
  });

  it("tells ages and states", () => {
    const scene = { status: "live" as const, ageMs: 4000 };
    expect(ageText(scene, "früher", words)).toBe("neuester Messwert vor 4 s");
    expect(ageText({ ...scene, ageMs: 10 }, "früher", words)).toBe("neuester Messwert gerade eben");
    expect(ageText({ ...scene, status: "replay" }, "am 23. November", words)).toBe(
      "aufgezeichnet am 23. November",
    );
    expect(words.devices(1)).toBe("1 Gerät");
  });
});

describe("the poster", () => {
  it("has a chart per metric that says in words what it shows", () => {
    const html = renderPoster(parseRecording(recordingOf(20)));
    expect(html.match(/<figure /g)).toHaveLength(4);
    expect(html).toMatch(/aria-label="Temperature of 8 devices over 20 s: between [\d.]+\u00a0°C and/);
    expect(html).not.toMatch(/NaN|Infinity|undefined|style=/);
  });

  it("stays small for a large fleet, and does not lose the one device that fails", () => {
    const html = renderPoster(
      parseRecording(runOf(500, 40, (device, second) => (device === 499 && second > 20 ? 60 : 20))),
    );
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(15_000);
    // The failing device is drawn first; its line leaves the bottom of the plot for the top.
    const lines = /stroke-opacity="0.3" d="([^"]+)"/.exec(html)?.[1]?.split("M") ?? [];
    const heights = (lines[1] ?? "").split("L").map((point) => Number(point.split(",")[1]));
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(100);
  });

  it("counts what the snapshot held as the start, and takes no device that was silent long before", () => {
    const state = {
      fresh: { temperature: [START - 1000, 20] },
      gone: { temperature: [START - 900_000, 5] },
    };
    const lines = [
      [0, { t: "hello", epoch: "e", offset: 2, now: START }],
      [0, { t: "snapshot", offset: 2, state }],
      [
        5000,
        {
          t: "delta",
          from: 3,
          to: 3,
          cols: { source: ["fresh"], seq: [9], at: [START + 5000], metric: ["temperature"], value: [30] },
        },
      ],
    ];
    const recording = parseRecording(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
    expect(renderPoster(recording)).toContain(
      "Temperature of 1 device over 5 s: between 20.0\u00a0°C and 30.0\u00a0°C; the median went from 20.0",
    );
  });

  it("ends with the last known median of a metric that is measured less often, in picture and table alike", () => {
    const rare = runOf(4, 5, () => 20);
    const last = {
      t: "delta",
      from: 25,
      to: 25,
      cols: { source: ["device-0"], seq: [6], at: [START + 60_000], metric: ["power"], value: [7] },
    };
    const recording = parseRecording(`${rare}${JSON.stringify([60_000, last])}\n`);
    expect(renderPoster(recording)).toContain('<span class="value">20.0\u00a0°C</span>');
    const row = /Temperature.*?<\/tr>/.exec(renderTable(recording, "today"))?.[0];
    expect(row).toMatch(/<td class="n">20\.0\u00a0°C<\/td><\/tr>$/);
  });

  it("takes names in a recording for text, as the table does", () => {
    const hostile = recordingOf(5).replaceAll("temperature", "<img src=x onerror=alert(1)>");
    const recording = parseRecording(hostile);
    for (const html of [renderPoster(recording), renderTable(recording, "<b>today</b>")]) {
      // What stands between quotes is an attribute's value, where "<" opens nothing.
      expect(html.replaceAll(/"[^"]*"/g, "")).not.toMatch(/<img|<b>/);
      expect(html).toContain("&#x3C;img");
    }
  });

  it("is an empty frame where nothing was recorded", () => {
    const recording = parseRecording('[0,{"t":"hello","epoch":"e","offset":0}]\n');
    expect(renderPoster(recording)).toBe('<div class="sc-poster"></div>');
  });
});
