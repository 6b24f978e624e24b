import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { pngOf } from "../testing/written-posts.ts";
import { publicFileIn, teamFiles } from "./team-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-files-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function write(path: string, bytes: string | Uint8Array): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
  return join(root, path);
}

/** A JPEG's head alone: so many pixels, and how the camera was held. */
function jpegOf(width: number, height: number, orientation: number): Uint8Array {
  const exif = Buffer.from(
    `4578696600004d4d002a0000000800010112000300000001000${orientation}000000000000`,
    "hex",
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  const frame = Buffer.from("ffc00011080000000003012200021101031101", "hex");
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from("ffd8ffe1", "hex"), length, exif, frame]);
}

describe("a file that a text shows or links to", () => {
  it("is published by its name and what it holds, its ending in small letters", async () => {
    const file = write("posts/Ünï cödé & more.PDF", "%PDF");
    const published = (await teamFiles([file])).get(file);
    expect(published?.name).toMatch(/^[a-zà-ÿ0-9-]+-[0-9a-f]{8}\.pdf$/);
    expect(published).toMatchObject({
      file,
      path: `/files/${published?.name}`,
      size: null,
      isPicture: false,
    });
  });

  it("has an address of its own where another has its name, and the same one where nothing changed", async () => {
    const paths = ["a/chart.txt", "b/chart.txt", "c/chart.txt"];
    const files = paths.map((path, index) => write(path, index === 2 ? "one" : `one${"!".repeat(index)}`));
    const names = [...(await teamFiles(files)).values()].map(({ name }) => name);
    expect(names[0]).not.toBe(names[1]);
    expect(names[2]).toBe(names[0]);
    expect([...(await teamFiles(files)).values()].map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [`${"x".repeat(251)}.pdf`],
    [`${"x".repeat(150)}.${"y".repeat(100)}`],
    [`${"½".repeat(120)}.png`],
  ])("has a name that a file system takes, whatever its own is: %s", async (own) => {
    const file = write(own, "words");
    const name = (await teamFiles([file])).get(file)?.name ?? "";
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(name.endsWith(own.slice(own.lastIndexOf(".")))).toBe(true);
    write(`published/${name}`, "words");
  });

  it("that is gone is told by its name", async () => {
    await expect(teamFiles([join(root, "gone.txt")])).rejects.toThrow("gone.txt");
  });

  it.each<[string, string | Uint8Array, { width: number; height: number } | null, boolean]>([
    ["chart.png", pngOf(64, 36, "red"), { width: 64, height: 36 }, true],
    ["chart.PNG", pngOf(4, 3, "red"), { width: 4, height: 3 }, true],
    ["held-upright.jpg", jpegOf(640, 360, 6), { width: 360, height: 640 }, true],
    ["held-level.jpeg", jpegOf(640, 360, 1), { width: 640, height: 360 }, true],
    [
      "logo.svg",
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 4"/>',
      { width: 12, height: 4 },
      true,
    ],
    ["no-size.svg", "<svg></svg>", null, true],
    ["broken.png", "no picture at all", null, false],
    ["empty.gif", "", null, false],
    ["chart.bmp", pngOf(4, 3, "red"), null, false],
    ["chart", pngOf(4, 3, "red"), null, false],
  ])("%s has its size as browsers show it, where it is a picture", async (name, bytes, size, isPicture) => {
    const file = write(name, bytes);
    expect((await teamFiles([file])).get(file)).toMatchObject({ size, isPicture });
    expect(publicFileIn(root, `/${name}`)).toEqual({ path: `/${name}`, size, isPicture });
  });
});

describe("a file of the public folder", () => {
  it.each(["/img/a.png", "/img/../img/a.png", "img/a.png"])("is found at %s", (path) => {
    write("public/img/a.png", pngOf(2, 2, "red"));
    expect(publicFileIn(join(root, "public"), path)).toMatchObject({ isPicture: true });
  });

  it.each(["/img", "/", "", "/img/b.png", "/../secret.png", "/img/../../secret.png", "/../public-2/a.png"])(
    "is none at %j",
    (path) => {
      write("public/img/a.png", pngOf(2, 2, "red"));
      write("secret.png", pngOf(2, 2, "red"));
      write("public-2/a.png", pngOf(2, 2, "red"));
      expect(publicFileIn(join(root, "public"), path)).toBeUndefined();
    },
  );
});
