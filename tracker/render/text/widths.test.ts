import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { Report } from "../../core/model/report.ts";
import { tallyOf } from "../../core/report/promises.ts";
import { makeFlow, makeForecast } from "../../testing/flow-on.ts";
import { makeReport } from "../../testing/make-report.ts";
import { figureKeys, figures, valueText } from "../figures/figures.ts";
import { renderBoard } from "./board.ts";
import { renderDebt } from "./debt.ts";
import { type Explained, renderExplanation } from "./explain.ts";
import { renderFlow } from "./flow.ts";
import { renderForecast } from "./forecast.ts";
import { renderPromises } from "./promises.ts";
import { renderReport } from "./report.ts";
import type { TableOptions } from "./terminal.ts";

const hostile = [
  "Deploy the service",
  "word ".repeat(2000),
  "x".repeat(10_000),
  "\u001b[31mred\u001b[0m\r\nsecond line\ttab\u202e",
  "日本語のとても長い題名".repeat(9),
  "👩‍👩‍👧 a family 🫠 and e\u0301 marks ".repeat(4),
  "=1+1 | `code` <script>alert(1)</script>",
];
const title = (index: number): string => hostile[index % hostile.length] ?? "";
const report: Report = makeReport({ number: 12, cards: 30, title });
const told: Report = {
  ...report,
  sprint: {
    ...report.sprint,
    title: title(1),
    goal: `${title(2)}\n${title(4)}`,
    team: "a-team-of-a-long-name",
  },
  kalm: {
    ...report.kalm,
    keep: hostile.map((text) => ({ text, from: 12, issue: null })),
    followUp: hostile.map((text) => ({ text, from: 1, issue: null, kind: "keep", kept: null, age: 11 })),
  },
  restatements: [
    { at: report.asOf, note: title(5), changes: [{ figure: "effort.completed", frozen: 1, now: null }] },
  ],
};
const explained = (key: (typeof figureKeys)[number]): Explained => ({
  sprint: 12,
  team: "a-team-of-a-long-name",
  figure: key,
  label: figures[key].label,
  value: valueText(figures[key], told),
  definition: figures[key].definition,
  rows: figures[key].rows(told),
  timeZone: "America/Argentina/ComodRivadavia",
});
const head = { number: 12, title: title(1), timeZone: "Europe/Vienna", asked: "end" };
const flow = makeFlow(title);
const promises = told.kalm.followUp.map((entry) => ({ ...entry, kind: "keep" as const, answeredIn: null }));

const outputs: Record<string, (look: TableOptions) => string> = {
  report: (look) => renderReport(told, look),
  "a running report": (look) => renderReport({ ...told, asOf: told.sprint.start }, look),
  board: (look) => renderBoard(head, told.boards.start, look),
  debt: (look) => renderDebt([told, { ...told, sprint: { ...told.sprint, number: 13 } }], look),
  flow: (look) => renderFlow({ ...flow, sprint: { number: 12, title: title(1), running: true } }, look),
  forecast: (look) =>
    renderForecast(makeForecast(flow, [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 6, 4, 5], title(1)), look),
  kalm: (look) => renderPromises(promises, tallyOf(promises), look),
};

describe.each([24, 40, 80, 120, 200])("at %d columns", (width) => {
  test.each(Object.entries(outputs))(
    "no line of %s is longer, nor holds what a terminal would obey",
    (_, draw) => {
      const text = draw({ width });
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
      for (const line of text.split("\n")) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    },
  );

  test("no line of any explanation is longer", () => {
    for (const key of figureKeys)
      for (const line of renderExplanation(explained(key), { width }).split("\n"))
        expect(stringWidth(line), `${key}: ${line}`).toBeLessThanOrEqual(width);
  });
});
