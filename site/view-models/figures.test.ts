import fc from "fast-check";
import { effortSection, figures } from "sprintcast/render";
import { makeReport } from "sprintcast/testing";
import { english, wordsOf } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { figureOf, layOut, sumOf, trustOf } from "./figures.ts";

const report = makeReport({ number: 2, cards: 25 });

describe("figureOf", () => {
  it("carries the value, its explanation and no doubt when replayed", () => {
    const figure = figureOf(report, "committed", english);
    expect(figure.value).toBe(report.effort.committed);
    expect(figure.rows).toEqual(report.explanations.committed);
    expect(figure.doubt).toBeNull();
  });

  it("says so when a figure is not replayed", () => {
    expect(figureOf(report, "actual", english).doubt).toMatch(/not replayed/);
  });

  it("keeps unknown apart from nothing", () => {
    const none = { ...report, effort: { ...report.effort, actual: null, sayDo: null, frozen: 0 } };
    expect(figureOf(none, "actual", english).text).toBe("—");
    expect(figureOf(none, "sayDo", english).text).toBe("—");
    expect(figureOf(none, "frozen", english).text).toBe("0");
  });

  it("rests a figure that is made of others on their rows", () => {
    const { completed = [], committed = [] } = report.explanations;
    expect(figureOf(report, "sayDo", english).rows).toEqual([
      ...completed.map((row) => ({ ...row, part: "numerator" })),
      ...committed.map((row) => ({ ...row, part: "denominator" })),
    ]);
  });
});

describe("sumOf", () => {
  it("shows the identity: the signed terms add up to the final scope", () => {
    const terms = sumOf(report, english).terms;
    const total = terms
      .slice(0, -1)
      .reduce((sum, { sign, figure }) => sum + (sign === "−" ? -1 : 1) * (figure.value ?? 0), 0);
    expect(total).toBeCloseTo(report.effort.final, 2);
  });

  it("draws outcomes end to end and never past the bar", () => {
    for (const bar of sumOf(report, english).bars) {
      let x = 0;
      for (const part of bar.segments) {
        expect(part.x).toBeCloseTo(x, 9);
        x += part.width;
      }
      expect(x).toBeLessThanOrEqual(100 + 1e-9);
    }
  });

  it("has no capacity mark when the team gave none", () => {
    expect(
      sumOf({ ...report, sprint: { ...report.sprint, capacityDays: null } }, english).capacity,
    ).toBeNull();
  });

  it("stands an empty sprint", () => {
    const empty = makeReport({ number: 1, cards: 0 });
    expect(sumOf(empty, english).bars.flatMap((bar) => bar.segments)).toEqual([]);
  });
});

describe("layOut and trustOf", () => {
  it("leaves out empty parts", () => {
    expect(
      layOut(
        [
          { key: "a", label: "a", days: 0 },
          { key: "b", label: "b", days: 2 },
        ],
        4,
      ),
    ).toEqual([{ key: "b", label: "b", days: 2, x: 0, width: 50 }]);
  });

  it("counts what is not replayed", () => {
    expect(trustOf(report, english)).toEqual({ sure: 3, all: 4, doubted: ["actual effort"] });
  });
});

describe("the same value as in the terminal", () => {
  const amount = fc.oneof(
    fc.double({ min: -99, max: 99, noNaN: true }),
    fc.constantFrom(0, 0.001, -0.001, 0.005, -0.005),
  );

  it("has the same label, text and definition here", () => {
    fc.assert(
      fc.property(amount, (value) => {
        const { effort } = report;
        const one = { ...report, effort: { ...effort, committed: value, reestimated: value, frozen: value } };
        const lines = effortSection(one)
          .split("\n")
          .map((line) => line.trim().replace(/^± /, ""));
        for (const key of ["committed", "reestimated", "frozen"] as const) {
          const { label, text, definition } = figureOf(one, key, english);
          expect(lines.find((line) => line.startsWith(label))?.split(/ {2,}/)[1]).toBe(text);
          expect(text).not.toMatch(/^[+−]0$|-/);
          expect(definition).toBe(figures[key].definition);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("the sum of a sprint's scope", () => {
  const report = makeReport({ number: 1, cards: 9 });
  const changed = (reestimated: number) => {
    const { committed, added, removed } = report.effort;
    const final = committed + added + reestimated - removed;
    return { ...report, effort: { ...report.effort, reestimated, final } };
  };

  it.each([undefined, "points"] as const)("has all of its terms where sizes count %s", (unit) => {
    const { terms } = sumOf({ ...changed(-0.4), ...(unit && { unit }) }, english);
    const signed = terms.map(({ sign, figure }) => {
      const amount = Math.abs(figure.value ?? Number.NaN);
      return sign === "−" ? -amount : amount;
    });
    expect(signed.slice(0, -1).reduce((sum, term) => sum + term, 0)).toBeCloseTo(signed.at(-1) ?? Number.NaN);
  });

  it.each(["en-GB", "de-DE", "ar-EG", "fa-IR", "he-IL", "sv-SE"])("writes one sign in %s", (locale) => {
    const words = wordsOf(locale);
    for (const [value, sign] of [
      [-0.4, "−"],
      [0.4, "+"],
    ] as const) {
      const term = sumOf(changed(value), words).terms[2];
      expect([term?.figure.key, term?.sign]).toEqual(["reestimated", sign]);
      expect(term?.figure.text).toMatch(/^\p{Nd}/u);
    }
  });
});
