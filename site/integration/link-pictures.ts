import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Site } from "../data/assemble.ts";
import { drawBeside } from "../og/draw-beside.ts";
import { pictureFile } from "../og/draw-image.ts";
import { picturesOf } from "../og/og-images.ts";

/** The address that they have, as a route: `astro dev` answers it with a picture drawn at that moment. */
export const picturesRoute = "/og/[...path].png";

export interface LinkPictures {
  /** Begins to draw what is not in the cache. */
  start(site: Site): void;
  /** Puts all into the site that was built in `dir`, once all are drawn; nothing where none was begun. */
  addTo(dir: string): Promise<void>;
}

/** The pictures for link previews: drawn while pages are bundled and written, and added when they are there. */
export function linkPictures(cache: string): LinkPictures {
  let begun: { pictures: ReturnType<typeof picturesOf>; drawn: Promise<void> } | undefined;
  return {
    start: (site) => {
      const pictures = picturesOf(site);
      const drawn = drawBeside(
        pictures.map(({ picture }) => picture),
        cache,
      );
      // Told below, once the pages are written.
      drawn.catch(() => undefined);
      begun = { pictures, drawn };
    },
    addTo: async (dir) => {
      if (begun === undefined) return;
      await begun.drawn;
      const files = begun.pictures.map(({ path, picture }) => ({
        from: pictureFile(picture, cache),
        to: join(dir, "og", `${path}.png`),
      }));
      for (const folder of new Set(files.map(({ to }) => dirname(to))))
        await mkdir(folder, { recursive: true });
      for (const { from, to } of files) await copyFile(from, to);
    },
  };
}
