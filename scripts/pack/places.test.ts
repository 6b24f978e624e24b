import { join, parse } from "node:path";
import { expect, test } from "vitest";
import { packPlaces } from "./places.ts";

const root = join(parse(process.cwd()).root, "home/me/checkout");
const own = join(root, ".pack");

test("without --out both are in .pack, wherever one stands", () => {
  for (const cwd of [root, "/", join(root, "site")])
    expect(packPlaces(undefined, cwd, root)).toEqual({ staged: own, tarballs: own });
});

test.each([
  ["/tmp/out", root, "/tmp/out"],
  ["../out", root, "/home/me/out"],
  ["..", root, "/home/me"],
  [".", "/tmp/x", "/tmp/x"],
  // Only its name begins as the checkout's.
  ["/home/me/checkout-2/out", root, "/home/me/checkout-2/out"],
  ["..pack", "/home/me", "/home/me/..pack"],
])(
  "--out %s in %s lies outside: tarballs go there, compiled packages stay where the compiler finds all",
  (out, cwd, tarballs) => {
    expect(packPlaces(out, cwd, root)).toEqual({ staged: own, tarballs });
  },
);

test.each([
  [".pack", root, own],
  [".pack/test-1", root, join(own, "test-1")],
  ["../.pack/x", join(root, "site"), join(own, "x")],
])("--out %s in %s is a folder in .pack, which holds both", (out, cwd, place) => {
  expect(packPlaces(out, cwd, root)).toEqual({ staged: place, tarballs: place });
});

test.each([
  [".", root],
  ["", root],
  [root, "/"],
  ["site", root],
  ["site/dist", root],
  ["new-folder", root],
  ["x", join(root, "demo")],
  [".pack/..", root],
  [".packed", root],
])(
  "--out %j in %s would overwrite sources, or names nothing, and is refused with what to name",
  (out, cwd) => {
    expect(() => packPlaces(out, cwd, root)).toThrow(/--out/);
  },
);
