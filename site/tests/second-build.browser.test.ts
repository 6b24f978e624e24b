import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { buildSite } from "../testing/build-site.ts";
import { makeContent } from "../testing/make-content.ts";

/** All files below a folder, by path, with what they hold. */
const filesIn = (dir: string): Map<string, string> =>
  new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(dir.length), readFileSync(path, "latin1")]),
  );

it("builds the same site from what was kept as from nothing, and follows what has changed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-second-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [content, out, cache] = [join(folder, "content"), join(folder, "dist"), join(folder, "cache")];
  const bundle = () => readFileSync(join(cache, "bundle/bundle.json"), "utf8");
  await makeContent(content, { sprints: 2, cards: 3, dailies: 1 });
  await buildSite({ content, out, cache });
  const [first, made] = [filesIn(out), bundle()];

  await buildSite({ content, out, cache });
  expect(filesIn(out)).toEqual(first);
  expect(bundle()).toBe(made);

  // Search finds what is new.
  appendFileSync(join(content, "posts/01-review.md"), "\nA word that stood nowhere: quokka.\n");
  await buildSite({ content, out, cache });
  const changed = filesIn(out);
  await buildSite({ content, out, cache: join(folder, "other-cache") });
  expect(changed).toEqual(filesIn(out));
  expect([...changed.keys()]).not.toEqual([...first.keys()]);

  for (const path of [join(cache, "search-index"), ...modulesIn(join(cache, "bundle"))])
    writeFileSync(path, "broken");
  await buildSite({ content, out, cache });
  expect(filesIn(out)).toEqual(changed);
}, 480_000);

const modulesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".mjs"))
    .map((file) => join(dir, file));
