import { expect, test } from "vitest";
import { type Manifest, packedManifest } from "./manifest.ts";

const source: Manifest = {
  name: "sprintcast",
  version: "0.1.0",
  exports: {
    ".": "./index.ts",
    "./testing": "./testing/index.ts",
    "./view.css": "./view.css",
    "./package.json": "./package.json",
  },
  bin: { sprintcast: "./bin.mjs" },
  dependencies: { "create-sprintcast": "0.1.0", "@sprintcast/site-plugin": "^3.0.0", zod: "^4.0.0" },
  peerDependencies: { "@sprintcast/demo": ">=0.1" },
  publishConfig: { access: "public", bin: { sprintcast: "./cli.ts" } },
};

test("what is exported is the compiled file with its types; other files stay, and tests' helpers go", () => {
  expect(packedManifest(source).exports).toEqual({
    ".": { types: "./index.d.ts", default: "./index.js" },
    "./view.css": "./view.css",
    "./package.json": "./package.json",
  });
});

test("the program is the compiled one, not that which starts sources", () => {
  const packed = packedManifest(source);
  expect(packed.bin).toEqual({ sprintcast: "./cli.js" });
  expect(packed.publishConfig).toEqual({ access: "public" });
  const { publishConfig: _, ...plain } = source;
  expect(packedManifest(plain).bin).toEqual({ sprintcast: "./bin.mjs" });
  const { bin: __, ...without } = plain;
  expect(packedManifest(without)).not.toHaveProperty("bin");
});

test("our packages ask for each other at exactly the release's version, others at theirs", () => {
  const { version, dependencies, peerDependencies } = packedManifest(source, "0.2.0-beta.1");
  expect(version).toBe("0.2.0-beta.1");
  expect(dependencies).toEqual({
    "create-sprintcast": "0.2.0-beta.1",
    "@sprintcast/site-plugin": "^3.0.0",
    zod: "^4.0.0",
  });
  // A peer is what a team already has: a range stays one.
  expect(peerDependencies).toEqual({ "@sprintcast/demo": ">=0.1" });
  expect(packedManifest(source).version).toBe("0.1.0");
});

test("what it is made of is left as it was", () => {
  const before = structuredClone(source);
  packedManifest(source, "9.9.9");
  expect(source).toEqual(before);
});
