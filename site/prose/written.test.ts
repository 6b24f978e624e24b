import { ContentError } from "sprintcast/errors";
import { describe, expect, it, test } from "vitest";
import { surroundings } from "../testing/surroundings.ts";
import { highlightFor } from "./code.ts";
import type { Surroundings } from "./links.ts";
import { type ProseOptions, parsePost, postHtml } from "./prose.ts";

const source = (body: string) => ({ body, file: "posts/01-review.md", line: 4 });
const page = (body: string, more: Partial<ProseOptions> = {}): string =>
  parsePost(source(body), { report: null, site: surroundings(), ...more })
    .map((part) => (part.type === "html" ? part.html : ""))
    .join("");
const absolute: Partial<Surroundings> = {
  isAbsolute: true,
  address: (path) => `https://team.example/repo${path}`,
};
const feed = (body: string, site: Partial<Surroundings> = {}): string =>
  postHtml(source(body), { report: null, site: surroundings({ ...absolute, ...site }) });

test("a break that a slide left in what was pasted is a blank, no box", () => {
  expect(page("before\u000Bafter\u2028end")).toContain("before after end");
});

describe("headings", () => {
  it("have the ids that GitHub gives them, and an anchor", () => {
    const html = page("## Über *uns* & mehr\n\n### Same\n\n### Same\n\n### 🚀");
    for (const id of ["über-uns--mehr", "same", "same-1"]) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('<a class="anchor" href="#same-1" aria-label="Link to “Same”"></a>');
    expect(html).not.toContain('id=""');
  });

  it("never take an id that the page has, and are found by their name all the same", () => {
    const html = page(
      "## Content\n\n[up](#content) [note](#x)[^1]\n\n## Figure 1\n\n## Footnote label\n\n[^1]: a",
    );
    for (const id of ["text-content", "text-figure-1", "text-footnote-label"])
      expect(html).toContain(`id="${id}"`);
    expect(html).toContain('<a href="#text-content">up</a>');
    expect(html.match(/id="footnote-label"/g)).toHaveLength(1);
  });

  it("move down where a text has titles of its own", () => {
    expect(page("# One\n\n## Two\n\n###### Six").match(/<h\d/g)).toEqual(["<h2", "<h3", "<h6"]);
    expect(page("## Two\n\n### Three").match(/<h\d/g)).toEqual(["<h2", "<h3"]);
  });
});

it("footnotes jump there and back", () => {
  const html = page("A[^a] and again[^a].\n\n[^a]: Words.");
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
  expect(targets).toHaveLength(4);
  for (const target of targets) expect(ids).toContain(target);
});

describe("alerts", () => {
  test.each(["NOTE", "tip", "Important", "WARNING", "CAUTION"])("%s", (word) => {
    const html = page(`> [!${word}]\n> Words.`);
    expect(html).toContain(
      `<div class="alert alert-${word.toLowerCase()}" role="note"><p class="alert-title">`,
    );
    expect(html).toContain("<p>Words.</p>");
    expect(html).not.toContain("[!");
    expect(feed(`> [!${word}]\n> Words.`)).toMatch(/^<blockquote><p><strong>\w+<\/strong><\/p>\s*<p>Words/);
  });

  test.each([
    "> [!NOTE] on one line",
    "> [!NOTE]*x*",
    "> [!HINT]\n> Words.",
    "> Words\n> [!NOTE]",
    "[!NOTE]\nWords",
  ])("%j is none", (body) => {
    expect(page(body)).toContain("[!");
    expect(page(body)).not.toContain("alert");
  });

  it("keeps its class around a figure", () => {
    const parts = parsePost(
      { ...source("> [!TIP]\n> ::demo"), sprint: 1 },
      { report: null, site: surroundings() },
    );
    expect(parts).toMatchObject([
      { type: "element", tag: "div", attributes: { class: "alert alert-tip", role: "note" } },
    ]);
  });
});

describe("issues", () => {
  const repositories = ["acme/api", "acme/web"];
  test.each([
    ["Done with #12.", "acme/api/issues/12", "#12"],
    ["(web#3)", "acme/web/issues/3", "web#3"],
    ["see other/repo#7", "other/repo/issues/7", "other/repo#7"],
    ["ACME/Web#9!", "acme/web/issues/9", "ACME/Web#9"],
    ["## Fixed #4", "acme/api/issues/4", "#4"],
  ])("%s", (body, path, words) => {
    expect(page(body, { repositories })).toContain(`<a href="https://github.com/${path}">${words}</a>`);
  });

  test("are at the team's own GitHub", () => {
    const web = "https://github.example.com";
    expect(page("#12", { repositories, web })).toContain(`<a href="${web}/acme/api/issues/12">#12</a>`);
  });

  test.each([
    "`#12`",
    "```\n#12\n```",
    "[a #12](https://a.example/)",
    "[a #12][r]\n\n[r]: https://a.example/",
    "https://a.example/#12",
    "C#7",
    "x/../y#3",
    "a/b/c#3",
    "#012",
    "#0",
    "#12abc",
    "&#35;a",
    "#1234567890",
    "unknown#4",
  ])("%s stays as it is", (body) => {
    expect(page(body, { repositories })).not.toContain("github.com");
  });

  it("are left as words where a team links to none", () => {
    expect(page("#12")).toBe("<p>#12</p>");
  });
});

describe("code", () => {
  it("is coloured by classes, and says exactly what was written", async () => {
    const code = "const a = 1 < 2; // <b>\n\tf(`x`)";
    const body = `\`\`\`js\n${code}\n\`\`\``;
    const html = page(body, { highlight: await highlightFor(body) });
    expect(html).toMatch(/class="code-keyword"/);
    expect(html).not.toContain("style=");
    const text = html.replaceAll(/<[^>]+>/g, "").replaceAll("&#x3C;", "<");
    expect(text).toBe(`${code}\n`);
  });

  test.each(["```\nplain\n```", "```nonsense\nx\n```", "```constructor\nx\n```", "    indented", "none"])(
    "%j has no colours",
    async (body) => {
      const highlight = await highlightFor(body);
      expect(page(body, { highlight })).not.toContain("code-");
    },
  );
});

it("tables and code scroll, tables by class and not by attribute", () => {
  const html = page("| a | b |\n| --: | :-: |\n| 1 | 2 |\n\n- x\n\n  | c |\n  | - |\n  | 3 |\n\n```\nx\n```");
  expect(
    html.match(/<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>/g),
  ).toHaveLength(2);
  expect(html).toContain('<td class="n">1</td>\n<td class="middle">2</td>');
  expect(html).not.toContain("align=");
  expect(html).toContain('<pre tabindex="0">');
});

describe("links and pictures", () => {
  const file = { path: "/files/chart-1.png", size: { width: 4, height: 3 }, isPicture: true };
  const site = surroundings({
    find: (url) => {
      if (url === "chart.png") return { kind: "file", file: "/content/chart.png", suffix: "" };
      if (url === "gone.png") return { kind: "missing", near: "done.png" };
      if (url === "gone.md") return { kind: "missing", near: null };
      return surroundings().find(url, "");
    },
    fileAt: () => file,
  });

  it("get the site's base, and keep places on the page", () => {
    expect(page("[a](/sprints/1/) [b](#x) [c](https://a.example/) [d](gone.md)", { site })).toBe(
      '<p><a href="/repo/sprints/1/">a</a> <a href="#x">b</a> <a href="https://a.example/">c</a> d</p>',
    );
  });

  it("keep only addresses that run nothing", () => {
    expect(page("[a](tel:+43123) [b](javascript:alert(1)) [c](vbscript:x)", { site })).toBe(
      '<p><a href="tel:+43123">a</a> b c</p>',
    );
  });

  it("are told in full in a feed", () => {
    const html = feed("[a](/sprints/1/) [b](#x) ![c](chart.png)", { find: site.find, fileAt: site.fileAt });
    const base = "https://team.example/repo";
    expect(html).toContain(`<a href="${base}/sprints/1/">a</a> <a href="${base}/posts/01-review/#x">b</a>`);
    expect(html).toContain(`src="${base}/files/chart-1.png"`);
  });

  it("a picture has its size and its words", () => {
    const html = page('![Two "bars"](chart.png "A title")', { site });
    expect(html).toContain('src="/repo/files/chart-1.png"');
    for (const one of ['width="4"', 'height="3"', 'alt="Two &#x22;bars&#x22;"', 'title="A title"'])
      expect(html).toContain(one);
    expect(page("[![x](https://a.example/b.png)](/sprints/)", { site })).toBe(
      '<p><a href="/repo/sprints/">x</a></p>',
    );
  });

  test.each([
    [
      "![a](gone.png)",
      "picture-missing",
      /01-review\.md: line 7: the picture gone\.png is not there/,
      /done\.png/,
    ],
    ["![a](/gone.png)", "picture-missing", /line 7: the picture \/gone\.png is not there/, /public folder/],
  ])("%s stops the build", (body, code, message, hint) => {
    const failed = (() => {
      try {
        return page(`One\n\n${body}`, { site });
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(ContentError);
    expect(failed).toMatchObject({
      code,
      exitCode: 3,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("a file that is no picture stops the build, too", () => {
    const fileAt = () => ({ ...file, isPicture: false });
    expect(() => page("![a](chart.png)", { site: { ...site, fileAt } })).toThrow(
      /cannot be read as a picture/,
    );
  });
});
