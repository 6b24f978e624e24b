import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effort, Report } from "../../core/model/report.ts";
import { labelsOf } from "../../testing/chart-labels.ts";
import { makeReport } from "../../testing/make-report.ts";
import { wordsOf } from "../../words/languages.ts";
import { renderCapacity, renderEffort, tableOfCapacity, tableOfEffort } from "./charts.ts";

const base = makeReport({ number: 3, cards: 4 });

const reportOf = (effort: Partial<Effort>, more: Partial<Report> = {}): Report => ({
  ...base,
  ...more,
  sprint: { ...base.sprint, capacityDays: null, ...more.sprint },
  effort: { ...base.effort, ...effort },
});

/** 4 committed + 2 added − 1 re-estimated − 1 removed = 4, of which 2 are done and 1 is dropped. */
const sum: Partial<Effort> = {
  committed: 4,
  added: 2,
  reestimated: -1,
  removed: 1,
  final: 4,
  completed: 2,
  frozen: 1,
  notCompleted: 1,
  actual: 3,
  sayDo: 0.5,
};

interface Bar {
  told: string;
  left: number;
  right: number;
}

/** The bars of a chart with what is said of each. */
const barsIn = (svg: string): Bar[] =>
  [...svg.matchAll(/<g><title>([^<]*)<\/title><rect x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map(
    ([, told = "", x, width]) => ({ told, left: Number(x), right: Number(x) + Number(width) }),
  );

const titlesIn = (svg: string): { title: string; desc: string } => {
  const [, title = "", desc = ""] =
    /<title id="a-title">([^<]*)<\/title><desc id="a-desc">([^<]*)<\/desc>/.exec(svg) ?? [];
  return { title, desc };
};

describe("the bars of effort", () => {
  const svg = renderEffort(reportOf(sum), { id: "a" });
  const bars = barsIn(svg);
  const at = (name: string): Bar => {
    const found = bars.find(({ told }) => told.startsWith(`${name}:`));
    if (found === undefined) throw new Error(`no bar ${name} among ${bars.map(({ told }) => told).join()}`);
    return found;
  };

  it("say each figure with its sign and its unit, one in the singular", () => {
    expect(bars.map(({ told }) => told)).toEqual([
      "committed: 4 man-days",
      "added: +2 man-days",
      "re-estimated: −1 man-day",
      "removed: −1 man-day",
      "final scope: 4 man-days",
      "completed: 2 man-days",
      "dropped: 1 man-day",
      "not completed: 1 man-day",
      "actual effort: 3 man-days",
    ]);
  });

  it("begin where the one above ends, so that the sum is seen", () => {
    expect(at("added").left).toBeCloseTo(at("committed").right, 0);
    expect(at("re-estimated").right).toBeCloseTo(at("added").right, 0);
    expect(at("removed").right).toBeCloseTo(at("re-estimated").left, 0);
    expect(at("final scope").right).toBeCloseTo(at("removed").left, 0);
    expect(at("dropped").left).toBeCloseTo(at("completed").right, 0);
    expect(at("not completed").left).toBeCloseTo(at("dropped").right, 0);
    expect(at("not completed").right).toBeCloseTo(at("final scope").right, 0);
  });

  it("are as long as what they say, on one scale", () => {
    const day = (at("committed").right - at("committed").left) / 4;
    for (const [name, days] of [
      ["added", 2],
      ["final scope", 4],
      ["completed", 2],
      ["dropped", 1],
      ["actual effort", 3],
    ] as const)
      expect(at(name).right - at(name).left, name).toBeCloseTo(days * day, 0);
  });

  it("of any effort stay inside the plot, and none has a negative width", () => {
    const days = fc.integer({ min: 0, max: 5000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(days, days, days, days, days, (committed, added, removed, actual, capacity) => {
        const kept = Math.min(removed, committed);
        const final = committed + added - kept;
        const report = reportOf(
          { ...sum, committed, added, removed: kept, reestimated: 0, final, completed: final, actual },
          { sprint: { ...base.sprint, capacityDays: capacity } },
        );
        const drawn = renderEffort(
          { ...report, sprint: { ...report.sprint, capacityDays: capacity } },
          { id: "a" },
        );
        expect(drawn).not.toMatch(/width="-|NaN/);
        for (const { left, right } of barsIn(drawn)) {
          expect(left).toBeGreaterThanOrEqual(100);
          expect(right).toBeLessThanOrEqual(480);
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe("the words of effort", () => {
  it("tell the whole sum to those who cannot see it", () => {
    expect(titlesIn(renderEffort(reportOf(sum), { id: "a" }))).toEqual({
      title: "Commitment, outcome and effort of sprint 3",
      desc: "Committed 4 man-days, added 2, removed 1, re-estimated −1; final scope 4: completed 2, dropped 1, not completed 1. Actual effort: 3 man-days. Say/do ratio 50%.",
    });
  });

  it("name the sprint with its title and its team, in each language", () => {
    const sprint = { ...base.sprint, title: "Deploy <all>", team: "api" };
    const title = (locale: string) =>
      titlesIn(renderEffort(reportOf(sum, { sprint }), { id: "a", words: wordsOf(locale) })).title;
    expect(title("en-GB")).toBe("Commitment, outcome and effort of sprint 3 of api: Deploy &#x3C;all>");
    expect(title("de-AT")).toBe("Zusage, Ergebnis und Aufwand von Sprint 3 von api: Deploy &#x3C;all>");
  });

  it("in tasks say that what was spent is in days all the same", () => {
    const counts = { committed: 2, added: 1, removed: 0, final: 3, completed: 3, frozen: 0 };
    const inTasks = reportOf({
      ...sum,
      counts,
      unestimated: { committed: 2, final: 3 },
      committed: 0,
      final: 0,
      actual: 1.5,
    });
    const svg = renderEffort(inTasks, { id: "a" });
    expect(titlesIn(svg).desc).toMatch(/^Committed 2 tasks, added 1, .* Actual effort: 1.5 man-days\./);
    expect(barsIn(svg).map(({ told }) => told)).toContain("added: +1 task");
    expect(barsIn(svg).some(({ told }) => told.startsWith("actual"))).toBe(false);
  });

  it("say — where the actual is not known, and draw no bar for it", () => {
    const svg = renderEffort(reportOf({ ...sum, actual: null }), { id: "a" });
    expect(titlesIn(svg).desc).toContain("Actual effort: —.");
    expect(labelsOf(svg).map(({ words }) => words)).toContain("—");
    expect(barsIn(svg).some(({ told }) => told.startsWith("actual"))).toBe(false);
  });

  it("never say 100% of less than all", () => {
    const desc = (sayDo: number) => titlesIn(renderEffort(reportOf({ ...sum, sayDo }), { id: "a" })).desc;
    expect(desc(0.999)).toContain("Say/do ratio >99%.");
    expect(desc(1)).toContain("Say/do ratio 100%.");
  });

  it("shorten a name that a team made too long for the room beside the bars", () => {
    const words = wordsOf("en-GB", { figures: { committed: { label: "what we promised to everybody" } } });
    const svg = renderEffort(reportOf(sum), { id: "a", words });
    const [label] = labelsOf(svg).filter(({ words: told }) => told.startsWith("what we"));
    expect(label?.left).toBeGreaterThanOrEqual(0);
    expect(label?.words).toMatch(/…$/);
    expect(barsIn(svg)[0]?.told).toBe("what we promised to everybody: 4 man-days");
  });
});

describe("the capacity bar", () => {
  const withCapacity = (capacityDays: number | null, effort: Partial<Effort> = {}) =>
    ({ ...reportOf({ ...sum, ...effort }), sprint: { ...base.sprint, capacityDays } }) satisfies Report;

  it("parts the final scope without gap or overlap, and leaves out what is nothing", () => {
    const [completed, dropped, open, ...none] = barsIn(renderCapacity(withCapacity(5), { id: "a" }));
    expect(none).toEqual([]);
    expect([completed, dropped, open].map((bar) => bar?.told)).toEqual([
      "2 completed",
      "1 dropped",
      "1 not completed",
    ]);
    // A unit is left free between two parts.
    expect((dropped?.left ?? 0) - (completed?.right ?? 0)).toBeCloseTo(1, 0);
    expect((open?.left ?? 0) - (dropped?.right ?? 0)).toBeCloseTo(1, 0);
    const all = barsIn(
      renderCapacity(withCapacity(5, { frozen: 0, notCompleted: 0, final: 2 }), { id: "a" }),
    );
    expect(all.map(({ told }) => told)).toEqual(["2 completed"]);
  });

  it("says its capacity, or that none is known", () => {
    const desc = (capacity: number | null) =>
      titlesIn(renderCapacity(withCapacity(capacity), { id: "a" })).desc;
    expect(desc(7.5)).toBe("Final scope 4 man-days: 2 completed, 1 dropped, 1 not completed; capacity 7.5.");
    expect(desc(null)).toContain("; capacity —.");
  });

  it("says in points that capacity is in days, instead of a number that means nothing beside them", () => {
    const report: Report = { ...withCapacity(7.5), unit: "points" };
    const svg = renderCapacity(report, { id: "a" });
    expect(titlesIn(svg).desc).toContain("Final scope 4 points: 2 completed");
    expect(titlesIn(svg).desc).not.toContain("7.5");
    expect(tableOfCapacity(report).rows.map(([part]) => part)).not.toContain("capacity");
  });

  it("marks a capacity that is beyond all work inside the picture", () => {
    for (const capacity of [0, 0.1, 4, 4000]) {
      const svg = renderCapacity(withCapacity(capacity), { id: "a" });
      for (const label of labelsOf(svg)) {
        expect(label.left, `${capacity}: ${label.words}`).toBeGreaterThanOrEqual(0);
        expect(label.right, `${capacity}: ${label.words}`).toBeLessThanOrEqual(480);
      }
    }
  });
});

describe("the tables beside both", () => {
  it("have what was removed as a minus, and 0 without a sign", () => {
    const removed = (days: number) =>
      tableOfEffort(reportOf({ ...sum, removed: days })).rows.find(([name]) => name === "removed")?.[1];
    expect(removed(1)).toBe(-1);
    expect(Object.is(removed(0), 0)).toBe(true);
  });

  it("speak the language that they are told", () => {
    const words = wordsOf("de-AT");
    expect(tableOfEffort(reportOf(sum), words).columns).toEqual(["Kennzahl", "Personentage"]);
    expect(tableOfEffort(reportOf(sum), words).rows).toContainEqual(["zugesagt", 4]);
    expect(tableOfCapacity(reportOf(sum), words)).toMatchObject({ columns: ["Teil", "Personentage"] });
    expect(tableOfCapacity(reportOf(sum), words).rows).toContainEqual(["nicht erledigt", 1]);
  });
});
