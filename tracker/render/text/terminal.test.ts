import fc from "fast-check";
import stringWidth from "string-width";
import { expect, it } from "vitest";
import wrapAnsi from "wrap-ansi";
import { createPaint, renderTable, safeLines, safeText, widthOf, wrapCell } from "./terminal.ts";

const columns = [
  { title: "#", align: "right" as const },
  { title: "Task", flexible: true },
  { title: "Days", align: "right" as const },
];

it("lays columns out without borders, numbers to the right", () => {
  expect(
    renderTable(columns, [
      ["1", "Deploy", "0.5"],
      ["12", "Write it down", "10"],
    ]),
  ).toBe(
    [
      " #  Task           Days",
      "──  ─────────────  ────",
      " 1  Deploy          0.5",
      "12  Write it down    10",
    ].join("\n"),
  );
});

it("wraps the flexible column, and keeps the others whole", () => {
  const text = renderTable(columns, [["123456", "word ".repeat(30).trim(), "1234.56"]], { width: 40 });
  for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(40);
  expect(text).toContain("123456");
  expect(text).toContain("1234.56");
  expect(text).toContain("…");
});

it("aligns wide characters, emoji and combining marks as terminals show them", () => {
  const rows = [
    ["1", "デプロイする", "1"],
    ["2", "👩‍👩‍👧 family 🫠", "22"],
    ["3", "e\u0301te\u0301", "333"],
  ];
  const ends = renderTable(columns, rows)
    .split("\n")
    .slice(2)
    .map((line) => stringWidth(line));
  expect(new Set(ends).size).toBe(1);
});

it("sets cells one below the other where no columns fit, and cuts no number", () => {
  const rows = [
    ["123456", "Deploy the service", "1234567.89"],
    ["7", "", "0.5"],
  ];
  expect(renderTable(columns, rows, { width: 20 }).split("\n")).toEqual([
    ...["# 123456", "Task: Deploy the", "service", "Days: 1234567.89"],
    ...["", "# 7", "Days: 0.5"],
  ]);
  const untitled = columns.map((column) => ({ ...column, title: "" }));
  expect(renderTable(untitled, rows, { width: 24, indent: 2 }).split("\n")).toEqual([
    ...["  123456  Deploy the", "  service  1234567.89", "  7  0.5"],
  ]);
});

it("never exceeds the width, whatever the titles are", () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 200 }).map(safeText);
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 8 }), fc.integer({ min: 40, max: 120 }), (titles, width) => {
      const text = renderTable(
        columns,
        titles.map((title, i) => [String(i), title, "0.5"]),
        { width },
      );
      for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

it.each([
  ["\u001b[31mred\u001b[0m", "\uFFFD[31mred\uFFFD[0m"],
  ["\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD"],
  ["\u009b2Jgone", "\uFFFD2Jgone"],
  ["a\u202Egnp.exe", "a\uFFFDgnp.exe"],
  ["a\u2066b\u2069", "a\uFFFDb\uFFFD"],
  ["two\r\nlines\tand a tab", "two lines and a tab"],
  ["\u2028x\u0000\u007f", " x\uFFFD\uFFFD"],
  ["\uD800 alone", "\uFFFD alone"],
  ["مرحبا שלום 👩‍👩‍👧 日本", "مرحبا שלום 👩‍👩‍👧 日本"],
  ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
])("makes %j harmless", (hostile, safe) => {
  expect(safeText(hostile)).toBe(safe);
});

it("leaves no control character, escape or direction mark in any text", () => {
  const anything = fc.string({ unit: "binary", maxLength: 60 });
  const marks = fc.constantFrom(
    "\u001b",
    "\u009b",
    "\u202e",
    "\u2067",
    "\u200f",
    "\r",
    "\n",
    "\u0085",
    "\ufeff",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, marks)), (parts) => {
      expect(safeText(parts.join(""))).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(safeLines(parts.join("")).replaceAll("\n", "")).not.toMatch(
        /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
      );
    }),
  );
});

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("terminal %s with %o paints: %s", (isTerminal, env, painted) => {
  expect(createPaint(isTerminal, env)("red", "x") !== "x").toBe(painted);
});

// What is told apart as plain, and its neighbours that are not.
const near = fc.constantFrom(
  ...Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code)),
  ..."–—‘’“”…→−─│█▏▟■★ﬁか👍\u200d\u0301\ufe0f\u200b",
);

it("measures as string-width does, whether a text is plain or not", () => {
  for (let code = 0; code <= 0xffff; code++) {
    const one = String.fromCharCode(code);
    expect(widthOf(one), code.toString(16)).toBe(stringWidth(one));
  }
  fc.assert(
    fc.property(fc.array(near, { maxLength: 12 }), (list) => {
      expect(widthOf(list.join(""))).toBe(stringWidth(list.join("")));
    }),
    { numRuns: 2000 },
  );
});

it("wraps as wrap-ansi does, whether a text is plain or not", () => {
  const some = fc.constantFrom(
    "a",
    "bc",
    "word",
    "longer",
    "a-very-long-word",
    "",
    "▏█",
    "\u001b[1mx\u001b[22m",
  );
  const text = fc.array(fc.oneof(some, near), { maxLength: 12 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 24 }), (cell, width) => {
      expect(wrapCell(cell, width)).toEqual(wrapAnsi(cell, width, { hard: true }).split("\n"));
    }),
    { numRuns: 2000 },
  );
});
