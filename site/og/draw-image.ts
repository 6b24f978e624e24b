import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Font } from "satori";
import { once } from "../view-models/once.ts";
import type { Picture } from "./og-image.ts";

const require = createRequire(import.meta.url);
const face = (weight: string) =>
  readFile(require.resolve(`@expo-google-fonts/familjen-grotesk/${weight}/FamiljenGrotesk_${weight}.ttf`));
/** What draws, loaded for the first picture that is not in the cache: a second build seldom needs it. */
const tools = once(async () => {
  const [{ renderAsync }, { default: satori }, regular, bold] = await Promise.all([
    import("@resvg/resvg-js"),
    import("satori"),
    face("400Regular"),
    face("600SemiBold"),
  ]);
  // One list for all pictures: by it, and not by what is in it, satori knows the fonts that it has read already.
  const fonts: Font[] = [
    { name: "Familjen", data: regular, weight: 400 },
    { name: "Familjen", data: bold, weight: 600 },
  ];
  return { renderAsync, satori, fonts };
});

/** Raise when the drawing changes, so that no picture of an older drawing is taken from the cache. */
const drawing = 5;

/** Where a picture is kept in `cache`: under a digest of what it shows. */
export function pictureFile(picture: Picture, cache: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([drawing, picture]))
    .digest("hex")
    .slice(0, 32);
  return join(cache, `${digest}.png`);
}

/** The picture as PNG. Drawing one takes long, so that each is kept in `cache` and drawn once. */
export async function drawPicture(picture: Picture, cache: string): Promise<Uint8Array> {
  const file = pictureFile(picture, cache);
  const known = await readFile(file).catch(() => null);
  if (known) return known;
  const png = await draw(picture);
  await mkdir(cache, { recursive: true });
  // Whole or not at all: a build may be stopped at any time.
  const unfinished = `${file}-${randomUUID()}`;
  await writeFile(unfinished, png);
  await rename(unfinished, file);
  return png;
}

type Node = { type: string; props: { style: Record<string, string | number>; children: Node[] | string } };

function box(style: Record<string, string | number>, children: Node[] | string = []): Node {
  return { type: "div", props: { style: { display: "flex", ...style }, children } };
}

async function draw(picture: Picture): Promise<Uint8Array> {
  const { renderAsync, satori, fonts } = await tools();
  const svg = await satori(layOut(picture) as never, { width: 1200, height: 630, fonts });
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return image.asPng();
}

function layOut(picture: Picture): Node {
  const size = picture.title.length > 70 ? 56 : picture.title.length > 36 ? 68 : 88;
  const onOneLine = { display: "block", lineClamp: 1, wordBreak: "break-all" };
  // Nothing here measures text: twenty pixels are room for any letter of the name but the widest.
  const nameWidth = Math.min(560, 20 * picture.site.length);
  return box(
    {
      width: "100%",
      height: "100%",
      flexDirection: "column",
      justifyContent: "space-between",
      boxSizing: "border-box",
      padding: "56px 64px",
      background: "#fbfbf9",
      color: "#17191c",
      borderLeft: "12px solid #d9432a",
    },
    [
      box({ flexDirection: "column", gap: 20 }, [
        box({ justifyContent: "space-between", gap: 32, fontSize: 28, color: "#5a6068" }, [
          box({ ...onOneLine, maxWidth: 560, fontWeight: 600, color: "#17191c" }, picture.site),
          box({ ...onOneLine, maxWidth: 1028 - nameWidth }, picture.kicker),
        ]),
        box(
          {
            fontSize: size,
            fontWeight: 600,
            lineHeight: 1.16,
            letterSpacing: -2,
            // Whole lines, clear of the figures below.
            display: "block",
            lineClamp: size === 56 ? 4 : 3,
            wordBreak: "break-word",
          },
          picture.title,
        ),
      ]),
      box({ flexDirection: "column", gap: 28 }, [
        box(
          { justifyContent: "space-between" },
          picture.figures.map((figure) =>
            box({ flexDirection: "column" }, [
              box({ fontSize: 60, fontWeight: 600, letterSpacing: -2 }, figure.text),
              box({ fontSize: 26, color: "#5a6068" }, figure.label),
            ]),
          ),
        ),
        ...(picture.bar.length === 0
          ? []
          : [
              box(
                { height: 28, background: "#f1f1ec" },
                picture.bar.map((part) => box({ width: `${part.width}%`, background: part.colour })),
              ),
            ]),
      ]),
    ],
  );
}
