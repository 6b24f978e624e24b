import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const site = join(import.meta.dirname, "..");
/** Numbers are read from left to right in every language; a picture's place in its box has no word for the start. */
const meant = ["text-align: left", "object-position: left", "object-position: right"];

/** Declarations of a stylesheet that name a left or a right, or mean another by the second than by the fourth value. */
function sided(css: string): string[] {
  return [...css.replace(/\/\*.*?\*\//gs, "").matchAll(/([a-z-]+):\s*([^;{}]+)(?=[;}])/g)].flatMap(
    ([, name = "", value = ""]) => {
      const values = value.trim().split(/\s+(?![^(]*\))/);
      const isNamed = /(^|-)(left|right)(-|$)/.test(name) || /^(left|right)$/.test(value.trim());
      const isUneven =
        /^(inset|margin|padding|border-(width|style|color))$/.test(name) &&
        values.length === 4 &&
        values[1] !== values[3];
      return isNamed || isUneven ? [`${name}: ${value.trim()}`] : [];
    },
  );
}

it("lays out no page by left and right: a language may begin at the other side", () => {
  expect(sided("a { inset: auto 1px 0 2px; margin: 0 1px; margin-left: 1px } b { float: right; }")).toEqual([
    "inset: auto 1px 0 2px",
    "margin-left: 1px",
    "float: right",
  ]);
  const files = globSync("{styles,components,pages,layouts}/**/*.{css,astro}", { cwd: site });
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(site, file), "utf8");
    const css = file.endsWith(".css")
      ? text
      : [...text.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, one]) => one).join("");
    return sided(css).map((one) => `${file}: ${one}`);
  });
  expect(found.filter((one) => !meant.some((name) => one.endsWith(name)))).toEqual([]);
});
