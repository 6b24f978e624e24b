import { describe, expect, it } from "vitest";
import type { DebtCard, DebtLedger, Report } from "../../core/model/report.ts";
import { makeReport } from "../../testing/make-report.ts";
import { debtDocument } from "../markdown.ts";
import { renderMarkdown } from "../write-markdown.ts";
import { debtSection, renderDebt } from "./debt.ts";
import { renderReport } from "./report.ts";

const base = makeReport({ number: 3, cards: 2 });

const card = (number: number, more: Partial<DebtCard> = {}): DebtCard => ({
  number,
  title: `Debt ${number}`,
  url: `https://github.com/a/b/issues/${number}`,
  size: "M",
  days: 0.5,
  labels: ["technical debt"],
  assignees: [],
  openedAt: "2026-02-03T08:00:00.000Z",
  paidAt: null,
  ...more,
});

function withDebt(ledger: Partial<DebtLedger>, provenance: Report["provenance"] = {}): Report {
  const openCards = ledger.openCards ?? [];
  const debt: DebtLedger = {
    opened: [],
    paid: [],
    dropped: [],
    openCards,
    open: openCards.length,
    net: 0,
    daysOwed: 0.5 * openCards.length,
    unestimated: 0,
    ages: openCards.length === 0 ? { p50: null, p85: null, p95: null } : { p50: 1, p85: 12.4, p95: 12.6 },
    ...ledger,
  };
  return { ...base, provenance: { ...base.provenance, ...provenance }, debt };
}

const markdown = (...reports: Report[]): string => renderMarkdown(debtDocument(reports));
/** One line of text, as a reader takes wrapped lines. */
const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("a sprint's debt", () => {
  it("says none where there is nothing to say, and no age", () => {
    const text = debtSection(withDebt({}));
    expect(text).toMatch(/Technical debt.*none/);
    expect(text).not.toMatch(/age|percentile/i);
  });

  it("marks each move by its kind, and counts those that there are", () => {
    const text = debtSection(
      withDebt({
        opened: [card(7), card(8)],
        paid: [card(9, { paidAt: base.sprint.end })],
        openCards: [card(7), card(8)],
        net: 1,
      }),
    );
    expect(text).toMatch(/opened +7 +Debt 7/);
    expect(text).toMatch(/resolved +9 +Debt 9/);
    expect(flat(text)).toContain("2 opened, 1 resolved, 2 remaining (1 day)");
    expect(text).not.toContain("dropped");
  });

  it("names dropped debts, and counts them", () => {
    const dropped = { ...card(4), reason: "duplicate", droppedAt: base.sprint.end, droppedEventId: null };
    const text = debtSection(withDebt({ dropped: [dropped] }));
    expect(text).toMatch(/dropped +4 +Debt 4/);
    expect(flat(text)).toContain("1 dropped");
  });

  it("tells ages as percentiles in whole days, one day as one, and claims no bound", () => {
    const text = flat(debtSection(withDebt({ openCards: [card(7)] })));
    expect(text).toContain("median age 1 day, 95th percentile 13 days.");
    expect(text).not.toMatch(/younger|than|at most/);
  });

  it("of a report that was frozen before debts could be dropped counts none", () => {
    const { dropped: _, ...debt } = withDebt({ opened: [card(7)], openCards: [card(7)] }).debt;
    expect(flat(debtSection({ ...base, debt }))).toContain("1 opened, 0 resolved, 1 remaining");
  });

  it("that has no estimate costs nobody knows what, not 0 days", () => {
    const text = flat(
      debtSection(
        withDebt({ openCards: [card(7, { size: null, days: null })], unestimated: 1, daysOwed: 0 }),
      ),
    );
    expect(text).toContain("1 remaining (no estimates)");
    expect(text).not.toContain("0 days");
  });
});

describe("how the history of a debt is known", () => {
  const doubtful = withDebt(
    {
      opened: [card(7, { provenance: "inferred" })],
      openCards: [card(7, { provenance: "inferred" }), card(8)],
    },
    { debtOpened: "inferred", debtPaid: "replayed", debtOpen: "unknown", daysOwed: "unknown" },
  );
  const sure = withDebt(
    { openCards: [card(8)] },
    { debtOpened: "replayed", debtOpen: "replayed", daysOwed: "replayed" },
  );

  it.each([
    ["terminal", flat(renderDebt([sure, doubtful]))],
    ["Markdown", flat(markdown(sure, doubtful))],
  ])("stands below the ledger in %s, for the sprints and figures that are in doubt", (_, text) => {
    const told = "debt opened (inferred), debt remaining (unknown), size of the debt (unknown)";
    expect(text.toLowerCase()).toContain("not fully replayed from events");
    expect(text).toContain(told);
    expect(text.match(/not fully replayed/gi)).toHaveLength(1);
    expect(text).not.toContain("debt resolved (");
  });

  it.each([
    ["terminal", renderDebt([doubtful])],
    ["Markdown", markdown(doubtful)],
  ])("stands behind the open debt that it is of in %s", (_, text) => {
    const lines = text.split("\n");
    expect(lines.filter((line) => line.includes("Debt 7"))).toEqual([expect.stringContaining("(inferred)")]);
    expect(lines.filter((line) => line.includes("Debt 8"))).toEqual([
      expect.not.stringContaining("inferred"),
    ]);
  });

  it("is told in the report beside the figures of effort", () => {
    const text = flat(renderReport(doubtful));
    expect(text).toMatch(/Not fully replayed from events:.*debt opened.*\(inferred\)/);
    expect(text).toMatch(/debt remaining, size of the debt \(unknown\)/);
  });

  it("is not told where all of it is replayed, nor of a report that does not know", () => {
    for (const report of [sure, withDebt({ openCards: [card(8)] })])
      for (const text of [renderDebt([report]), markdown(report)]) expect(text).not.toMatch(/not fully/i);
  });

  it("fits into the width", () => {
    for (const width of [60, 80, 100])
      for (const line of renderDebt([sure, doubtful], { width }).split("\n"))
        expect(line.length, line).toBeLessThanOrEqual(width);
  });
});

describe("the ledger of no sprint", () => {
  it("says that there are none", () => {
    expect(renderDebt([])).toBe("There are no sprints yet.\n");
    expect(markdown()).toContain("# Technical debt");
  });
});
