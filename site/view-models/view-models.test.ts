import fc from "fast-check";
import { figures, kalmSection, renderPromises, shareText, valueText } from "sprintcast/render";
import { promisesOf, tallyOf } from "sprintcast/report";
import { anyPromises, makeReport } from "sprintcast/testing";
import { english } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { debtFigures, kalmFigures, pictureFor } from "../og/og-image.ts";
import { boardView, carriedWords, sizeWords } from "./boards.ts";
import { neighbours } from "./navigation.ts";
import { byKind, inTime, latestReview } from "./posts.ts";
import { sparkOf } from "./sparkline.ts";
import { kindOfMove, ribbonOf } from "./sprint-strip.ts";

const report = makeReport({ number: 3, cards: 24 });

describe("boards", () => {
  it("says of each card at the end what happened to it, when, and who did it", () => {
    const cards = boardView(report, "end", english).lanes.flatMap((lane) => lane.cards);
    const changed = cards.filter((view) => view.changes.length > 0);
    expect(changed.flatMap((view) => view.changes)).toHaveLength(report.changes.length);
    expect(changed.every((view) => view.changes.every((change) => change.number === view.card.number))).toBe(
      true,
    );
  });

  it("marks the unexpected, the carried over with depth, and the dropped with its reason", () => {
    const marks = boardView(report, "end", english).lanes.flatMap((lane) =>
      lane.cards.flatMap((view) => view.marks),
    );
    const count = (kind: string) => marks.filter((mark) => mark.kind === kind).length;
    expect(count("unexpected")).toBe(report.unexpected.length);
    expect(count("carried")).toBe(report.carriedOver.length);
    expect(count("dropped")).toBe(report.freezebox.length);
  });

  it("has words for sizes and depths", () => {
    expect(sizeWords({ size: "M", days: 0.5 }, "days", english)).toBe("M · 0.5 d");
    expect(sizeWords({ size: "0.25", days: 0.25 }, "days", english)).toBe("0.25 d");
    expect(sizeWords({ size: "L", days: 5 }, "points", english)).toBe("L · 5 points");
    expect(sizeWords({ size: null, days: null }, "days", english)).toBe("no estimate");
    expect([0, 1, 4].map((depth) => carriedWords(depth, report, english))).toEqual([
      "carried over",
      "carried over, 2nd sprint",
      "carried over, sprint no. 5",
    ]);
  });
});

describe("ribbon and sparkline", () => {
  it("covers the sprint with its days without gap, weekends marked", () => {
    const { days, ticks } = ribbonOf(report, (day) =>
      [6, 7].includes(new Date(`${day}T12:00Z`).getUTCDay() || 7),
    );
    expect(days).toHaveLength(12);
    expect(days.filter((day) => day.off)).toHaveLength(2);
    const ends = days.map((day) => day.x + day.width);
    expect(days.map((day) => day.x)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ticks.reduce((sum, tick) => sum + tick.count, 0)).toBe(report.changes.length);
  });

  it("tells moves apart by the roles of the lanes, not by their names", () => {
    const roles = new Map([
      ["Fertig", "done"],
      ["Sprint", "sprint"],
      ["Eis", "freezebox"],
    ]);
    expect(kindOfMove(null, "Sprint", roles)).toBe("in");
    expect(kindOfMove("Sprint", "Fertig", roles)).toBe("done");
    expect(kindOfMove("Sprint", "Eis", roles)).toBe("out");
    expect(kindOfMove("Sprint", null, roles)).toBe("out");
    expect(kindOfMove("Sprint", "Sprint", roles)).toBe("size");
  });

  it("draws nothing where nothing ever was in the sprint", () => {
    const { points } = report.burndown;
    const drawn = (some: typeof points) =>
      sparkOf({ ...report, burndown: { ...report.burndown, points: some } }, english);
    expect(drawn(points)?.scope).toMatch(/^M/);
    expect(drawn([])).toBeNull();
    const empty = points.map((point) => ({ ...point, scope: 0, done: 0 }));
    expect(drawn(empty)).toBeNull();
    const cameAndWent = empty.map((point, index) => (index === 1 ? { ...point, scope: 1 } : point));
    expect(drawn(cameAndWent)?.scope).toMatch(/,2L/);
  });
});

describe("across sprints", () => {
  it("orders posts as they happened and finds neighbours", () => {
    const post = (slug: string, kind: string, date: string) => ({ slug, title: slug, kind, date, sprint: 1 });
    const posts = [
      post("r", "review", "2026-01-16"),
      post("d", "daily", "2026-01-06"),
      post("p", "planning", "2026-01-06"),
    ];
    expect(inTime(posts).map(({ slug }) => slug)).toEqual(["p", "d", "r"]);
    expect(byKind(posts, english.texts.pages.posts.kinds).map(({ title }) => title)).toEqual([
      "Reviews",
      "Plannings",
      "Dailies",
    ]);
    expect(latestReview(posts)?.slug).toBe("r");
    expect(latestReview([])).toBeUndefined();
    const next = { ...post("next", "planning", "2026-01-06"), sprint: 2 };
    expect(
      inTime([next, ...posts.map((one) => ({ ...one, date: next.date, sprint: 1 }))]).map(({ slug }) => slug),
    ).toEqual(["p", "d", "r", "next"]);
    expect(neighbours([1, 2, 3], (one) => one === 2)).toEqual({ previous: 1, next: 3 });
    expect(neighbours([1], (one) => one === 9)).toEqual({});
  });
});

describe("promises", () => {
  it("have the same rate on their page's picture, in the terminal and in the report's figures", () => {
    fc.assert(
      fc.property(anyPromises, (all) => {
        const [, answered, kept, rate] = kalmFigures(all, english).map(({ text }) => text);
        const promises = promisesOf(all);
        const terminal = renderPromises(promises, tallyOf(promises), { width: 80 });
        if (promises.length > 0)
          expect(terminal).toContain(
            answered === "0"
              ? "None answered yet"
              : `${kept} of ${answered} answered promises were kept (${rate})`,
          );
        for (const one of all) {
          const share = valueText(figures.keepRate, one);
          expect(shareText(tallyOf(one.kalm.followUp).rate)).toBe(share);
          if (share !== "—")
            expect(kalmSection(one.kalm)).toContain(`${share} of the answered promises kept`);
        }
      }),
    );
  });

  it("are rounded once: 5 of 11 are 45%, though the report keeps 0.455", () => {
    const answer = { text: "", from: 1, issue: null, kind: "keep" as const, age: 1 };
    const followUp = Array.from({ length: 11 }, (_, index) => ({ ...answer, kept: index < 5 }));
    const one = { ...report, kalm: { ...report.kalm, followUp, keepRate: 0.455 } };
    expect(valueText(figures.keepRate, one)).toBe("45%");
    expect(kalmSection(one.kalm)).toContain("45% of the answered");
  });
});

describe("a page's picture", () => {
  it("is drawn from its own figures, and none where there are none", () => {
    expect(pictureFor("Site", "", "Title", report, english).figures[0]?.text).toBe(
      `${report.effort.committed} d`,
    );
    expect(pictureFor("Site", "", "Title", null, english).figures).toEqual([]);
    expect(debtFigures(report, english)[0]).toEqual({
      label: "debt remaining",
      text: String(report.debt.open),
    });
    expect(kalmFigures([report], english)[0]?.label).toBe("promises");
  });
});
