import { describe, expect, test } from "vitest";
import { flowOn } from "../../testing/flow-on.ts";
import { numbersOf, reportsOn } from "../../testing/report-on.ts";
import { close, type EventSpec, enter, label, on, reopen, timelineOf } from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

/** A sized issue that was found transferred at one instant, and back at another. */
const away = (number: number, from: string, to: string, ...told: EventSpec[]) =>
  timelineOf(number, "01", [label("01T01:00", "size: M"), ...told], {}, [
    { at: on(from), found: "transferred" },
    { at: on(to), found: "there" },
  ]);

describe("an issue that was transferred, and comes back in a sprint", () => {
  test("is what it was when it left: done before the sprint, it was not taken up again", () => {
    const [first] = reportsOn([
      away(1, "07", "08", enter("02"), close("03")),
      away(2, "04", "08", enter("02"), close("03")),
      away(3, "04", "08", enter("02"), close("03", "not_planned")),
    ]);
    expect(first?.effort).toMatchObject({ committed: 0, added: 0, final: 0, completed: 0 });
    expect([first?.unexpected, first?.cameAndWent]).toEqual([[], []]);
    expect(present(first).burndown.points.map(({ done }) => done)).not.toContain(0.5);
  });

  test("stays committed where it was there at the start and is at the end", () => {
    const [first] = reportsOn([away(1, "07", "08", enter("02"), close("09"))]);
    expect(first?.effort).toMatchObject({ committed: 0.5, added: 0, removed: 0, completed: 0.5 });
  });

  test("enters when it comes back, though its mark is older, and not later for what comes after the end", () => {
    const twice = timelineOf(1, "01", [enter("02")], {}, [
      { at: on("04"), found: "transferred" },
      { at: on("08"), found: "there" },
      { at: on("14"), found: "deleted" },
      { at: on("15"), found: "there" },
    ]);
    const [first] = reportsOn([twice]);
    expect(first?.unexpected).toMatchObject([
      { number: 1, entered: "moved in", enteredAt: "2024-05-08T00:00:00.000Z" },
    ]);
  });

  test("that was done and is reopened after its return was taken up again then", () => {
    const [first] = reportsOn([away(1, "04", "07", enter("02"), close("03"), reopen("08"))]);
    expect(first?.unexpected).toMatchObject([{ entered: "reopened", enteredAt: "2024-05-08T00:00:00.000Z" }]);
    expect(first?.effort).toMatchObject({ committed: 0, added: 0.5, notCompleted: 0.5 });
  });

  test("was finished when it was, in no list of the sprint that it comes back in, and in no week of it", () => {
    const issue = away(1, "13T12:00", "15", enter("02"), close("08"));
    const [first, second] = reportsOn([issue, away(2, "10", "15", close("07"))]);
    expect(numbersOf(first?.done)).toEqual([1]);
    expect([second?.late, second?.finishedOutside, second?.finishedBefore]).toEqual([[], [], []]);
    expect(flowOn([issue]).finished).toMatchObject([{ number: 1, finishedAt: "2024-05-08T00:00:00.000Z" }]);
  });
});
