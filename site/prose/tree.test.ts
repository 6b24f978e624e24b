import { toHtml } from "hast-util-to-html";
import { english, wordsOf } from "sprintcast/words";
import { describe, expect, it, test } from "vitest";
import { surroundings } from "../testing/surroundings.ts";
import { highlightFor } from "./code.ts";
import { type Reading, toTree } from "./tree.ts";

const htmlOf = (body: string, target: "page" | "feed" = "page", more: Partial<Reading> = {}): string =>
  toHtml(
    toTree({ body, file: "posts/a.md" }, { report: null, renderers: {} }, target, {
      site: surroundings(),
      words: english,
      ...more,
    }),
  );

describe("for a feed, whose readers have neither our styles nor our scripts", () => {
  const body = [
    "# Title",
    "## Part",
    "> [!NOTE]\n> Words.",
    "| a | b |\n| --: | - |\n| 1 | 2 |",
    "```js\nconst a = 1;\n```",
    "- [x] done",
    "A note[^1].\n\n[^1]: Words.",
  ].join("\n\n");

  it("a text has nothing that only our pages know", async () => {
    const html = htmlOf(body, "feed", { highlight: await highlightFor(body) });
    expect(html).not.toMatch(/class="(?:anchor|alert|scroll|code-)|tabindex|role="note"|<input/);
    for (const part of ["<h2", "<blockquote>", "<table>", "<code", "☑ done", "const a = 1;"])
      expect(html).toContain(part);
  });

  it("says the same words as the page", () => {
    const words = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    expect(words(htmlOf(body, "feed"))).toBe(words(htmlOf(body)));
  });
});

describe("what stands beside a text is in the words of the team", () => {
  const german = { words: wordsOf("de-DE", {}) };
  const { prose } = german.words.texts.frame;

  it.each([
    ["> [!WARNING]\n> x", prose.alerts.warning],
    ["A[^1]\n\n[^1]: x", prose.footnotes],
    ["| a |\n| - |\n| 1 |", `aria-label="${prose.table}"`],
  ])("%j", (body, said) => {
    expect(htmlOf(body, "page", german)).toContain(said);
    expect(htmlOf(body)).not.toContain(said);
  });

  it("a reference that stands twice has two ways back, told apart", () => {
    const html = htmlOf("A[^1] and again[^1].\n\n[^1]: x");
    const labels = [
      ...html.matchAll(
        /aria-label="([^"]*)"[^>]*data-footnote-backref|data-footnote-backref[^>]*aria-label="([^"]*)"/g,
      ),
    ];
    const said = labels.map(([, before, behind]) => before ?? behind);
    expect(said).toHaveLength(2);
    expect(new Set(said).size).toBe(2);
  });
});

describe("raw HTML and addresses that run something", () => {
  test.each([
    '<div onclick="x()">a</div>',
    "<style>body{}</style>",
    '<iframe src="https://a.example"></iframe>',
    "<svg><script>x()</script></svg>",
    "[a](JaVaScRiPt:x())",
    "[a](java\tscript:x())",
    "[a](&#106;avascript:x())",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](data:image/svg+xml,x)",
    "<javascript:x()>",
    "[a]: javascript:x()\n\n[a]",
  ])("never reach a page or a feed: %j", (body) => {
    for (const target of ["page", "feed"] as const)
      expect(htmlOf(body, target)).not.toMatch(
        /<(?:div|style|iframe|svg|script|img)\b|(?:href|src|on\w+)="/i,
      );
  });

  it("no element takes an id or a class that a text made up", () => {
    const html = htmlOf('<p id="content" class="player">x</p>\n\n# content {#content .player}');
    expect(html).not.toMatch(/id="content"|class="player"/);
  });
});

describe("the boxes of a task list", () => {
  it("are signs wherever they stand, and the words behind them stay", () => {
    const html = htmlOf("- [x] a\n  - [ ] b\n\n1. [X] c\n\n> - [ ] d");
    expect(html).not.toContain("<input");
    expect(html.match(/[☑☐] \w/g)).toEqual(["☑ a", "☐ b", "☑ c", "☐ d"]);
  });
});

describe("code", () => {
  it("of more than anybody reads for its colours has none, and all its letters", async () => {
    const code = "const a = 1;\n".repeat(4_000);
    const body = `\`\`\`js\n${code}\`\`\``;
    const html = htmlOf(body, "page", { highlight: await highlightFor(body) });
    expect(html).not.toContain("code-keyword");
    expect(html.match(/const a = 1;/g)).toHaveLength(4_000);
  });

  it.each([
    "> ```JS\n> let a\n> ```",
    "- ~~~js title=x\n  let a\n  ~~~",
    "````js\nlet a\n````",
    "1. ```js\n   let a\n   ```",
  ])("is coloured wherever it stands: %j", async (body) => {
    expect(htmlOf(body, "page", { highlight: await highlightFor(body) })).toContain("code-keyword");
  });

  it("in a sentence has no colours and does not scroll", async () => {
    const body = "`let a` and\n\n```js\nlet b\n```";
    const html = htmlOf(body, "page", { highlight: await highlightFor(body) });
    expect(html).toContain("<p><code>let a</code> and</p>");
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  });
});

it("a break that nobody can draw is a blank, in words and in code", () => {
  for (const sign of ["\v", "\f", "\u0085", "\u2028", "\u2029"])
    expect(htmlOf(`a${sign}b\n\n\`c${sign}d\``)).toBe("<p>a b</p>\n<p><code>c d</code></p>");
});

it("a table keeps its cells' places by class: what stands right, and what in the middle", () => {
  const html = htmlOf("| a | b | c | d |\n| --: | :-: | :-- | --- |\n| 1 | 2 | 3 | 4 |");
  expect([...html.matchAll(/<td( class="\w+")?>(\d)/g)].map(([, name, cell]) => [cell, name])).toEqual([
    ["1", ' class="n"'],
    ["2", ' class="middle"'],
    ["3", undefined],
    ["4", undefined],
  ]);
});
