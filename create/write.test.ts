import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { createRig } from "./testing/rig.ts";
import { writeFiles } from "./write.ts";

const rig = createRig();
const files = [
  { path: "a.txt", text: "a" },
  { path: "deep/b.md", text: "b", standIn: /\.md$/ },
  { path: "c.txt", text: "c" },
];
const never = new AbortController().signal;

test("files appear with their text and nothing beside them", async () => {
  expect(await writeFiles(rig.folder, files, never)).toEqual({
    made: ["a.txt", "deep/b.md", "c.txt"],
    kept: [],
  });
  expect(rig.files()).toEqual({ "a.txt": "a", "deep/b.md": "b", "c.txt": "c" });
});

test("what is there stays, under its own name or one that stands for it; a folder or a dead link is something, too", async () => {
  mkdirSync(join(rig.folder, "deep"));
  writeFileSync(join(rig.folder, "deep/other.md"), "ours");
  mkdirSync(join(rig.folder, "a.txt"));
  symlinkSync("nowhere", join(rig.folder, "c.txt"));
  expect(await writeFiles(rig.folder, files, never)).toEqual({
    made: [],
    kept: [
      { path: "a.txt", text: null },
      { path: "deep/other.md", text: "ours" },
      { path: "c.txt", text: null },
    ],
  });
  expect(readdirSync(rig.folder).sort()).toEqual(["a.txt", "c.txt", "deep"]);
});

test("a run that was stopped half way is completed by the next", async () => {
  const stop = new AbortController();
  const stopping = {
    path: "deep/b.md",
    get text() {
      stop.abort();
      return "b";
    },
  };
  await expect(writeFiles(rig.folder, [files[0]!, stopping, files[2]!], stop.signal)).rejects.toMatchObject({
    code: "interrupted",
    exitCode: 5,
  });
  expect(rig.files()).toEqual({ "a.txt": "a", "deep/b.md": "b" });
  expect((await writeFiles(rig.folder, files, never)).made).toEqual(["c.txt"]);
});

test("two runs at once: every file is made by one of them, whole", async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => writeFiles(rig.folder, files, never)));
  expect(outcomes.flatMap(({ made }) => made).sort()).toEqual(["a.txt", "c.txt", "deep/b.md"]);
  expect(rig.files()).toEqual({ "a.txt": "a", "deep/b.md": "b", "c.txt": "c" });
});

test.each([
  ["a file in a folder's place", "a.txt", "a.txt/x/c.txt"],
  ["a name that is too long", "other", `${"x".repeat(300)}/c.txt`],
])("%s is named", async (_, there, path) => {
  writeFileSync(join(rig.folder, there), "ours");
  await expect(writeFiles(rig.folder, [{ path, text: "" }], never)).rejects.toMatchObject({
    code: "file-refused",
    exitCode: 2,
    message: expect.stringContaining(path.split("/")[0]!),
  });
  expect(rig.files()).toEqual({ [there]: "ours" });
});

test("no folder is looked for above a root that is missing, as a drive that is gone", async () => {
  const { stat } = promises;
  let looks = 0;
  const missing = vi.spyOn(promises, "stat").mockImplementation(async (path) => {
    looks += 1;
    // Whoever has not ended by now never would.
    if (looks > 200) return stat(path);
    throw Object.assign(new Error("ENOENT"), { code: "ENOENT" });
  });
  syncBuiltinESMExports();
  try {
    await writeFiles(rig.folder, files.slice(0, 1), never);
  } finally {
    missing.mockRestore();
    syncBuiltinESMExports();
  }
  expect(looks).toBeLessThan(200);
});
