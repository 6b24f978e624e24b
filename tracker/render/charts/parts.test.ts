import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelsOf } from "../../testing/chart-labels.ts";
import { wordsOf } from "../../words/languages.ts";
import { english } from "../../words/words.ts";
import { daysScale, roomForTicks, spreadLabels, timeAxis, timeScale } from "./axes.ts";
import { palette, renderSparkline } from "./charts.ts";
import { laneInk, standaloneStyle } from "./ink.ts";
import { legend } from "./legend.ts";
import { boxOf, fitted, type Label, labelsWithRoom, roomFor, shortened, toSvg, widthOfText } from "./svg.ts";

const box = boxOf({ id: "a", width: 480 }, { top: 20, right: 20, bottom: 20, left: 40 }, 200);
const drawn = (children: Parameters<typeof toSvg>[3]): string =>
  toSvg({ id: "a" }, box, { kind: "x", title: "t", desc: "d" }, children);

describe("labels that are spread", () => {
  const wishes = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 10 });

  it("keep their order, a line apart and inside the plot, where there is room for all", () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const places = spreadLabels(list, 0, 200);
        expect(places).toHaveLength(list.length);
        const byPlace = places
          .map((at, index) => ({ at, wish: list[index] ?? 0 }))
          .sort((a, b) => a.at - b.at);
        byPlace.reduce((above, below) => {
          expect(below.at - above.at).toBeGreaterThanOrEqual(15 - 1e-9);
          expect(below.wish).toBeGreaterThanOrEqual(above.wish);
          return below;
        });
        for (const at of places) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(200);
        }
      }),
      { seed: 9 },
    );
  });

  it("stay where they wish to be, if nothing is in their way", () => {
    expect(spreadLabels([100, 20, 60], 0, 200)).toEqual([100, 20, 60]);
  });
});

describe("an axis of amounts", () => {
  it("reaches to the highest and has it inside, whatever it is", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (highest) => {
        const { y, ticks } = daysScale(highest, box);
        expect(y(0)).toBeCloseTo(box.y1, 6);
        expect(y(highest)).toBeGreaterThanOrEqual(box.top - 1e-6);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeGreaterThan(1);
      }),
      { seed: 4 },
    );
  });

  it("has more room left of it the longer its numbers are, and never less than the usual", () => {
    const room = (ticks: number[]) => roomForTicks(ticks, english.numeral);
    expect(room([0, 1, 2])).toBe(34);
    expect(room([])).toBe(34);
    expect(room([0, 100_000])).toBeGreaterThan(room([0, 1000]));
  });
});

describe("an axis of time", () => {
  const namesFrom = (start: string, end: string, zone: string, width = 480, locale = "en-GB") => {
    const own = boxOf({ id: "a", width }, { top: 20, right: 20, bottom: 20, left: 40 }, 200);
    const [from, to] = [Date.parse(start), Date.parse(end)];
    const axis = timeAxis([from, to], zone, timeScale(from, to, own), own, wordsOf(locale));
    return labelsOf(drawn(axis)).map(({ words }) => words);
  };

  it("names each day of the team's zone, also those of 23 and of 25 hours", () => {
    expect(namesFrom("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z", "Europe/Vienna")).toEqual([
      "28 Mar",
      "29 Mar",
      "30 Mar",
    ]);
    expect(namesFrom("2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z", "Europe/Vienna")).toEqual([
      "24 Oct",
      "25 Oct",
      "26 Oct",
    ]);
  });

  it("names a day that has begun before the span as well", () => {
    expect(namesFrom("2026-01-05T15:00:00Z", "2026-01-07T00:00:00Z", "UTC")).toEqual(["5 Jan", "6 Jan"]);
  });

  it("leaves names out where there is no room, never the first", () => {
    const names = namesFrom("2026-01-05T00:00:00Z", "2026-02-05T00:00:00Z", "UTC");
    expect(names[0]).toBe("5 Jan");
    expect(names.length).toBeLessThan(10);
    expect(namesFrom("2026-01-05T00:00:00Z", "2026-02-05T00:00:00Z", "UTC", 2400)).toHaveLength(31);
  });

  it("of months has the year at its first name and at each January", () => {
    const names = namesFrom("2025-10-15T00:00:00Z", "2026-03-15T00:00:00Z", "UTC", 1200);
    expect(names[0]).toBe("Oct 2025");
    expect(names).toContain("Jan 2026");
    expect(names.filter((name) => /\d/.test(name))).toHaveLength(2);
  });

  it("speaks the language it is told", () => {
    expect(namesFrom("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", "UTC", 480, "de-AT")).toEqual([
      "2. März",
    ]);
  });
});

describe("labels where there is room", () => {
  const label = (left: number, line: number, words = "words"): Label => ({ left, line, words });

  it("are those that stand on no other and inside the picture; the first come first", () => {
    const [first, same, below, outside, beyond] = [
      label(100, 50),
      label(110, 55),
      label(100, 70),
      label(-1, 100),
      label(470, 120),
    ];
    expect(labelsWithRoom([first, same, below, outside, beyond], box)).toEqual([first, below]);
    expect(labelsWithRoom([same, first], box)).toEqual([same]);
  });

  it("may stand beside each other on one line, with a gap", () => {
    const width = widthOfText("words");
    expect(labelsWithRoom([label(100, 50), label(100 + width + 5, 50)], box)).toHaveLength(2);
    expect(labelsWithRoom([label(100, 50), label(100 + width + 3, 50)], box)).toHaveLength(1);
  });
});

describe("a text that is too long", () => {
  it("is cut to its room with an ellipsis, and no longer than that", () => {
    expect(shortened("short", 100)).toBe("short");
    expect(shortened("a rather long label", 70)).toMatch(/^a rather ?…$/);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 300 }), (words, units) => {
        const cut = shortened(words, units);
        expect(cut.length).toBeLessThanOrEqual(Math.max(1, Math.floor(units / 7)));
        expect(cut.isWellFormed()).toBe(true);
      }),
      { seed: 12 },
    );
  });

  it("beside the plot has the room right of it", () => {
    expect(fitted("a label", { top: 0, bottom: 0, left: 0, right: 80 })).toBe("a label");
    expect(fitted("a label", { top: 0, bottom: 0, left: 0, right: 40 })).toMatch(/…$/);
  });

  it("gets at most a third of the picture", () => {
    expect(roomFor(["x".repeat(500)], 50, { id: "a", width: 480 })).toBe(160);
    expect(roomFor(["x"], 50, { id: "a", width: 480 })).toBe(50);
    expect(roomFor([], 50, { id: "a" })).toBe(50);
  });
});

it("a legend's marks and words stand apart, in their order", () => {
  const items = ["opened", "a much longer entry", "x"].map((label, index) => ({
    mark: (["dot", "line", "box"] as const)[index] ?? ("box" as const),
    fill: "red",
    label,
  }));
  const svg = drawn(legend(items));
  const labels = labelsOf(svg);
  expect(labels.map(({ words }) => words)).toEqual(items.map(({ label }) => label));
  labels.reduce((before, after) => {
    // The mark of the next stands between them.
    expect(after.left - before.right).toBeGreaterThan(20);
    return after;
  });
  expect(
    [svg.match(/<circle/g), svg.match(/<line/g), svg.match(/<rect/g)].map((found) => found?.length),
  ).toEqual([1, 1, 1]);
});

describe("the colours", () => {
  const channel = (hex: string, at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = (hex: string) =>
    0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
  /** As WCAG 2 has it: 1 to 21. */
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ofText = ["ink", "quiet", "plan", "progress", "done", "late", "ice", "debt"] as const;

  it.each(ofText)("%s can be read on light and on dark paper", (name) => {
    for (const scheme of ["light", "dark"] as const)
      expect(contrast(palette[name][scheme], palette.paper[scheme]), scheme).toBeGreaterThanOrEqual(4.5);
  });

  it("of a file that stands alone are those of both schemes", () => {
    const [light = "", dark = ""] = standaloneStyle.split("@media (prefers-color-scheme:dark)");
    for (const name of ofText) {
      expect(light).toContain(`--${name}:${palette[name].light}`);
      expect(dark).toContain(`--${name}:${palette[name].dark}`);
    }
  });

  it("tell lanes apart", () => {
    const lanes = ["backlog", "sprint", "progress", "done", "freezebox"] as const;
    expect(new Set(lanes.map(laneInk)).size).toBe(lanes.length);
  });
});

describe("a sparkline", () => {
  const desc = (values: (number | null)[], locale = "en-GB") =>
    /<desc[^>]*>([^<]*)</.exec(
      renderSparkline(values, { id: "a", label: "Days", words: wordsOf(locale) }),
    )?.[1];

  it("says its values, unknown ones as a dash, in the language it is told", () => {
    expect(desc([1.5, null, -2])).toBe("1.5, —, −2");
    expect(desc([1.5, 2], "de-AT")).toBe("1,5; 2");
    expect([desc([]), desc([], "de-AT")]).toEqual(["No values.", "Keine Werte."]);
  });

  it("has its dot at the last value that is known, and none where nothing is", () => {
    const dot = (values: (number | null)[]) =>
      Number(/cx="([\d.]+)"/.exec(renderSparkline(values, { id: "a", label: "x" }))?.[1]);
    expect(dot([1, 2, 3])).toBeGreaterThan(dot([1, 2, null]));
    expect(dot([null, null])).toBeNaN();
  });

  it("leaves a gap where a value is unknown, and draws no impossible place", () => {
    const svg = renderSparkline([1, 2, null, 3, 4], { id: "a", label: "x" });
    expect(/ d="([^"]*)"/.exec(svg)?.[1]?.match(/M/g)).toHaveLength(2);
    for (const values of [[], [null], [0], [-1, -2]] as (number | null)[][])
      expect(renderSparkline(values, { id: "a", label: "x" })).not.toMatch(/NaN|Infinity|undefined/);
  });
});
