import fc from "fast-check";
import { toHtml } from "hast-util-to-html";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import remarkRehype from "remark-rehype";
import { VFile } from "vfile";
import { expect, test } from "vitest";
import type { Card, Report } from "../../core/model/report.ts";
import { ContentError } from "../../errors.ts";
import { capital } from "../figures/figures.ts";
import { directiveExamples } from "./directive.ts";
import { type FigureOptions, remarkFigures } from "./plugin.ts";

const card = (number: number, title: string, more: Partial<Card> = {}): Card => ({
  number,
  title,
  url: `https://example.org/${number}`,
  size: "M",
  days: 0.5,
  labels: [],
  assignees: [],
  ...more,
});

const lane = (name: string, role: "sprint" | "done", cards: Card[], hidden = 0) => ({
  name,
  role,
  days: cards.length * 0.5,
  cards,
  hidden,
});

const effort = {
  committed: 8.2,
  added: 1.6,
  removed: 1.1,
  reestimated: -0.4,
  final: 9.2,
  completed: 1.6,
  completedInitial: 1.6,
  notCompleted: 7.1,
  frozen: 0.5,
  actual: null,
  actualShare: null,
  estimationError: null,
  unexpectedActual: null,
  sayDo: 0.195,
  sayDoInitial: 0.195,
  unestimated: { committed: 0, final: 2 },
  counts: { committed: 22, added: 4, removed: 3, final: 23, completed: 3, frozen: 1 },
};

const hostile = "<img src=x onerror=alert(1)> | `a` [b](javascript:alert(1))";
const report = {
  sprint: { number: 1, capacityDays: 7, timeZone: "Europe/Berlin" },
  effort,
  unexpected: [card(23, hostile)],
  debt: {
    opened: [card(28, "Images by hand")],
    paid: [],
    openCards: [],
    open: 1,
    net: 1,
    daysOwed: 0.5,
    unestimated: 0,
    ages: { p50: 3, p85: 3, p95: 3 },
  },
  kalm: {
    keep: [{ text: "Small tasks", from: 1, issue: null }],
    add: [],
    less: [],
    more: [],
    followUp: [{ kind: "add", text: "Ask early", from: 0, issue: null, kept: false, age: 1 }],
    keepRate: 0,
  },
  boards: {
    start: {
      at: "",
      lanes: [lane("Sprint", "sprint", [card(1, "Repository")], 2), lane("Done", "done", [])],
    },
    end: { at: "", lanes: [lane("Done", "done", [card(1, "Repository")])] },
  },
  burndown: {
    points: [
      { at: "2019-09-26T12:00:00Z", scope: 8, done: 0, remaining: 8 },
      { at: "2019-09-26T22:00:00Z", scope: 8, done: 1, remaining: 7 },
      { at: "2019-09-27T22:00:00Z", scope: 8, done: 2, remaining: 6 },
    ],
    ideal: [],
    scopeEvents: [],
  },
} as unknown as Report;

const toMarkdown = (text: string, options: Partial<FigureOptions> = {}) =>
  String(
    remark()
      .use(remarkGfm)
      .use(remarkFigures, { report, target: "markdown", ...options })
      .processSync(new VFile({ path: "content/posts/a.md", value: text })),
  );

const toPage = (text: string, options: Partial<FigureOptions> = {}) => {
  const pipeline = remark()
    .use(remarkGfm)
    .use(remarkFigures, { report, ...options })
    .use(remarkRehype);
  return toHtml(pipeline.runSync(pipeline.parse(text), new VFile({ path: "a.md", value: text })));
};

const failureOf = (text: string, options: Partial<FigureOptions> = {}): ContentError => {
  try {
    toMarkdown(text, options);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error(`no error for ${text}`);
};

test("every figure stands in place, between the words around it", () => {
  const names = [
    "board{at=start}",
    "board{at=end}",
    "effort",
    "unexpected",
    "debt",
    "kalm",
    "burndown",
    "demo",
  ];
  for (const name of names) {
    const text = toMarkdown(`Before.\n\n::${name}\n\nAfter.\n`);
    expect(text).toMatch(/^Before\.\n\n.+\n\nAfter\.\n$/s);
    expect(text).not.toContain("::");
  }
});

test("figures say what the report says, and unknown is a dash", () => {
  const text = toMarkdown("::effort\n");
  expect(text).toMatch(/\| Committed +\| +8\.2 \|/);
  expect(text).toMatch(/\| Actual effort +\| +— \|/);
  expect(text).toMatch(/\| Re-estimated +\| +−0\.4 \|/);
  expect(text).toContain("2 tasks in the final scope had no estimate.");
  expect(toMarkdown("::kalm\n")).toMatch(/Add: Ask early +\| +0 \| not kept/);
  expect(toMarkdown("::board{at=start}\n")).toContain("3 tasks · 0.5 days");
});

test("a burndown row is the last point of its day in the team's zone", () => {
  const text = toMarkdown("::burndown\n");
  expect(text).toMatch(/2019-09-26 \| +8 \| +1 \| +7/);
  expect(text).toMatch(/2019-09-27 \| +8 \| +2 \| +6/);
});

test("a title is words on the page, never markup", () => {
  const page = toPage("::unexpected\n");
  expect(page).toContain("&#x3C;img src=x onerror=alert(1)>");
  expect(page).not.toMatch(/<img|href="javascript/);
  expect(page).toContain('<section class="figure figure-unexpected">');
  expect(toMarkdown("::unexpected\n", { links: false })).not.toContain("example.org");
});

test("an address that is not of the web is no link", () => {
  const bad = { ...report, unexpected: [card(5, "T", { url: "javascript:alert(1)" })] };
  expect(toPage("::unexpected\n", { report: bad })).not.toContain("javascript");
});

test("a page can draw a figure its own way", () => {
  const drawn = toPage("::effort\n", {
    renderers: {
      effort: (_, of) => [
        { type: "paragraph", children: [{ type: "text", value: `${of?.effort.final} days` }] },
      ],
    },
  });
  expect(drawn).toBe('<section class="figure figure-effort"><p>9.2 days</p></section>');
});

test.each([
  ["one\n\n::efort\n", /posts\/a\.md: line 3: there is no directive "efort"/, /::effort/],
  ["::board\n", /line 1: "board" needs "at"/, /at=start/],
  ["::board{at=noon}\n", /at="noon", expected start or end/, /at=end/],
  ["::board{at=start size=9}\n", /no attribute "size"/, /at=start/],
  ["::effort[words]\n", /takes no text in brackets/, /only the name/],
  [":::effort\n:::\n", /three colons/, /two colons/],
  ["::board{at=start\n", /not a whole directive/, /closing brace/],
  ["::effort of ours\n", /not a whole directive/, /line of its own/],
  [":effort\n", /not a whole directive/, /two colons/],
  ["::video{youtube=x}\n", /youtube="x"/, /::video/],
])("%j is refused with file, line and remedy", (text, message, hint) => {
  const error = failureOf(text);
  expect(error.message).toMatch(message);
  expect(error.hint).toMatch(hint);
});

test("line numbers count the front matter that was cut off", () => {
  expect(failureOf("::nope\n", { lineOffset: 6 }).message).toContain("line 7:");
});

test("a figure in a post without a sprint says what is missing; a video needs none", () => {
  expect(failureOf("::effort\n", { report: null }).message).toContain("needs a sprint");
  expect(toMarkdown("::video{youtube=abcdefghijk}\n", { report: null })).toContain("watch?v=abcdefghijk");
});

const waiting = [
  ["board{at=start}", "the board at the start"],
  ["board{at=end}", "the board at the end"],
  ["effort", "the effort"],
  ["unexpected", "the list of unexpected tasks"],
  ["debt", "the list of technical debt"],
  ["kalm", "the list of promises"],
  ["burndown", "the burndown"],
] as const;

test.each(waiting)("::%s of a sprint without a report says not yet, in one sentence", (written, what) => {
  const sentence = `${capital(what)} of sprint 4 will appear here once the sprint has a report.`;
  const text = `Before.\n\n::${written}\n\nAfter.\n`;
  expect(toMarkdown(text, { report: null, sprint: 4 })).toBe(`Before.\n\n${sentence}\n\nAfter.\n`);
  expect(toPage(`::${written}\n`, { report: null, sprint: 4 })).toContain(`<p>${sentence}</p>`);
});

test("every directive works in a post of a sprint without a report", () => {
  for (const example of Object.values(directiveExamples).flatMap((text) => text.split(" or "))) {
    const written = example.replace("=ID", "=abcdefghijk");
    const text = toMarkdown(`${written}\n`, { report: null, sprint: 4 });
    expect(text).not.toContain("::");
    expect(text.includes(" will appear here once "), written).toBe(!/^::(video|demo)/.test(written));
  }
});

test("a page draws what needs no report its own way, with or without one", () => {
  const drawn = (name: string) => ({
    [name]: () => [{ type: "paragraph" as const, children: [{ type: "text" as const, value: "own" }] }],
  });
  for (const [name, written] of [
    ["demo", "demo"],
    ["video", "video{youtube=abcdefghijk}"],
  ] as const)
    for (const of of [report, null])
      expect(toMarkdown(`::${written}\n`, { report: of, renderers: drawn(name) })).toBe("own\n");
});

test("a mistake in a directive is named even where there is no report yet", () => {
  const options = { report: null, sprint: 4 };
  expect(failureOf("::board{at=noon}\n", options).message).toContain("expected start or end");
  expect(failureOf("::efort\n", options).message).toContain("no directive");
});

test("clocks, smileys and colons in prose stay words", () => {
  const prose = "At 10:15 or 10:am, :smile: and note:this, a:b[c]{d=e}, 5::3.\n";
  expect(toPage(prose)).toBe(`<p>${prose.trim()}</p>`);
});

test("no prose of colons, letters and brackets is eaten", () => {
  const words = fc.array(fc.constantFrom(":", "a", "10", " ", "[x", "{", "}", ".", "effort", "b="), {
    minLength: 1,
  });
  fc.assert(
    fc.property(words, (parts) => {
      const prose = `Say ${parts.join("")}.`.replace(/ +/g, " ").replace(/ \./, ".");
      expect(toPage(prose)).toBe(`<p>${prose}</p>`);
    }),
  );
});
