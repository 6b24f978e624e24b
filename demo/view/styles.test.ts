import { describe, expect, it } from "vitest";
import { viewStyles } from "./styles.ts";
import { unitOf } from "./units.ts";
import { english } from "./words.ts";

/** What a page is painted with that names no colours of its own, as browsers do it. */
const PAPER = { light: "#ffffff", dark: "#121212" };

/** The fallback of each colour, in either scheme. */
const colours = new Map(
  [...viewStyles.matchAll(/--([\w-]+): var\(--sc-[\w-]+, light-dark\((#\w{6}), (#\w{6})\)\);/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const metrics = Object.keys(english.metrics);

it("the measure of contrast is the one of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#123456", "#123456")).toBe(1);
});

describe.each(["light", "dark"] as const)("on a %s page without colours of its own", (scheme) => {
  const against = (name: string) => contrast(colours.get(name)?.[scheme] ?? PAPER[scheme], PAPER[scheme]);

  it.each(["ink", "quiet", "live", "late", "lost", "replay"])("words in %s can be read", (name) => {
    expect(against(name)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["m-other", ...metrics.map((metric) => `m-${metric}`)])(
    "lines and large figures in %s can be seen",
    (name) => {
      expect(against(name)).toBeGreaterThanOrEqual(3);
    },
  );

  it("one sees where the keyboard is", () => {
    expect(against("focus")).toBeGreaterThanOrEqual(3);
  });
});

describe("the style", () => {
  it("has a tone for every state that is no waiting, and for every usual metric", () => {
    for (const status of Object.keys(english.status)) {
      const tone = new RegExp(`\\.badge\\[data-status="${status}"\\][^{]*\\{ --tone: var\\(--(\\w+)\\)`).exec(
        viewStyles,
      );
      if (status === "connecting") expect(tone).toBeNull();
      else expect(colours.has(tone?.[1] ?? ""), status).toBe(true);
    }
    for (const metric of metrics)
      expect(viewStyles).toContain(`.chart[data-metric="${metric}"] { --tone: var(--m-${metric}); }`);
  });

  it("knows the same usual metrics as the units and the words", () => {
    const named = [...viewStyles.matchAll(/data-metric="(\w+)"/g)].map(([, name]) => name);
    expect(named.sort()).toEqual([...metrics].sort());
    for (const metric of metrics) expect(unitOf(metric)).not.toBe("");
  });

  it("uses no property that it does not set, nor one of a page's without a fallback", () => {
    const set = new Set([...viewStyles.matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
    for (const [, name = "", next] of viewStyles.matchAll(/var\((--[\w-]+)([,)])/g)) {
      if (name.startsWith("--sc-")) expect(next, name).toBe(",");
      else expect(set.has(name), name).toBe(true);
    }
  });

  it("moves nothing for who asked for less motion", () => {
    const calm = viewStyles.replace(
      /@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g,
      "",
    );
    expect(viewStyles).toContain("animation:");
    expect(calm).not.toMatch(/animation|transition|@keyframes/);
  });
});
