import { parse as parseCsv } from "csv-parse/sync";
import type { Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { visit } from "unist-util-visit";
import { expect, it } from "vitest";
import { makeReport } from "../testing/make-report.ts";
import { boardCsv, debtCsv, renderCsv, reportCsv } from "./csv.ts";
import { renderHtml } from "./html.ts";
import { boardDocument, debtDocument, reportDocument } from "./markdown.ts";
import { renderMarkdown } from "./write-markdown.ts";

const hostileTitles = [
  "<img src=x onerror=alert(1)>",
  "**bold** [link](javascript:alert(1)) `code`",
  "a | b | c",
  "# heading",
  "- item\n- item",
  "<!-- comment",
  "&lt;script&gt;",
  "![x](http://evil.example/x.png)",
  "http://evil.example/auto",
  "\u001b[31mred\u202e",
  "::video{youtube=aaaaaaaaaaa}",
];
const report = makeReport({
  number: 2,
  cards: 33,
  title: (index) => hostileTitles[index % hostileTitles.length] ?? "",
});
const head = { number: 2, title: report.sprint.title, timeZone: report.sprint.timeZone, asked: "end" };

const reread = (markdown: string): Root => remark().use(remarkGfm).parse(markdown);

it.each([
  ["report", renderMarkdown(reportDocument(report))],
  ["board", renderMarkdown(boardDocument(head, report.boards.end))],
  ["debt", renderMarkdown(debtDocument([report]))],
])("keeps hostile titles text in the Markdown of a %s", (_, markdown) => {
  const kinds = new Set<string>();
  const links = new Set<string>();
  visit(reread(markdown), (node) => {
    kinds.add(node.type);
    // A bare address becomes a link to itself wherever Markdown is read; that is what the text says.
    if (node.type === "link" && textOf(node) !== node.url) links.add(node.url);
  });
  for (const forbidden of ["html", "image", "inlineCode", "emphasis"]) expect(kinds).not.toContain(forbidden);
  for (const url of links) expect(url).toMatch(/^https:\/\/github\.com\/example\/fleet\/issues\/\d+$/);
  expect(markdown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
});

it("gives titles back word for word when its Markdown is read", () => {
  const text = textOf(reread(renderMarkdown(boardDocument(head, report.boards.end))));
  for (const title of [
    "<img src=x onerror=alert(1)>",
    "**bold** [link](javascript:alert(1)) `code`",
    "a | b | c",
  ])
    expect(text).toContain(title);
});

it("keeps hostile titles text in HTML, which asks nothing of the network", () => {
  const html = renderHtml("<b>title</b>", reportDocument(report), ["<svg></svg>"]);
  expect(html).toContain("&#x3C;img src=x onerror=alert(1)>");
  expect(html).toContain("<title>&#x3C;b>title");
  expect(html).not.toMatch(/<img|<script|<link|<b>|@import|url\(/);
  expect(html).toContain("<svg></svg>");
  expect(html.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|'/c calc'!A1"])("makes %j no formula", (cell) => {
  const [, row] = parseCsv(renderCsv(["title"], [[cell]])) as string[][];
  expect(row?.[0]).toMatch(/^'/);
});

it("leaves numbers numbers, and the unknown empty", () => {
  expect(renderCsv(["a", "b", "c"], [[-1.5, null, true]])).toBe("a,b,c\n-1.5,,true\n");
});

it("gives every row of a CSV as many cells as it has columns", () => {
  const ofTeam = { ...report, sprint: { ...report.sprint, team: "api" } };
  for (const csv of [
    ...[report, ofTeam].map(reportCsv),
    boardCsv({ number: 2 }, report.boards.end),
    ...[[report], [ofTeam], [report, ofTeam], [ofTeam, report]].map(debtCsv),
  ]) {
    const rows = parseCsv(csv, { relax_column_count: false }) as string[][];
    expect(rows.length).toBeGreaterThan(1);
  }
});

it("puts every figure and every issue of a report into its CSV", () => {
  const rows = parseCsv(reportCsv(report), { columns: true }) as Record<string, string>[];
  const figure = (name: string) => rows.find((row) => row.row === "figure" && row.name === name)?.days;
  expect(figure("committed")).toBe(String(report.effort.committed));
  expect(figure("counts.completed")).toBe(String(report.effort.counts.completed));
  const done = rows.filter((row) => row.name === "done").map((row) => Number(row.issue));
  expect(done).toEqual(report.done.map((card) => card.number));
});

it.each([
  ["over", report.asOf, ["Board at the end", "Remaining at the end of sprint 2"]],
  ["running", report.sprint.start, ["Board now", "Remaining now, in sprint 2"]],
])("the Markdown of a sprint that is %s speaks of that", (_, asOf, headings) => {
  const [card] = report.boards.end.lanes.flatMap(({ cards }) => cards);
  const seen = {
    ...report,
    asOf,
    debt: { ...report.debt, openCards: card ? [{ ...card, openedAt: asOf, paidAt: null }] : [] },
  };
  const documents = [reportDocument(seen), debtDocument([seen])];
  const written = documents.flatMap(({ children }) => children).filter(({ type }) => type === "heading");
  expect(written.map((node) => textOf(node))).toEqual(expect.arrayContaining(headings));
});
