import { expect, test } from "vitest";
import { reportOn, sized } from "../../testing/report-on.ts";
import { enter, timelineOf } from "../../testing/timelines.ts";
import { keyAt, repositoriesOf } from "../model/repositories.ts";
import { withRefs } from "./issue-refs.ts";

test("what blocks an issue is called by its repository, in lists, spans and on boards", () => {
  const waits = (by: number | string) => ({ at: "07", kind: "blocked_by_added", relation: by });
  const inWeb = keyAt(1, 7);
  const report = reportOn([
    sized(1, "M", enter("02"), waits(inWeb), waits(7), waits("elsewhere/lib#7")),
    timelineOf(7, "01", []),
    timelineOf(inWeb, "01", []),
  ]);
  const told = withRefs(report, repositoriesOf(["acme/api", "acme/web"]));
  const all = ["api#7", "web#7", "elsewhere/lib#7"];
  expect(told.blocked).toMatchObject([{ ref: "api#1", blockedBy: all, spans: [{ by: all }] }]);
  const cards = told.boards.end.lanes.flatMap((lane) => lane.cards);
  expect(cards.find(({ ref }) => ref === "api#1")?.blockedBy).toEqual(all);
  expect(JSON.stringify(told.blocked)).not.toMatch(/\d{9}/);
  expect(withRefs(report, repositoriesOf(["acme/api"]))).toBe(report);
});
