import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { drawBeside } from "./draw-beside.ts";
import { drawPicture, pictureFile } from "./draw-image.ts";
import type { Picture } from "./og-image.ts";

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "sprintcast-pictures-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

const pictures = Array.from(
  { length: 10 },
  (_, index): Picture => ({
    site: "Reviews",
    kicker: `Sprint ${index}`,
    title: "A title",
    figures: [{ label: "Completed", text: `${index} d` }],
    bar: [{ colour: "#1c7448", width: index * 10 }],
  }),
);

test("pictures drawn beside the build are those drawn here, each in a file of its own and nothing else", async () => {
  const [here, beside] = [folder(), folder()];
  await drawBeside(pictures, beside);
  const names = pictures.map((picture) => basename(pictureFile(picture, beside))).sort();
  expect(readdirSync(beside).sort()).toEqual(names);
  for (const picture of pictures)
    expect(readFileSync(pictureFile(picture, beside)).equals(await drawPicture(picture, here))).toBe(true);
});

test("a picture that is there is not drawn again", async () => {
  const cache = folder();
  for (const picture of pictures) writeFileSync(pictureFile(picture, cache), "drawn before");
  await drawBeside(pictures, cache);
  for (const picture of pictures)
    expect(readFileSync(pictureFile(picture, cache), "utf8")).toBe("drawn before");
});

test("what fails in drawing is told, and not taken for a picture", async () => {
  const cache = folder();
  const broken = { ...pictures[0], figures: null } as unknown as Picture;
  await expect(drawBeside([broken], cache)).rejects.toThrow(/null/);
  expect(readdirSync(cache)).toEqual([]);
});
