import { describe, expect, test } from "vitest";
import type { Board, Lane } from "../core/model/report.ts";
import { boardDocument } from "./markdown.ts";
import { renderMarkdown } from "./write-markdown.ts";

const head = { number: 3, title: "Sprint 3", timeZone: "Europe/Berlin", asked: "end" };
const card = { number: 7, title: "Task", url: "", size: "M", days: 0.5, labels: [], assignees: [] };
const shown = (lane: Partial<Lane>, more: Partial<Board> = {}) =>
  renderMarkdown(
    boardDocument(head, {
      at: "2024-05-10T22:00:00.000Z",
      lanes: [{ name: "Backlog", role: "backlog", days: 0, cards: [], hidden: 0, ...lane }],
      ...more,
    }),
  );

describe("a lane of a board in Markdown", () => {
  test("is empty only where nothing of it is left out either", () => {
    expect(shown({})).toContain("Empty.");
    const hidden = shown({ hidden: 3 });
    expect(hidden).toContain("3 tasks");
    expect(hidden).not.toMatch(/Empty|more/);
    expect(shown({ hidden: 1 })).toContain("1 task\n");
  });

  test("says how many more there are than it lists", () => {
    expect(shown({ cards: [card], days: 0.5, hidden: 41 })).toContain("and 41 more");
    expect(shown({ cards: [card], days: 0.5 })).not.toContain("more");
  });

  test("has a sum where any task has an estimate, in what sizes count", () => {
    expect(shown({ cards: [card], days: 0.5 })).toContain("## Backlog (0.5 days)");
    expect(shown({ cards: [{ ...card, days: 1 }], days: 1 }, { unit: "points" })).toContain("(1 point)");
    expect(shown({ cards: [{ ...card, size: null, days: null }] })).toContain("## Backlog\n");
  });
});

test("the board's instant is told in the team's zone", () => {
  expect(shown({})).toContain("Board as of 2024-05-11 00:00 (Europe/Berlin).");
});
