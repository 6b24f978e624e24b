import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { searchIndex } from "./search-index.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-search-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

const page = (words: string) =>
  `<!doctype html><html lang="en"><head><title>${words}</title></head><body><main data-pagefind-body><p>${words}</p></main></body></html>`;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Indexes the pages in `dist` as a build does; answers with what it told. */
async function index(dist = "dist"): Promise<string> {
  let told = "";
  const hook = searchIndex(join(root, "cache")).hooks["astro:build:done"] as unknown as (
    options: object,
  ) => unknown;
  await hook({
    dir: pathToFileURL(join(root, dist) + sep),
    logger: { info: (text: string) => (told += text) },
  });
  return told;
}

const files = (dist = "dist") =>
  readdirSync(join(root, dist, "pagefind"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.includes("."))
    .sort();
const contents = (dist = "dist") =>
  files(dist).map((name) => readFileSync(join(root, dist, "pagefind", name)));

test("pages are indexed once for what they say, and again where one of them changes, comes or goes", async () => {
  write("dist/index.html", page("board"));
  write("dist/posts/a/index.html", page("burndown"));
  write("dist/data.json", "{}");
  expect(await index()).toBe("2 pages indexed for search");
  expect(files()).toContain("pagefind.js");
  const first = contents();
  for (const one of first) expect(one.length).toBeGreaterThan(0);

  // Another build of the same pages, somewhere else: the kept one, byte by byte.
  const kept = readFileSync(join(root, "cache/search-index"));
  for (const path of ["index.html", "posts/a/index.html"])
    write(`other/${path}`, readFileSync(join(root, "dist", path), "utf8"));
  expect(await index("other")).toBe("2 pages indexed for search");
  expect(files("other")).toEqual(files());
  expect(contents("other").every((one, at) => first[at]?.equals(one))).toBe(true);
  expect(readFileSync(join(root, "cache/search-index")).equals(kept)).toBe(true);

  for (const change of [
    () => write("dist/index.html", page("retrospective")),
    () => write("dist/new/index.html", page("velocity")),
    () => rmSync(join(root, "dist/posts"), { recursive: true }),
  ]) {
    const before = readFileSync(join(root, "cache/search-index"));
    change();
    rmSync(join(root, "dist/pagefind"), { recursive: true });
    await index();
    expect(existsSync(join(root, "dist/pagefind/pagefind.js"))).toBe(true);
    expect(readFileSync(join(root, "cache/search-index")).equals(before)).toBe(false);
  }
});

test("an index that was kept and is broken is made anew", async () => {
  write("dist/index.html", page("board"));
  write("cache/search-index", "nothing of the kind");
  await index();
  expect(files()).toContain("pagefind.js");
});

test("a site without pages has an index of none", async () => {
  mkdirSync(join(root, "dist"));
  expect(await index()).toBe("0 pages indexed for search");
});

test("words of two cells or labels stay two words, a word of two weights stays one, and code stays as it is", async () => {
  const body =
    "<p><strong>un</strong><em>believ</em>able <a href='/x'><b>re</b></a><i>done</i> <a>Home</a><a>Flow</a></p>" +
    "<p><span>5</span><span>tasks</span><b>dropped</b></p><ul><li><b>one</b></li><li><b>two</b></li></ul><table><tr><th>Kept</th><th>Answered</th></tr></table>" +
    '<dl><dt>left</dt><dd>6</dd></dl><p>It <em>met</em>, at last.</p><pre class="a"><code><i>call</i><i>(x)</i></code></pre>';
  write("dist/index.html", page("board").replace("<p>board</p>", body));
  await index();
  const [fragment = ""] = files().filter((name) => name.endsWith(".pf_fragment"));
  const unpacked = gunzipSync(readFileSync(join(root, "dist/pagefind", fragment))).toString("utf8");
  const { content, url } = JSON.parse(unpacked.slice(unpacked.indexOf("{"))) as {
    content: string;
    url: string;
  };
  expect(url).toBe("/");
  for (const words of [
    "unbelievable redone Home Flow",
    "5 tasks dropped",
    "Kept Answered",
    "It met, at last.",
    "call(x)",
  ])
    expect(content).toContain(words);
  for (const apart of [/left\W+6/, /one\W+two/]) expect(content).toMatch(apart);
});

test("a page of a folder has that folder's address", async () => {
  write("dist/posts/a/index.html", page("burndown"));
  await index();
  const [fragment = ""] = files().filter((name) => name.endsWith(".pf_fragment"));
  expect(gunzipSync(readFileSync(join(root, "dist/pagefind", fragment))).toString("utf8")).toContain(
    '"url":"/posts/a/"',
  );
});
