import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { drawPicture, pictureFile } from "./draw-image.ts";
import type { Picture } from "./og-image.ts";

let cache: string;
beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "sprintcast-drawn-"));
  cache = join(root, "og");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

const picture: Picture = {
  site: "Reviews",
  kicker: "2 – 13 March 2026",
  title: "Readings arrive within a second",
  figures: [{ label: "committed", text: "12 d" }],
  bar: [{ colour: "#338844", width: 60 }],
};

/** Whether a rectangle of a picture has nothing in it but the ground. */
async function blankIn(png: Uint8Array) {
  const href = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  const drawn = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"><image width="1200" height="630" href="${href}"/></svg>`,
  ).render();
  const { pixels } = drawn;
  return (left: number, top: number, width: number, height: number): boolean => {
    for (let y = top; y < top + height; y += 1)
      for (let x = left; x < left + width; x += 1) if ((pixels[(y * 1200 + x) * 4] ?? 0) < 0xf0) return false;
    return true;
  };
}

describe("a kept picture", () => {
  it("has a name of its own for whatever it shows, and one name for the same", () => {
    const others: Picture[] = [
      { ...picture, site: "Review" },
      { ...picture, kicker: "" },
      { ...picture, title: "Readings arrive within a minute" },
      { ...picture, figures: [] },
      { ...picture, figures: [{ label: "committed", text: "13 d" }] },
      { ...picture, bar: [{ colour: "#338844", width: 61 }] },
      { ...picture, bar: [{ colour: "#338845", width: 60 }] },
    ];
    const names = [picture, ...others].map((one) => pictureFile(one, cache));
    expect(new Set(names).size).toBe(names.length);
    expect(pictureFile(structuredClone(picture), cache)).toBe(names[0]);
    for (const name of names) expect(name).toMatch(/\/og\/[0-9a-f]{32}\.png$/);
  });

  it("is taken as it is, and not drawn again", async () => {
    mkdirSync(cache);
    writeFileSync(pictureFile(picture, cache), "kept");
    expect(Buffer.from(await drawPicture(picture, cache)).toString()).toBe("kept");
  });
});

describe("a picture that is drawn", () => {
  const longest = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(
    4,
  );
  const many = (text: string) => Array.from({ length: 5 }, () => ({ label: text, text }));

  it.each<[string, Partial<Picture>]>([
    ["of a sprint", {}],
    ["of nothing", { site: "", kicker: "", title: "", figures: [], bar: [] }],
    ["of one endless word", { site: longest, kicker: longest, title: longest }],
    ["of endless figures", { figures: many(longest) }],
    ["of markup", { title: '<script>alert("x")</script> & </svg> ]]> {{a}}', site: "<b>us</b>" }],
    ["of other letters", { title: "👩‍👩‍👧‍👦 العربية \u202e 日本語 \u0000 \u2028", kicker: "سبرنت" }],
    [
      "of a bar that is no whole",
      {
        bar: [
          { colour: "#338844", width: 0 },
          { colour: "#338844", width: 140 },
        ],
      },
    ],
  ])("%s is a PNG of the size that pages say, kept whole and alone", async (_, more) => {
    const one = { ...picture, ...more };
    const png = Buffer.from(await drawPicture(one, cache));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(readdirSync(cache).map((name) => join(cache, name))).toEqual([pictureFile(one, cache)]);
  });

  it("has a long title in whole lines clear of its figures, and a long name clear of what stands beside it", async () => {
    const names = { site: longest, kicker: longest };
    const tagline = { kicker: "What was promised, what was done, and what came of it" };
    for (const more of [
      { title: longest, ...names },
      { title: "On and on and ".repeat(30), ...tagline },
    ]) {
      const isBlank = await blankIn(await drawPicture({ ...picture, ...more }, cache));
      // Between the title and the figures; right of what stands on top; and somewhere within that.
      expect(isBlank(80, 388, 1060, 30)).toBe(true);
      expect(isBlank(1150, 56, 50, 40)).toBe(true);
      const gaps = Array.from({ length: 1000 }, (_, x) => x + 100).filter((x) => isBlank(x, 56, 16, 40));
      expect(gaps.length).toBeGreaterThan(0);
      // A line that is not long is there to its end.
      if ("site" in more) continue;
      expect(isBlank(460, 56, 40, 40)).toBe(false);
    }
  });

  it("that two ask for at a time is whole for both", async () => {
    const [one, other] = await Promise.all([drawPicture(picture, cache), drawPicture(picture, cache)]);
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(readdirSync(cache)).toHaveLength(1);
  });
});
