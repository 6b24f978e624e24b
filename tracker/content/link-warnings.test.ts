import { relative } from "node:path";
import { describe, expect, test } from "vitest";
import { warnedContent } from "../testing/warned-content.ts";
import { linkedFiles, siteLinks } from "./link-warnings.ts";

const { at, put, read, post } = warnedContent();
const today = "2026-03-13";
const linksOf = async (file: string) =>
  siteLinks(await read(), today)
    .filter((link) => link.file === file)
    .map(({ line, url, path, place }) => [line, url, path, place]);

describe("links of which only the built site knows whether they lead anywhere", () => {
  test("are those to its pages, and to what pages have of themselves; with line, page and place", async () => {
    const body = [
      "[a](/sprints/2/)",
      "[b](/sprints/2/#figure-debt)",
      "[c](../sprints/02.md#goal)",
      "[d](#figure-effort)",
      "[e](02-review.md#figure-debt)",
      "[f](/flow/?x=1#aging)",
      "[g](../about.md)",
    ];
    put("about.md", "# Us");
    put("posts/x.md", post("kind: note", body.join("\n")));
    expect(await linksOf("posts/x.md")).toEqual([
      [7, "/sprints/2/", "/sprints/2/", ""],
      [8, "/sprints/2/#figure-debt", "/sprints/2/", "figure-debt"],
      [9, "../sprints/02.md#goal", "/sprints/2/", "goal"],
      [10, "#figure-effort", "/posts/x/", "figure-effort"],
      [11, "02-review.md#figure-debt", "/posts/02-review/", "figure-debt"],
      [12, "/flow/?x=1#aging", "/flow/", "aging"],
      [13, "../about.md", "/about/", ""],
    ]);
  });

  test.each([
    ["another site", "[a](https://a.example/sprints/2/)"],
    [
      "a post and its headings, which the texts tell",
      "[a](02-review.md) [b](02-review.md#nowhere) [c](#nowhere)",
    ],
    ["a picture", "![a](/sprints/2/)"],
    ["a file", "[a](/posts/nobody/)"],
    ["code", "`[a](/sprints/2/)`"],
    ["mail", "[a](mailto:a@b.example#x)"],
  ])("are none to %s", async (_, body) => {
    put("posts/x.md", post("kind: note", body));
    expect(await linksOf("posts/x.md")).toEqual([]);
  });

  test("a place is read as browsers read it: decoded, and none for the top or for words to be found", async () => {
    const urls = [
      "/flow/#Gr%C3%B6%C3%9Fe",
      "/flow/#100%",
      "/flow/#top",
      "/flow/#",
      "/flow/#:~:text=a",
      "/flow/#a#b",
    ];
    put("posts/x.md", post("kind: note", urls.map((url) => `[l](<${url}>)`).join("\n")));
    expect((await linksOf("posts/x.md")).map(([, , , place]) => place)).toEqual([
      "Größe",
      "100%",
      "",
      "",
      "",
      "a#b",
    ]);
  });

  test("of posts that nobody sees yet are none, those of the front matter have no line", async () => {
    put("posts/x.md", post("kind: note\ndraft: true", "[a](/sprints/2/)"));
    put("posts/y.md", `---\ntitle: T\nkind: note\ndate: 2026-03-14\n---\n[a](/sprints/2/)\n`);
    put("posts/z.md", post("kind: note\nslides: /sprints/2/", "x"));
    expect([await linksOf("posts/x.md"), await linksOf("posts/y.md"), await linksOf("posts/z.md")]).toEqual([
      [],
      [],
      [[null, "/sprints/2/", "/sprints/2/", ""]],
    ]);
  });
});

describe("the files that a site publishes", () => {
  const files = async () => [...linkedFiles(await read())].map((file) => relative(at("."), file)).sort();

  test("are those that shown texts link to in any way, and no others", async () => {
    const before = await files();
    for (const path of [
      "a.pdf",
      "b c.png",
      "d.zip",
      "e.mp4",
      "f.pdf",
      "g.txt",
      "h.pdf",
      "secret.pdf",
      "ä.pdf",
    ])
      put(`posts/${path}`);
    put(
      "posts/x.md",
      post(
        "kind: note\nslides: f.pdf\nrecording: e.mp4",
        "[a](a.pdf?v=2#p3) ![b](<b c.png>) [d][1] <!-- [no](secret.pdf) --> `[no](secret.pdf)`\n\n[1]: d.zip",
      ),
    );
    put("posts/y.md", post("kind: note\ndraft: true", "[h](h.pdf)"));
    put("about.md", "[g](posts/g.txt) [u](posts/%C3%A4.pdf)");
    const added = (await files()).filter((file) => !before.includes(file));
    expect(added).toEqual(
      ["a.pdf", "b c.png", "d.zip", "e.mp4", "f.pdf", "g.txt", "ä.pdf"].map((name) => `posts/${name}`),
    );
  });

  test("are never any outside of content/, nor sprints, settings and reports", async () => {
    const before = await files();
    put(
      "posts/x.md",
      post(
        "kind: note",
        "[a](../../etc/passwd) [b](/etc/passwd) [c](../settings.yml) [d](../sprints/01.md) [e](../reports/01.json) [f](file:///etc/passwd)",
      ),
    );
    expect(await files()).toEqual(before);
  });
});
