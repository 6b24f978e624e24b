import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { lostLinks } from "./lost-links.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sprintcast-lost-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function write(path: string, html = ""): void {
  mkdirSync(dirname(join(root, "dist", path)), { recursive: true });
  writeFileSync(join(root, "dist", path), html);
}

const linkTo = (path: string, place = "") => ({
  file: "posts/a.md",
  line: 3,
  url: `${path}#${place}`,
  path,
  place,
});

/** What is told of one link; undefined: nothing, it leads somewhere. */
async function toldOf(path: string, place = ""): Promise<string | undefined> {
  return (await lostLinks(join(root, "dist"), [linkTo(path, place)]))[0]?.text;
}

describe("a link to a page", () => {
  test.each(["/", "/posts/a/", "/posts/a", "/rss.xml", "/404.html", "/posts/%C3%BC%20b/", "/../../posts/a/"])(
    "is whole where the site has it: %s",
    async (path) => {
      for (const file of ["index.html", "posts/a/index.html", "rss.xml", "404.html", "posts/ü b/index.html"])
        write(file);
      expect(await toldOf(path)).toBeUndefined();
    },
  );

  test.each(["/posts/", "/posts/b/", "/Posts/a/", "/posts/a.html", "/posts/%zz/"])(
    "is lost where it has not: %s",
    async (path) => {
      write("posts/a/index.html");
      expect(await toldOf(path)).toContain("leads to no page");
    },
  );

  test("never finds what lies beside the site", async () => {
    write("index.html");
    writeFileSync(join(root, "secret.html"), "");
    for (const path of [
      "/../secret.html",
      "/..%2fsecret.html",
      "/%2e%2e/secret.html",
      "/posts/..%2f..%2fsecret.html",
    ])
      expect(await toldOf(path), path).toContain("leads to no page");
  });
});

describe("a link to a place", () => {
  test.each([
    ['<h2 id="effort">', "effort"],
    ["<h2 id=effort>", "effort"],
    ["<h2 id='effort'>", "effort"],
    ['<H2 ID="effort">', "effort"],
    ['<h2 class="a > b" id="effort">', "effort"],
    ["<h2 title='it is \"so\"' hidden id=effort>", "effort"],
    ['<svg\n  id="effort" viewBox="0 0 1 1"/>', "effort"],
    ['<h2 id="über-uns">', "über-uns"],
    ['<h2 id="a&quot;b&amp;c">', 'a"b&c'],
    ['<h2 id="a&#x26;b&#34;">', 'a&b"'],
    ['<a id="one"></a><p>x</p><a id="two"></a>', "two"],
    ['<a name="terms"></a>', "terms"],
    ["<p>", ""],
  ])("is whole where the page has it: %s", async (html, place) => {
    write("a/index.html", html);
    expect(await toldOf("/a/", place)).toBeUndefined();
  });

  test.each([
    ['<h2 data-id="effort">', "effort"],
    ['<h2 title=" id=effort ">', "effort"],
    ['id="effort"', "effort"],
    ['<h2 id="Effort">', "effort"],
    ["<p>", "at=2026-01-01T00:00:00Z"],
  ])("is lost where %s is all it has", async (html, place) => {
    write("a/index.html", html);
    expect(await toldOf("/a/", place)).toContain("leads to no heading");
  });

  test("is told with the name that was meant, where one is near", async () => {
    write("a/index.html", '<h2 id="boards">');
    expect(await toldOf("/a/", "Borads")).toContain("did you mean #boards?");
    expect(await toldOf("/a/", "something-else")).not.toContain("did you mean");
  });

  test("is any instant where a board is played, and any place in what is no page", async () => {
    write("sprint/index.html", '<div data-replay="/replay.json">');
    write("report.json", "{}");
    expect(await toldOf("/sprint/", "at=2026-01-01T00:00:00Z")).toBeUndefined();
    expect(await toldOf("/sprint/", "as=2026")).toContain("leads to no heading");
    expect(await toldOf("/report.json", "L3")).toBeUndefined();
  });
});

test("each lost link is told where it stands, in the order of the texts, though pages are read but once", async () => {
  write("a/index.html", '<h2 id="x">');
  const links = [linkTo("/b/"), linkTo("/a/", "x"), linkTo("/a/", "nowhere"), { ...linkTo("/b/"), line: 9 }];
  const told = await lostLinks(join(root, "dist"), links);
  expect(told.map(({ file, line, text }) => [file, line, /leads to no \w+/.exec(text)?.[0]])).toEqual([
    ["posts/a.md", 3, "leads to no page"],
    ["posts/a.md", 3, "leads to no heading"],
    ["posts/a.md", 9, "leads to no page"],
  ]);
  expect(await lostLinks(join(root, "dist"), [])).toEqual([]);
});
