import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentError } from "sprintcast/errors";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { componentNames, overridePlugin, resolveOverrides } from "./overrides.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-overrides-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  folder = join(root, "site/components");
  mkdirSync(folder, { recursive: true });
  for (const name of ["Header.astro", "Footer.astro", "words.ts"]) writeFileSync(join(folder, name), "");
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/Mine.astro"), "");
});

test("what can be replaced is each component, and no other file", () => {
  expect(componentNames(folder)).toEqual(["Footer", "Header"]);
});

describe("the team's files", () => {
  const resolved = (components: Record<string, string>) => [...resolveOverrides(components, folder, root)];

  test("are found from the project's folder, or where they say themselves", () => {
    const file = join(root, "src/Mine.astro");
    expect(resolved({ Header: "./src/Mine.astro", Footer: file })).toEqual([
      ["Header", file],
      ["Footer", file],
    ]);
    expect(resolved({})).toEqual([]);
  });

  test.each([
    [
      "an unknown name",
      { Heder: "./src/Mine.astro" },
      "component-unknown",
      "components.Heder",
      /Footer, Header/,
    ],
    [
      "a name with its ending",
      { "Header.astro": "./src/Mine.astro" },
      "component-unknown",
      "Header",
      /Footer/,
    ],
    [
      "a name of every object",
      { constructor: "./src/Mine.astro" },
      "component-unknown",
      "constructor",
      /Footer/,
    ],
    [
      "a file that is not there",
      { Header: "./src/Other.astro" },
      "component-missing",
      "./src/Other.astro",
      /begin at/,
    ],
    ["a folder", { Header: "./src" }, "component-missing", "./src", /begin at/],
    ["nothing", { Header: "" }, "component-missing", "components.Header", /begin at/],
  ])("stop the build for %s, which is named", (_, components, code, named, hint) => {
    const failed = (() => {
      try {
        return resolved(components);
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(ContentError);
    expect(failed).toMatchObject({
      code,
      message: expect.stringContaining(named),
      hint: expect.stringMatching(hint),
    });
  });
});

describe("an import of a component", () => {
  /** What the bundler is answered; undefined: it is not even asked. */
  function answerTo(source: string, importer: string | undefined): unknown {
    const plugin = overridePlugin(new Map([["Header", "/team/Mine.astro"]]), folder) as unknown as {
      resolveId: { filter: { id: RegExp }; handler(source: string, importer?: string): unknown };
    };
    const { filter, handler } = plugin.resolveId;
    return filter.id.test(source) ? handler(source, importer) : undefined;
  }
  const ours = (path: string) => join(root, "site", path);

  test.each([
    ["../components/Header.astro", "layouts/Base.astro"],
    ["./Header.astro", "components/Footer.astro"],
    ["./Header.astro", "components/Footer.astro?astro&type=script&index=0&lang.ts"],
    ["../../components/Header.astro", "pages/posts/[slug].astro"],
  ])("of ours gives the team's file: %s from %s", (source, importer) => {
    expect(answerTo(source, ours(importer))).toBe("/team/Mine.astro");
  });

  test.each([
    ["../components/Footer.astro", "layouts/Base.astro"],
    ["./Header.astro", "layouts/Base.astro"],
    ["../components/parts/Header.astro", "layouts/Base.astro"],
  ])("of another component is left alone: %s from %s", (source, importer) => {
    expect(answerTo(source, ours(importer))).toBeNull();
  });

  test("by the team, as of the one that it replaces, reaches ours; so does one by nobody", () => {
    expect(answerTo("../site/components/Header.astro", join(root, "src/Mine.astro"))).toBeNull();
    expect(
      answerTo("../components/Header.astro", `${join(root, "site")}-of-ours/layouts/Base.astro`),
    ).toBeNull();
    expect(answerTo("./components/Header.astro", undefined)).toBeNull();
    expect(answerTo("@sprintcast/site/components/Header.astro", ours("layouts/Base.astro"))).toBeUndefined();
    expect(answerTo("./Header.ts", ours("components/Footer.astro"))).toBeUndefined();
  });
});
