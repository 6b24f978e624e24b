import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Board, Card, Lane } from "../../core/model/report.ts";
import { renderBoard } from "./board.ts";

const card = (number: number, more: Partial<Card> = {}): Card => ({
  number,
  title: `Task ${number}`,
  url: "",
  size: "M",
  days: 0.5,
  labels: [],
  assignees: [],
  ...more,
});

const roles = {
  Backlog: "backlog",
  Sprint: "sprint",
  Doing: "progress",
  Done: "done",
  Freezebox: "freezebox",
} as const;
const lane = (name: keyof typeof roles, cards: Card[], more: Partial<Lane> = {}): Lane => ({
  name,
  role: roles[name],
  days: cards.reduce((sum, { days }) => sum + (days ?? 0), 0),
  cards,
  hidden: 0,
  ...more,
});
const boardOf = (lanes: Lane[], more: Partial<Board> = {}): Board => ({
  at: "2024-05-10T22:00:00.000Z",
  lanes,
  ...more,
});

const head = { number: 3, title: "Sprint 3", timeZone: "Europe/Berlin", asked: "end" };
const shown = (board: Board, width = 80, more: Partial<typeof head> = {}) =>
  renderBoard({ ...head, ...more }, board, { width });

describe("the head", () => {
  test.each([
    ["end", "The board at its end, 2024-05-11 00:00 Europe/Berlin"],
    ["start", "The board at its start, 2024-05-11 00:00 Europe/Berlin"],
    ["2024-05-10T22:00Z", "The board at 2024-05-11 00:00 Europe/Berlin"],
  ])("asked for %s: %s", (asked, text) => {
    expect(shown(boardOf([]), 80, { asked }).split("\n").slice(0, 2)).toEqual(["Sprint 3", text]);
  });

  test("on the night when the clock goes back, both hours are told with the zone's own time", () => {
    const at = (instant: string) => shown(boardOf([], { at: instant })).split("\n")[1];
    expect(at("2024-10-27T00:30:00Z")).toContain("2024-10-27 02:30");
    expect(at("2024-10-27T01:30:00Z")).toContain("2024-10-27 02:30");
    expect(at("2024-10-27T02:30:00Z")).toContain("2024-10-27 03:30");
  });
});

describe("a lane", () => {
  const lineWith = (text: string, part: string) => text.split("\n").find((line) => line.includes(part)) ?? "";

  test("counts what is hidden as well, and says how much that is", () => {
    const text = shown(boardOf([lane("Backlog", [card(1)], { hidden: 41 }), lane("Done", [])]));
    expect(lineWith(text, "tasks")).toContain("42 tasks, 0.5 d");
    expect(text).toContain("and 41 more");
  });

  test("of which all is hidden is not empty", () => {
    for (const width of [30, 80]) {
      const text = shown(boardOf([lane("Backlog", [], { hidden: 3 })]), width);
      expect(text).toContain("3 tasks");
      expect(text).toContain("and 3 more");
      expect(text).not.toContain("empty");
    }
  });

  test("has no sum where none of its tasks has an estimate, and 0 where a parent counts by its sub-issues", () => {
    const bare = shown(boardOf([lane("Sprint", [card(1, { size: null, days: null })])]));
    expect(lineWith(bare, "1 task").trim()).toBe("1 task");
    const parent = shown(boardOf([lane("Sprint", [card(1, { days: 0, bySubIssues: true })])]));
    expect(lineWith(parent, "1 task").trim()).toBe("1 task, 0 d");
  });

  test("is told in points where sizes count those, and one of them is no plural", () => {
    const points = (days: number) =>
      shown(boardOf([lane("Sprint", [card(1, { days })])], { unit: "points" }));
    expect(points(1)).toContain("1 task, 1 point");
    expect(points(3)).toContain("1 task, 3 points");
  });

  test("of dropped work stands below the others, and not at all where it is empty", () => {
    const lanes = [lane("Freezebox", [card(9)]), lane("Sprint", [card(1)]), lane("Done", [])];
    const text = shown(boardOf(lanes));
    expect(text.indexOf("Freezebox")).toBeGreaterThan(text.indexOf("#1"));
    expect(shown(boardOf([lane("Freezebox", []), lane("Sprint", [card(1)])]))).not.toContain("Freezebox");
  });
});

test("a card says what it is, what it waits for, and that it has no size", () => {
  const text = shown(
    boardOf([lane("Sprint", [card(7, { size: null, days: null, type: "Bug", blockedBy: [3, "a/b#4"] })])]),
  );
  for (const part of ["#7", "Bug", "no size", "Task 7", "blocked by #3, a/b#4"]) expect(text).toContain(part);
});

test("a lane of a line to a card has no room for a size that there is none of", () => {
  const many = Array.from({ length: 25 }, (_, index) =>
    card(index + 1, index === 0 ? { size: null, days: null } : {}),
  );
  const lines = shown(boardOf([lane("Sprint", many), lane("Done", [])])).split("\n");
  expect(lines.find((line) => line.startsWith("#1 "))?.trimEnd()).toBe("#1 Task 1");
  expect(lines.find((line) => line.startsWith("#2 "))?.trimEnd()).toMatch(/^#2 Task 2 +M$/);
});

describe("every line fits, and every card is there", () => {
  const ref = (number: number) => `a-very-long-name-of-a-repository#${number}`;
  const hostile: Partial<Card>[] = [
    { title: "デプロイする前にすべてのセンサーの読み取り値を確認してください" },
    { title: "x".repeat(200) },
    { title: "\u001b[31mred\u001b[0m \u202eevil\nline" },
    { size: "a size with a very long name indeed" },
    { type: "型".repeat(20) },
    { blockedBy: ["another-organisation/another-repository-with-a-long-name#123456"] },
    { assignees: ["somebody-with-a-long-login", "ana", "ben"] },
    { title: "" },
  ];
  const cards = (from: number, count: number, isFar: boolean) =>
    Array.from({ length: count }, (_, index) =>
      card(from + index, {
        ...hostile[index % hostile.length],
        ...(isFar ? { ref: ref(from + index) } : {}),
      }),
    );

  test.each([
    [36, 8],
    [40, 8],
    [60, 8],
    [80, 8],
    [80, 30],
    [120, 30],
    [200, 8],
  ])("in %d columns, %d cards to a lane", (width, count) => {
    // In fewer columns the name of a far repository alone takes most of a line.
    for (const isFar of width < 80 ? [false] : [false, true]) {
      const board = boardOf([
        lane("Backlog", cards(100, count, isFar)),
        lane("Sprint", cards(200, count, isFar)),
        lane("Doing", []),
        lane("Done", cards(300, count, isFar)),
        lane("Freezebox", cards(400, 3, isFar)),
      ]);
      const text = shown(board, width);
      for (const line of text.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      if (!isFar) for (const from of [100, 200, 300]) expect(text).toContain(`#${from + count - 1}`);
    }
  });
});
