import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { undeclaredImports } from "./imports.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-imports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function staged(files: Record<string, string>, manifest: object): Promise<string[]> {
  for (const [path, text] of Object.entries({
    ...files,
    "package.json": JSON.stringify({ name: "own", ...manifest }),
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return undeclaredImports(folder);
}

test.each([
  ["a package", { "a.js": 'import x from "x";' }, ["a.js: x"]],
  ["a part of a scoped package", { "a.js": 'export * from "@s/x/part";' }, ["a.js: @s/x/part"]],
  ["one that is loaded later", { "a.js": 'const x = await import("x");' }, ["a.js: x"]],
  ["types alone", { "a.d.ts": 'export type A = import("x").A;' }, ["a.d.ts: x"]],
  [
    "Node's types in a declaration",
    { "a.d.ts": 'import type { Server } from "node:http";' },
    ["a.d.ts: node:http"],
  ],
  [
    "by a component and a style",
    { "a.astro": 'import X from "x";', "b.css": '@import "y";\n.a { src: url("z/f.woff"); }' },
    ["a.astro: x", "b.css: y", "b.css: z/f.woff"],
  ],
  ["deep in folders", { "a/b/c.js": 'import "x";' }, ["a/b/c.js: x"]],
  ["Node itself in code", { "a.js": 'import "node:fs"; import "path"; import "fs/promises";' }, []],
  [
    "a file, a virtual module, an address",
    { "a.js": 'import "./b.js"; import "../c.js"; import "virtual:v"; import "https://a.example/x.js";' },
    [],
  ],
  ["only named in a comment or a string", { "a.js": '// import "x"\nconst text = `import y from "y"`;' }, []],
])("%s", async (_, files, missing) => {
  expect(await staged(files as Record<string, string>, {})).toEqual(missing);
});

test("what package.json names in either way is declared, the package itself, and types by their own package", async () => {
  const files = {
    "a.js": 'import "own/part"; import "x"; import "@s/y/part"; import "z";',
    "a.d.ts": 'import "t"; import "node:fs";',
  };
  const manifest = {
    dependencies: { x: "1", "@s/y": "1", "@types/t": "1", "@types/node": "24" },
    peerDependencies: { z: "1" },
  };
  expect(await staged(files, manifest)).toEqual([]);
  expect(await staged(files, { devDependencies: manifest.dependencies })).toEqual([
    "a.d.ts: node:fs",
    "a.d.ts: t",
    "a.js: @s/y/part",
    "a.js: x",
    "a.js: z",
  ]);
});
