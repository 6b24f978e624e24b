import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import { palette } from "./charts/ink.ts";

/** The font of every picture; other scripts than Latin are drawn by what the system has. */
const family = "Familjen Grotesk";
const { resolve } = createRequire(import.meta.url);
const fontFiles = ["400Regular", "600SemiBold"].map((weight) =>
  resolve(`@expo-google-fonts/familjen-grotesk/${weight}/FamiljenGrotesk_${weight}.ttf`),
);

/** The colours of a standalone chart on light paper, by custom property. */
const colours = new Map(Object.entries(palette).map(([name, { light }]) => [`--${name}`, light]));

/** A standalone chart as a PNG, twice its size; always on light paper, since a picture knows no reader. */
export function pngOf(svg: string): Uint8Array {
  const plain = svg
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/var\((--[a-z]+), [^)]*\)/g, (whole, name: string) => colours.get(name) ?? whole);
  const picture = new Resvg(plain, {
    background: palette.paper.light,
    fitTo: { mode: "zoom", value: 2 },
    font: { fontFiles, loadSystemFonts: true, defaultFontFamily: family },
  });
  return picture.render().asPng();
}
