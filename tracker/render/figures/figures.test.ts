import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report } from "../../core/model/report.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import { english } from "../../words/words.ts";
import { tableOfEffort } from "../charts/charts.ts";
import { figureNodes } from "../directives/figures.ts";
import { effortSection } from "../text/effort.ts";
import { renderMarkdown } from "../write-markdown.ts";
import {
  capital,
  definitionIn,
  doubtfulIn,
  type FigureKey,
  figureGroups,
  figureKeys,
  figures,
  figuresIn,
  nameOf,
  numberText,
  owedText,
  rowsNote,
  shortOf,
  titleOf,
  toldIn,
  valueText,
} from "./figures.ts";

const report = makeReport({ number: 2, cards: 25 });
const all = figureKeys.map((key) => figures[key]);
const inTasks: Report = { ...report, effort: { ...report.effort, unestimated: report.effort.counts } };

describe("the table of figures", () => {
  test("has a figure for every number under effort, with that number", () => {
    const { counts, unestimated, ...numbers } = report.effort;
    for (const [key, value] of Object.entries(numbers))
      expect(figures[key as FigureKey].value(report), key).toBe(value);
  });

  test("tells no two figures by the same words", () => {
    const bare = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
    const words = figureKeys.flatMap((key) => [
      ...new Set([key, nameOf(key), figures[key].label, titleOf(figures[key])].map(bare)),
    ]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test("defines each in one sentence", () => {
    for (const { definition, definitionInTasks } of all)
      for (const sentence of [definition, definitionInTasks ?? definition])
        expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  });

  test("speaks of no estimates where tasks are counted", () => {
    for (const figure of all.filter(({ unit }) => unit === "work"))
      expect(definitionIn(figure, inTasks)).not.toContain("stimates");
  });

  test("has each figure in one group", () => {
    expect(figureGroups.flatMap(({ keys }) => keys).toSorted()).toEqual(figureKeys.toSorted());
  });

  test("rests every figure made of others on their rows, in their order", () => {
    for (const figure of all) {
      const named = figure.rowsOf?.filter((key): key is FigureKey => key in figures) ?? [];
      expect(named).toHaveLength(figure.rowsOf?.length ?? 0);
      if (named.length > 0)
        expect(figure.rows(report).map(({ part: _, ...row }) => row)).toEqual(
          named.flatMap((key) => figures[key].rows(report)),
        );
    }
    expect(rowsNote(figures.sayDo)).toBe(" The rows are those of completed, then committed.");
    expect(rowsNote(figures.committed)).toBe("");
  });

  test("calls dropped work dropped, whatever its key", () => {
    const words = all.flatMap(({ label, title, short, name, definition, definitionInTasks, more }) =>
      [label, title, short, name, definition, definitionInTasks, more].join(" "),
    );
    expect(words.join(" ")).not.toMatch(/froze/i);
    expect([nameOf("frozen"), figures.frozen.label]).toEqual(["dropped", "dropped"]);
  });
});

test("no other source has a label, a title or a definition of its own", () => {
  const root = join(import.meta.dirname, "../../..");
  const sources = ["tracker/render", "tracker/commands", "tracker/reports", "site"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((path) => join(room, path)),
  );
  const isOutput = /^(?!tracker\/render\/figures\/)(?!.*(\.test\.ts|\/testing\/|\/bench\/)).*\.(ts|astro)$/;
  // One plain word may be anything; these are surely the figure.
  const words = all
    .flatMap(({ label, title, definition }) => [label, title ?? "", definition])
    .filter((text) => /[ /-]/.test(text))
    .map((text) => text.toLowerCase());
  const second = sources
    .filter((path) => isOutput.test(path))
    .flatMap((path) => {
      const code = readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/gm, "");
      return words.filter((word) => code.toLowerCase().includes(word)).map((word) => `${path}: ${word}`);
    });
  expect(second).toEqual([]);
});

describe("a value with its unit", () => {
  test.each([
    ["committed", `${report.effort.committed} man-days`],
    ["sayDo", `${Math.round((report.effort.sayDo ?? 0) * 100)}%`],
    ["unexpected", `${report.unexpected.length} tasks`],
    ["debtOpened", `${report.debt.opened.length} debt items`],
  ] as const)("%s is %s", (key, text) => expect(valueText(figures[key], report)).toBe(text));

  test("counts tasks where no task has an estimate", () => {
    expect(valueText(figures.committed, inTasks)).toBe(`${report.effort.counts.committed} tasks`);
  });

  test("is a dash where it is unknown; so is what debts without any estimate cost", () => {
    const unknown = { ...report, effort: { ...report.effort, actual: null, estimationError: null } };
    expect([figures.actual, figures.estimationError].map((one) => valueText(one, unknown))).toEqual([
      "—",
      "—",
    ]);
    const unsized = { ...report, debt: { ...report.debt, open: 2, daysOwed: 0, unestimated: 2 } };
    expect(valueText(figures.daysOwed, unsized)).toBe("—");
    expect(owedText(unsized.debt)).toBe("no estimates");
    expect(owedText({ open: 2, daysOwed: 0.5, unestimated: 1 })).toBe("0.5 days, 1 without an estimate");
  });
});

/** Label to text, as an output's table has it. */
const pairs = (lines: string[], cells: (line: string) => string[]): Map<string, string> =>
  new Map(lines.map(cells).flatMap(([label, value]) => (label && value ? [[label, value]] : [])));

const inTerminal = (one: Report) =>
  pairs(effortSection(one).split("\n"), (line) =>
    line
      .trim()
      .replace(/^[+±−=] /, "")
      .split(/ {2,}/),
  );

const inMarkdown = (one: Report) => {
  const children = figureNodes({ name: "effort" }, one, { links: false });
  return pairs(renderMarkdown({ type: "root", children }).split("\n"), (line) =>
    line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim()),
  );
};

const amount = fc.oneof(
  fc.double({ min: -99, max: 99, noNaN: true }),
  fc.constantFrom(0, 0.001, -0.001, 0.004, -0.004, 0.005, -0.005),
);

describe("the effort in every output", () => {
  const shown = [
    "committed",
    "added",
    "reestimated",
    "removed",
    "final",
    "completed",
    "frozen",
    "actual",
  ] as const;

  test("is called by the table, and has the same text for the same value", () => {
    fc.assert(
      fc.property(fc.record(Object.fromEntries(shown.map((key) => [key, amount]))), (values) => {
        const one: Report = { ...report, effort: { ...report.effort, ...values } };
        const [terminal, markdown] = [inTerminal(one), inMarkdown(one)];
        for (const key of shown) {
          const text = numberText(figures[key], values[key] ?? null);
          expect(terminal.get(figures[key].label), key).toBe(text);
          expect(markdown.get(titleOf(figures[key])), key).toBe(text);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("says dropped and not frozen, also in the chart's table", () => {
    for (const text of [
      effortSection(report),
      ...inMarkdown(report).keys(),
      ...tableOfEffort(report).rows.flat(),
    ])
      expect(String(text)).not.toMatch(/froze/i);
    expect(tableOfEffort(report).rows.map(([label]) => label)).toContain(shortOf(figures.frozen));
    expect(inMarkdown(report).keys()).toContain(capital(figures.frozen.label));
  });
});

describe("how figures are known", () => {
  test("names those that are not replayed as explain does", () => {
    const doubted: Report = {
      ...report,
      provenance: { frozen: "inferred", boards: "observed", committed: "replayed" },
    };
    expect(doubtfulIn(doubted)).toEqual([
      { name: "dropped", label: "dropped", provenance: "inferred" },
      { name: "boards", label: "boards", provenance: "observed" },
    ]);
    expect(toldIn(doubted)).toHaveLength(3);
  });

  test("leaves out what needs estimates where tasks are counted", () => {
    const doubted: Report = { ...inTasks, provenance: { reestimated: "inferred", final: "inferred" } };
    expect(doubtfulIn(doubted).map(({ label }) => label)).toEqual(["final scope"]);
  });
});

test("while a sprint runs, nothing is said of its end where a list heads its page", () => {
  for (const words of [english, wordsOf("de", {})]) {
    const { carriedOver, unexpected } = figuresIn(words);
    for (const figure of [carriedOver, unexpected]) {
      expect(definitionIn(figure, report)).toBe(figure.definition);
      expect(definitionIn(figure, { ...report, asOf: report.sprint.start })).not.toMatch(
        /at its end|am Ende/,
      );
    }
  }
});
