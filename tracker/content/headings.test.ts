import { describe, expect, it, test } from "vitest";
import { headingNamer, headingNames, isPageOwn } from "./headings.ts";
import { htmlIn } from "./html.ts";
import { isHeldBack, isPublished } from "./published.ts";

describe("the names of headings", () => {
  it("are GitHub's: by their words, in lower case, the second of a name with -1", () => {
    const body = [
      "# What we did",
      "## What we *did*",
      "Done\n====",
      "### `npm start`, and why?",
      "```\n# no heading\n```",
      "## What we did",
      "## Über uns 🎉",
    ].join("\n\n");
    expect(headingNames({ body })).toEqual([
      "what-we-did",
      "what-we-did-1",
      "done",
      "npm-start-and-why",
      "what-we-did-2",
      "über-uns-",
    ]);
  });

  it("of signs alone are called section", () => {
    const nameOf = headingNamer();
    expect(["🎉", "?!", "section"].map(nameOf)).toEqual(["section", "section-1", "section-2"]);
  });

  it("begin anew with each text", () => {
    expect([headingNames({ body: "# A" }), headingNames({ body: "# A" })]).toEqual([["a"], ["a"]]);
  });

  it("take no words from pictures or HTML", () => {
    expect(headingNames({ body: "# A ![picture](x.png) <b>B</b>" })).toEqual(["a--b"]);
  });
});

test.each([
  ["content", true],
  ["restated", true],
  ["footnote-label", true],
  ["figure-board", true],
  ["user-content-fn-1", true],
  ["contents", false],
  ["my-figure-1", false],
  ["figures", false],
])("the id %s is the page's own: %s", (id, expected) => {
  expect(isPageOwn(id)).toBe(expected);
});

describe("HTML in a text", () => {
  it("is told with its first line and each element once", () => {
    const body = "One\n\n<details>\n<summary>More</summary>\n\nTwo <BR> three</details>\n";
    expect(htmlIn({ body })).toEqual({ line: 3, tags: ["details", "summary", "br"] });
  });

  it("is none in comments, code or comparisons", () => {
    for (const body of [
      "plain",
      "<!-- <b>for editors</b> -->",
      "a <!-- <i> --> b",
      "`<b>`",
      "```\n<b>\n```",
      "1 < 2 and b > a",
      "a<b",
      "<https://example.com>",
    ])
      expect([body, htmlIn({ body })]).toEqual([body, null]);
  });

  it("beside a comment is told, and a comment that never ends hides the rest", () => {
    expect(htmlIn({ body: "<!-- x --><b>y</b>" })).toEqual({ line: 1, tags: ["b"] });
    expect(htmlIn({ body: "<!-- x\n<b>y</b>" })).toBeNull();
  });
});

test.each([
  ["2026-03-01", false, true, false],
  ["2026-03-02", false, true, false],
  ["2026-03-03", false, false, true],
  ["2026-03-01", true, false, false],
  ["2026-03-03", true, false, false],
])("a post of %s (draft: %s) on 2026-03-02 is shown: %s, waits: %s", (date, draft, shown, waits) => {
  const post = { date, draft };
  expect([isPublished(post, "2026-03-02"), isHeldBack(post, "2026-03-02")]).toEqual([shown, waits]);
});
