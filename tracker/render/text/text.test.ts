import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { makeReport } from "../../testing/make-report.ts";
import { barText } from "./bars.ts";
import { renderBoard } from "./board.ts";
import { renderDebt } from "./debt.ts";
import { renderReport } from "./report.ts";
import { createPaint } from "./terminal.ts";

const titles = [
  "デプロイする前にすべてのセンサーの読み取り値を確認してください",
  "👩‍👩‍👧 a family of emoji and a rather long title that has to wrap at some point or other",
  "\u001b[31mred\u001b[0m \u202eevil",
  "word".repeat(60),
  "two\nlines",
];
const report = makeReport({ number: 3, cards: 25, title: (index) => titles[index % titles.length] ?? "" });
const head = { number: 3, title: report.sprint.title, timeZone: report.sprint.timeZone, asked: "end" };

describe.each([80, 120])("in %i columns", (width) => {
  it.each([
    ["report", renderReport(report, { width })],
    ["board", renderBoard(head, report.boards.end, { width })],
    ["debt", renderDebt([report], { width })],
  ])("a %s fits, and nothing hostile gets through", (_, text) => {
    for (const line of text.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(text.endsWith("\n")).toBe(true);
  });
});

it("puts lanes side by side where they fit, else one after the other", () => {
  const lanesOf = (width: number) =>
    renderBoard(head, report.boards.end, { width })
      .split("\n")
      .filter((line) => /\bSprint\b.*\bDone\b/.test(line));
  expect(lanesOf(80)).toHaveLength(1);
  expect(lanesOf(40)).toHaveLength(0);
});

it("shows every card of a board once", () => {
  for (const width of [40, 80]) {
    const text = renderBoard(head, report.boards.end, { width });
    const cards = report.boards.end.lanes.flatMap((lane) => lane.cards);
    for (const card of cards) expect(text.split(`#${card.number}`)).toHaveLength(2);
  }
});

it("prints unknown figures as —, never as 0", () => {
  const unknown = {
    ...report,
    sprint: { ...report.sprint, capacityDays: null },
    effort: {
      ...report.effort,
      actual: null,
      actualShare: null,
      estimationError: null,
      sayDo: null,
      sayDoInitial: null,
    },
  };
  const text = renderReport(unknown);
  expect(text).toMatch(/capacity +—/);
  expect(text).toMatch(/actual effort +—/);
  expect(text).toContain("Say/do ratio —, committed work done —.");
  expect(text).toContain("No task has actual effort recorded.");
});

it("names what is not replayed, and every restatement", () => {
  const doubtful = {
    ...report,
    provenance: { committed: "inferred" as const },
    restatements: [
      {
        at: "2026-03-01T00:00:00Z",
        note: "Events came late.",
        changes: [{ figure: "effort.final", frozen: 3, now: null }],
      },
    ],
  };
  const text = renderReport(doubtful);
  expect(text).toContain("Not fully replayed from events: committed (inferred).");
  expect(text).toContain("Events came late.");
  expect(text).toContain("effort.final: frozen 3, now —");
});

it("paints without changing a letter", () => {
  const paint = createPaint(false, { FORCE_COLOR: "1" });
  const painted = renderReport(report, { paint });
  expect(stripVTControlCharacters(painted)).toBe(renderReport(report));
  expect(painted).not.toBe(renderReport(report));
});

it.each([
  [0, 10, 10, 4, "████"],
  [0, 5, 10, 4, "██"],
  [5, 10, 10, 4, "  ██"],
  [0, 1, 100, 4, "▏"],
  [0, 0, 10, 4, ""],
  [3, 3, 10, 4, ""],
  [0, 20, 10, 4, "████"],
  [0, 1, 0, 4, ""],
])("a bar from %d to %d of %d in %d columns is %j", (from, to, highest, width, bar) => {
  expect(barText(from, to, highest, width)).toBe(bar);
});

it("a lane of hundreds has one line to a card, within the width, each card once", () => {
  const many = makeReport({ number: 4, cards: 300, title: (index) => titles[index % titles.length] ?? "" });
  const { end } = many.boards;
  const longest = Math.max(...end.lanes.map((lane) => lane.cards.length));
  expect(longest).toBeGreaterThan(100);
  for (const width of [80, 120]) {
    const lines = renderBoard(head, end, { width }).split("\n");
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    for (const card of end.lanes.flatMap((lane) => lane.cards))
      expect(lines.filter((line) => line.includes(`#${card.number} `))).toHaveLength(1);
    expect(lines.length).toBeLessThan(longest + 120);
  }
});
