import { describe, expect, it } from "vitest";
import type { KalmAnswer } from "../../core/model/kalm.ts";
import type { Lane, Report } from "../../core/model/report.ts";
import { card } from "../../testing/drafted-report.ts";
import { makeReport } from "../../testing/make-report.ts";
import { english } from "../../words/words.ts";
import { renderMarkdown } from "../write-markdown.ts";
import type { Directive } from "./directive.ts";
import { figureNodes, notYetNodes } from "./figures.ts";

const report = makeReport({ number: 2, cards: 6 });

/** Lines of Markdown, with cells apart by single spaces, and without the escape before an issue's number. */
function shown(directive: Directive, of: Report | null, links = false): string[] {
  const text = renderMarkdown({ type: "root", children: figureNodes(directive, of, { links }) });
  return text
    .split("\n")
    .filter((line) => line !== "" && !/^[|\s:-]+$/.test(line))
    .map((line) => line.replace(/ +/g, " ").replace("\\#", "#"));
}

const lane = (more: Partial<Lane>): Lane => ({
  name: "Sprint",
  role: "sprint",
  days: 0,
  cards: [],
  hidden: 0,
  ...more,
});

const withLanes = (...lanes: Lane[]): Report => ({
  ...report,
  boards: { ...report.boards, start: { ...report.boards.start, lanes } },
});

const start: Directive = { name: "board", at: "start" };

describe("a board in a text", () => {
  it("leaves out the backlog and lanes without tasks, and says so where nothing is left", () => {
    const backlog = lane({ name: "Backlog", role: "backlog", days: 1, cards: [card(1, "One", 1)] });
    expect(shown(start, withLanes(backlog, lane({})))).toEqual([
      "The board was empty at the start of the sprint.",
    ]);
  });

  it("counts the tasks of a lane that it does not name", () => {
    const some = lane({ days: 1.5, cards: [card(1, "One", 1), card(2, "Two", null)], hidden: 3 });
    expect(shown(start, withLanes(some))).toEqual([
      "**Sprint** · 5 tasks · 1.5 days",
      "- #1 One (L)",
      "- #2 Two (no size)",
      "- and 3 more",
    ]);
  });

  it("shows a lane whose tasks are all hidden", () => {
    expect(shown(start, withLanes(lane({ hidden: 1 })))).toEqual([
      expect.stringMatching(/^\*\*Sprint\*\* · 1 task/),
      "- and 1 more",
    ]);
  });

  it("links to issues on a page, but to nothing that is no address of the web", () => {
    const linked = lane({
      cards: [
        { ...card(1, "One"), url: "https://example.org/1" },
        { ...card(2, "Two"), url: "javascript:alert(1)" },
      ],
    });
    expect(shown(start, withLanes(linked), true).slice(1)).toEqual([
      "- [#1](https://example.org/1) One (M)",
      "- #2 Two (M)",
    ]);
  });
});

describe("technical debt in a text", () => {
  const none = { ...report.debt, opened: [], paid: [], openCards: [], open: 0, daysOwed: 0 };
  const debt = (more: Partial<Report["debt"]>) =>
    shown({ name: "debt" }, { ...report, debt: { ...none, ...more } });

  it("is one sentence where there was and is none", () => {
    expect(debt({ ages: { p50: null, p85: null, p95: null } })).toEqual([
      "No technical debt remains at the end.",
    ]);
  });

  it("names what was resolved and dropped, even where nothing remains", () => {
    const paid = [{ ...card(1, "Paid"), openedAt: "", paidAt: "" }];
    const dropped = [
      {
        ...card(2, "Dropped"),
        openedAt: "",
        paidAt: null,
        reason: "not planned",
        droppedAt: "",
        droppedEventId: null,
      },
    ];
    const lines = debt({ paid, dropped });
    expect(lines.filter((line) => line.startsWith("-"))).toEqual(["- #1 Paid", "- #2 Dropped"]);
    expect(lines.at(-1)).toBe("No technical debt remains at the end.");
  });

  it("has the median age in whole days", () => {
    const at = (p50: number) => debt({ open: 1, daysOwed: 1, ages: { p50, p85: 9, p95: 9 } }).at(-1);
    expect(at(1.4)).toMatch(/^Remaining at the end: 1 .* Median age: 1 day\.$/);
    expect(at(3.6)).toMatch(/ Median age: 4 days\.$/);
  });
});

describe("promises in a text", () => {
  const nothing = { keep: [], add: [], less: [], more: [], followUp: [], keepRate: null };
  const kalm = (more: Partial<Report["kalm"]>) =>
    shown({ name: "kalm" }, { ...report, kalm: { ...nothing, ...more } });

  it("are told to be none where there are none", () => {
    expect(kalm({})).toEqual(["No promises in this sprint."]);
  });

  it("stand after the answers to earlier ones, in the order of K.A.L.M., without kinds of which there is none", () => {
    const answer = (text: string, kept: boolean | null): KalmAnswer => ({
      kind: "less",
      text,
      from: 1,
      issue: null,
      kept,
      age: 1,
    });
    const entry = (text: string) => [{ text, from: 2, issue: null }];
    const followUp = [answer("A", true), answer("B", false), answer("C", null)];
    const { kept, notKept, open } = english.texts.report.verdicts;
    expect(kalm({ more: entry("Tests"), keep: entry("Pairs"), followUp })).toEqual([
      "| Earlier promise | Sprint | Answer |",
      `| Do less: A | 1 | ${kept} |`,
      `| Do less: B | 1 | ${notKept} |`,
      `| Do less: C | 1 | ${open} |`,
      "**Keep**",
      "- Pairs",
      "**Do more**",
      "- Tests",
    ]);
  });
});

describe("unexpected tasks in a text", () => {
  it("have a dash for what is not known, and zero for no effort", () => {
    const unexpected = [card(1, "One", null), { ...card(2, "Two"), actualDays: 0 }];
    expect(shown({ name: "unexpected" }, { ...report, unexpected }).slice(1)).toEqual([
      "| #1 One | — | — | — |",
      "| #2 Two | — | M | 0 |",
    ]);
  });
});

describe("the burndown in a text", () => {
  const at = (instant: string, done: number) => ({ at: instant, scope: 8, done, remaining: 8 - done });
  const days = (...points: Report["burndown"]["points"]) =>
    shown({ name: "burndown" }, { ...report, burndown: { ...report.burndown, points } }).slice(1);

  it("has one row for each day, its last point; midnight of the team's time closes the day before", () => {
    expect(
      days(
        at("2026-01-20T10:00:00.000Z", 1),
        at("2026-01-20T23:00:00.000Z", 2),
        at("2026-01-20T23:00:00.001Z", 3),
        at("2026-01-21T12:00:00.000Z", 4),
      ),
    ).toEqual(["| 2026-01-20 | 8 | 2 | 6 |", "| 2026-01-21 | 8 | 4 | 4 |"]);
  });

  it("closes days at midnight on both sides of a change of the clock", () => {
    expect(days(at("2026-03-28T23:00:00.000Z", 1), at("2026-03-29T22:00:00.000Z", 2))).toEqual([
      "| 2026-03-28 | 8 | 1 | 7 |",
      "| 2026-03-29 | 8 | 2 | 6 |",
    ]);
  });
});

describe("a figure without a report", () => {
  it("shows a video and the place of the demo all the same", () => {
    expect(shown({ name: "video", youtube: "abcdefghijk" }, null)).toEqual([
      "Video: [watch on YouTube](https://www.youtube.com/watch?v=abcdefghijk)",
    ]);
    expect(shown({ name: "demo" }, null)).toEqual(["The live demo is on this page of the website."]);
  });

  it("says what will stand here, for which sprint and of which end", () => {
    const text = (directive: Parameters<typeof notYetNodes>[0]) =>
      renderMarkdown({ type: "root", children: notYetNodes(directive, 7, english) });
    expect(text({ name: "board", at: "start" })).toContain("board at the start of sprint 7 will appear");
    expect(text({ name: "board", at: "end" })).toContain("board at the end of sprint 7 will appear");
    expect(text({ name: "budget" })).toContain("budget of sprint 7 will appear");
  });
});

describe("the budget in a text", () => {
  it("is a sentence where none is set", () => {
    expect(shown({ name: "budget" }, report)).toEqual(["No budget is set."]);
  });
});
