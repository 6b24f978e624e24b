import { expect, test } from "vitest";
import { makeReport } from "../testing/make-report.ts";
import { renderBurndown } from "./charts/charts.ts";
import { pngOf } from "./png.ts";

/** Width and height, as a PNG says them. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

test("a chart in a file of its own says what it is, with room around it", () => {
  const report = makeReport({ number: 3, cards: 20 });
  const [own, inText] = [true, false].map((standalone) => renderBurndown(report, { id: "a", standalone }));
  const title = /<title[^>]*>([^<]*)</.exec(own ?? "")?.[1] ?? "";
  expect(own).toMatch(new RegExp(`<text[^>]*font-weight="600"[^>]*>${title}<`));
  expect(inText).not.toContain(`>${title}</text>`);
  expect(own).toMatch(/viewBox="-\d+ -\d+ \d+ \d+"/);
  expect(inText).toMatch(/viewBox="0 0 \d+ \d+"/);
});

test("a chart becomes a PNG of twice its size, with its text in it", () => {
  const svg = renderBurndown(makeReport({ number: 3, cards: 20 }), { id: "a", standalone: true });
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const png = pngOf(svg);
  expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
  expect(sizeOf(png)).toEqual([2 * Number(width), 2 * Number(height)]);
  const silent = pngOf(svg.replace(/<text[\s\S]*?<\/text>/g, ""));
  expect(png.length).toBeGreaterThan(silent.length * 1.2);
});
