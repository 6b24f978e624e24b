import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeReport } from "../testing/make-report.ts";
import { rangeText } from "./format.ts";
import { reportDocument } from "./markdown.ts";
import { projectUpdateHtml } from "./project-update-html.ts";
import { projectStatusText, projectUpdateHead } from "./project-updates.ts";
import { renderReport } from "./text/report.ts";
import { renderMarkdown } from "./write-markdown.ts";

const hostile = [
  "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>",
  "[click](javascript:alert(1)) [data](data:text/html,x) ![p](https://evil.example/pixel.png)",
  "\u001b[31mred\u001b[0m \u202eetirw \u0000",
  "# Heading\n\n<!-- a comment -->\n\n- [x] done\n- [ ] open\n\n| a | b |\n| - | - |\n| 1 | <b>2</b> |",
  "<a href='javascript:alert(1)'>x</a> <style>body{display:none}</style> </blockquote></main>",
  "[ref]\n\n[ref]: javascript:alert(1)\n\nnote[^1]\n\n[^1]: <iframe src=x>",
];
const slow = [
  ">".repeat(9000),
  "- ".repeat(4500),
  `${"> ".repeat(60)}x`,
  "*a ".repeat(3300),
  "[".repeat(9000),
];

/** All that a page may hold of an update: text, and these elements with these attributes. */
const tag =
  /<\/?(?:p|strong|em|del|code|pre|a|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|br)(?: (?:href="https?:\/\/[^"<]*"|rel="[^"<]*"|align="(?:left|right|center)"))*>/gi;

function expectHarmless(body: string): void {
  const rest = projectUpdateHtml({ body }).replaceAll(tag, "");
  expect(rest, JSON.stringify(body)).not.toContain("<");
}

test("the search for harm finds it", () => {
  for (const html of [
    '<a href="javascript:x">',
    "<script>",
    '<p onclick="x">',
    "<img src=x>",
    '<p class="x">',
  ])
    expect(html.replaceAll(tag, "")).toContain("<");
});

describe("the words of an update", () => {
  test.each([...hostile, ...slow])("%j holds nothing that runs, fetches or breaks out", (body) => {
    expectHarmless(body);
  });

  test("nor does any other text, however its signs fall", () => {
    const piece = fc.constantFrom(
      ...[
        "<",
        ">",
        "&",
        '"',
        "'",
        "](",
        "[",
        "![",
        "javascript:",
        "https://a.example",
        "\n",
        "\n\n",
        "- ",
        "1. ",
      ],
      ...[
        "> ",
        "`",
        "```\n",
        "*",
        "**",
        "~~",
        "|",
        "# ",
        "<b>",
        "</div>",
        "<!--",
        "-->",
        "[x] ",
        "&lt;",
        "text",
        "    ",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectHarmless(pieces.join(""))),
      { numRuns: 2000, seed: 20 },
    );
  });

  test("keep lists, tables, boxes and links, and make pictures links", () => {
    const html = projectUpdateHtml({ body: `${hostile[3]}\n\n![plan](https://a.example/p.png) **now**` });
    expect(html).toContain("<strong>Heading</strong>");
    expect(html).toMatch(/☑ done[\s\S]*☐ open/);
    expect(html).toContain("<td>1</td>");
    expect(html).toContain(
      '<a href="https://a.example/p.png" rel="nofollow ugc">plan</a> <strong>now</strong>',
    );
    expect(html).not.toContain("comment");
  });
});

const update = {
  project: "Road*map* <b>",
  url: "https://github.com/orgs/acme/projects/7",
  at: "2019-10-25T12:00:00.000Z",
  author: "ana",
  status: "AT_RISK",
  startDate: "2019-10-21",
  targetDate: "2019-11-01",
  body: hostile.join("\n\n"),
};

test("a report shows status, project, time, author and plan; its Markdown and its terminal are safe", () => {
  const report = { ...makeReport({ number: 3, cards: 2 }), projectUpdates: [update] };
  const markdown = renderMarkdown(reportDocument(report));
  expect(markdown).toContain("## Project status");
  expect(markdown).toContain("**At risk** · [Road\\*map\\* \\<b>, 2019-10-25");
  expect(markdown).toContain(`by ana; planned ${rangeText("2019-10-21", "2019-11-01")}`);
  expect(markdown).not.toMatch(/^<script|\]\(javascript|!\[/m);
  const text = renderReport(report);
  expect(text).toContain("At risk: Road*map* <b>, 2019-10-25");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey must not arrive there.
  expect(text).not.toMatch(/[\u0000\u001b\u202e]/);
  const silent = renderMarkdown(reportDocument(makeReport({ number: 3, cards: 2 })));
  expect(silent).not.toContain("Project status");
});

test("every status has its words, one that GitHub adds its own", () => {
  const words = ["ON_TRACK", "AT_RISK", "OFF_TRACK", "COMPLETE", "INACTIVE", null, "ON_HOLD"].map((status) =>
    projectStatusText({ status }),
  );
  expect(words).toEqual(["On track", "At risk", "Off track", "Complete", "Inactive", "No status", "On hold"]);
});

test.each([
  [{ author: null, startDate: null, targetDate: null }, "P, 2019-10-25 12:00"],
  [{ startDate: null }, "P, 2019-10-25 12:00, by ana; planned from open to 2019-11-01"],
  [{ targetDate: null }, "P, 2019-10-25 12:00, by ana; planned from 2019-10-21 to open"],
  [{ startDate: "2019-12-01" }, "P, 2019-10-25 12:00, by ana; planned from 2019-12-01 to 2019-11-01"],
])("the head of an update with %j", (more, head) => {
  expect(projectUpdateHead({ ...update, project: "P", ...more }, "UTC")).toBe(head);
});
