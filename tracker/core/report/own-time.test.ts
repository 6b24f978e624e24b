import { describe, expect, test } from "vitest";
import { reportOn, sized } from "../../testing/report-on.ts";
import { close, enter, label, on } from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

const retitle = (at: string, from: string, to: string) => ({ at, kind: "renamed", rename: { from, to } });

describe("a closed sprint's report shows its own time", () => {
  const issue = sized(
    1,
    "M",
    enter("07"),
    retitle("08", "First", "Second"),
    retitle("20", "Second", "Third"),
    label("21", "size: L"),
  );
  const report = reportOn([{ ...issue, title: "Third" }]);

  test("titles of its end in lists, explanations and burndown", () => {
    expect(report.unexpected).toMatchObject([{ title: "Second", days: 0.5 }]);
    expect(report.explanations.added).toMatchObject([{ title: "Second" }]);
    expect(report.burndown.scopeEvents).toMatchObject([{ title: "First" }]);
  });

  test("in the replay those of its instant", () => {
    expect(Object.keys(present(report.replay.moves.at(-1))).sort()).toEqual([
      "actor",
      "at",
      "days",
      "eventId",
      "lane",
      "number",
      "size",
      "what",
    ]);
    expect(report.replay.cards).toMatchObject([{ title: "Second" }]);
    expect(report.replay.moves.map(({ at, title, what }) => [at.slice(8, 10), title, what])).toEqual([
      ["06", "First", "on the board at the start"],
      ["07", "First", "entered the sprint"],
      ["08", undefined, "renamed from “First”"],
    ]);
  });
});

describe("a sprint that runs", () => {
  const story = [sized(1, "M", enter("02"), close("10"))];

  test("says so, and knows nothing later than the last sync", () => {
    const report = reportOn(story, { asOf: on("08T12:00") });
    expect(report).toMatchObject({ running: true, asOf: "2024-05-08T12:00:00.000Z" });
    expect(report.boards.end.at < report.asOf).toBe(true);
    expect(present(report.burndown.points.at(-1)).at).toBe(report.asOf);
  });

  test("no more once it is over, and not before it begins", () => {
    expect(reportOn(story, { asOf: on("11") }).running).toBe(false);
    expect(reportOn(story, { asOf: on("05") }).running).toBe(false);
    expect(reportOn(story, { asOf: on("06") }).running).toBe(true);
  });
});
