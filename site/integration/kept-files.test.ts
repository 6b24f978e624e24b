import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { keepFiles, keptFiles } from "./kept-files.ts";

let folder: string;
let place: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-kept-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  place = join(folder, "cache/kept");
});

const anyFiles = fc.array(fc.record({ path: fc.string(), content: fc.uint8Array() }));

test("what is kept is there under its key, and under no other", async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, fc.string(), fc.string(), async (files, key, other) => {
      await keepFiles(place, key, files);
      const plain = (await keptFiles(place, key))?.map(({ path, content }) => ({
        path,
        content: Uint8Array.from(content),
      }));
      expect(plain).toEqual(files);
      if (other !== key) expect(await keptFiles(place, other)).toBeNull();
    }),
  );
});

test("a file that was cut or changed anywhere holds nothing", async () => {
  await fc.assert(
    fc.asyncProperty(anyFiles, fc.nat(), fc.integer({ min: 1, max: 255 }), async (files, at, change) => {
      await keepFiles(place, "key", files);
      const whole = readFileSync(place);
      const changed = Buffer.from(whole);
      changed[at % whole.length] = (changed[at % whole.length] ?? 0) ^ change;
      for (const broken of [changed, whole.subarray(0, at % whole.length)]) {
        writeFileSync(place, broken);
        expect(await keptFiles(place, "key")).toBeNull();
      }
    }),
  );
});

test("where nothing can be written nothing is kept, and nobody is disturbed", async () => {
  writeFileSync(join(folder, "cache"), "a file, and no folder");
  await keepFiles(place, "key", [{ path: "a", content: new Uint8Array(1) }]);
  expect(await keptFiles(place, "key")).toBeNull();
});
