import { ContentError } from "sprintcast/errors";
import { makeReport } from "sprintcast/testing";
import { describe, expect, it } from "vitest";
import { surroundings } from "../testing/surroundings.ts";
import { type Part, parsePost, postHtml } from "./prose.ts";

const report = makeReport({
  number: 1,
  cards: 10,
  title: (index) => `<img src=x onerror=alert(${index})> & "co"`,
});
const source = (body: string) => ({ body, file: "posts/01-review.md", line: 4 });
const site = surroundings();
const flat = (parts: Part[]): Part[] =>
  parts.flatMap((part) => (part.type === "element" ? [part, ...flat(part.parts)] : [part]));

describe("parsePost", () => {
  it("cuts a post at its figures, in order", () => {
    const parts = parsePost(source("Before\n\n::board{at=start}\n\nBetween *words*\n\n::effort\n"), {
      site,
      report,
    });
    expect(parts.map((part) => (part.type === "figure" ? part.directive.name : part.type))).toEqual([
      "html",
      "board",
      "html",
      "effort",
    ]);
    expect(parts[2]).toMatchObject({ html: expect.stringContaining("<em>words</em>") });
  });

  it("leaves the demo out where the site has none, and nothing of it behind", () => {
    const body = "Before\n\n::demo\n\n::video{youtube=dQw4w9WgXcQ}\n\nAfter\n";
    const withDemo = parsePost(source(body), { site, report }).filter(({ type }) => type === "figure");
    expect(withDemo).toHaveLength(2);
    expect(
      parsePost(source(body), { site, report, hasLive: false }).map((part) =>
        "html" in part ? part.html : part.type,
      ),
    ).toEqual(["<p>Before</p>\n", "figure", "<p>After</p>"]);
    expect(postHtml(source(body), { site, report })).toContain("live demo");
    expect(postHtml(source(body), { site, report, hasLive: false })).not.toContain("demo");
  });

  it("keeps the list or quotation around a figure", () => {
    const parts = flat(parsePost(source("> words\n>\n> ::kalm\n"), { site, report }));
    expect(parts.map((part) => part.type)).toEqual(["element", "html", "figure"]);
  });

  it("lets no raw HTML, script address or event handler through", () => {
    const hostile = [
      "<script>alert(1)</script>",
      '<img src=x onerror="alert(1)">',
      "[a](javascript:alert(1)) [b](data:text/html,x) ![c](javascript:alert(1))",
      '<div data-slot="0">forged</div>',
      "<https://example.org/?a=<b>>",
    ].join("\n\n");
    const html = flat(parsePost(source(hostile), { site, report }))
      .map((part) => (part.type === "html" ? part.html : ""))
      .join("");
    expect(html).not.toMatch(/<script|<img[^>]+onerror|javascript:|data:text|data-slot/i);
  });

  it("makes a link of a picture from elsewhere, so that no page asks a third party", () => {
    const [part] = parsePost(source("![the board](https://example.org/b.png) ![](//example.org/c.png)"), {
      site,
      report,
    });
    expect(part).toMatchObject({
      html: '<p><a href="https://example.org/b.png">the board</a> <a href="//example.org/c.png">//example.org/c.png</a></p>',
    });
  });

  it("turns the boxes of a task list into signs", () => {
    const [part] = parsePost(source("- [x] kept\n- [ ] open"), { site, report });
    expect(part).toMatchObject({ type: "html", html: expect.stringMatching(/☑ kept[\s\S]*☐ open/) });
    expect(JSON.stringify(part)).not.toContain("<input");
  });

  it("names file and line of a directive that does not exist", () => {
    expect(() => parsePost(source("One\n\n::bord{at=start}"), { site, report })).toThrow(ContentError);
    expect(() => parsePost(source("One\n\n::bord{at=start}"), { site, report })).toThrow(/line 7/);
  });

  it("says not yet where a sprint has no report, and still shows video and demo", () => {
    const body = "::burndown\n\n::demo\n\n::video{youtube=abcdefghijk}\n";
    const parts = parsePost({ ...source(body), sprint: 3 }, { site, report: null });
    expect(parts).toMatchObject([
      { type: "html", html: expect.stringContaining("The burndown of sprint 3 will appear here") },
      { type: "figure", directive: { name: "demo" } },
      { type: "figure", directive: { name: "video" } },
    ]);
    expect(postHtml({ ...source(body), sprint: 3 }, { site, report: null })).toContain(
      "The burndown of sprint 3 will appear here",
    );
  });

  it("stands an empty post", () => {
    expect(parsePost(source(""), { site, report: null })).toEqual([]);
  });
});

describe("postHtml", () => {
  it("gives feed readers the figures as tables, titles as text", () => {
    const html = postHtml(source("::board{at=end}"), { site, report });
    expect(html).toContain("&#x3C;img src=x onerror");
    expect(html).not.toContain("<img");
  });
});
