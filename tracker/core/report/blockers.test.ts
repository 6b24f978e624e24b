import { describe, expect, it } from "vitest";
import { close, type EventSpec, label, on, reopen, timelineOf } from "../../testing/timelines.ts";
import { blockersOf, waitingOf } from "../flow/blocked.ts";
import type { IssueReference } from "../model/event.ts";
import { blockerReader } from "./blockers.ts";

const blocked = (at: string, by: IssueReference): EventSpec => ({
  at,
  kind: "blocked_by_added",
  relation: by,
});
const freed = (at: string, by: IssueReference): EventSpec => ({
  at,
  kind: "blocked_by_removed",
  relation: by,
});
const other = "acme/infra#3";

describe("what stands in an issue's way", () => {
  const issue = timelineOf(1, "02", [
    blocked("03", 9),
    blocked("04", other),
    blocked("05", 8),
    freed("08", other),
  ]);
  const eight = timelineOf(8, "01", [close("07")]);
  const nine = timelineOf(9, "01", [close("06"), reopen("10")]);
  const reader = blockerReader([eight, nine, issue]);
  const namesAt = (day: string) => reader.at(issue, on(day))?.by ?? null;

  it("is told own issues first and by number, and only while they are open", () => {
    expect(["02", "03", "04", "05", "06", "07", "08", "10"].map(namesAt)).toEqual([
      null,
      [9],
      [9, other],
      [8, 9, other],
      [8, other],
      [other],
      null,
      [9],
    ]);
  });

  it("comes with the event of the newest, and as well known as the least known of them", () => {
    expect(reader.at(issue, on("03"))).toMatchObject({ eventId: 1000, provenance: "replayed" });
    expect(reader.at(issue, on("05"))).toMatchObject({ eventId: 1002, provenance: "inferred" });
    expect(reader.at(issue, on("07"))).toMatchObject({ eventId: 1001, provenance: "inferred" });
  });

  it("of an issue that nobody saw counts for as long as the relation lasts", () => {
    const alone = blockerReader([issue]);
    expect(alone.at(issue, on("10"))?.by).toEqual([8, 9]);
    expect(alone.at(issue, on("10"))?.provenance).toBe("inferred");
  });

  it("is in the order of numbers, not of texts, and others by their names", () => {
    const all = ["acme/zeta#1", 10, "acme/infra#3", 9].map((one) => blocked("03", one));
    const waits = timelineOf(1, "02", all);
    expect(blockerReader([]).at(waits, on("04"))?.by).toEqual([9, 10, "acme/infra#3", "acme/zeta#1"]);
  });

  it("counts not before the blocker was created, nor once it is gone", () => {
    const waits = timelineOf(1, "02", [blocked("03", 9)]);
    const late = blockerReader([timelineOf(9, "05", [])]);
    expect(late.at(waits, on("04"))).toBeNull();
    expect(late.at(waits, on("05"))?.by).toEqual([9]);
    const gone = blockerReader([timelineOf(9, "01", [], {}, [{ at: on("06"), found: "transferred" }])]);
    expect([gone.at(waits, on("05"))?.by, gone.at(waits, on("06"))]).toEqual([[9], null]);
  });

  it("changes at no other instant than it says", () => {
    const instants = new Set(reader.changes(issue));
    let before = namesAt("02");
    for (let at = on("02"); at < on("12"); at += 3_600_000) {
      const now = reader.at(issue, at)?.by ?? null;
      if (JSON.stringify(now) !== JSON.stringify(before)) expect(instants.has(at)).toBe(true);
      before = now;
    }
  });
});

it("a blocker's labels change nothing, its being closed or gone does", () => {
  const found = [{ at: on("09"), found: "deleted" as const }];
  const blocker = timelineOf(9, "01", [label("05", "bug"), close("07")], {}, found);
  const instants = blockerReader([blocker]).changes(timelineOf(1, "02", [blocked("03", 9)]));
  expect([on("05"), on("07"), on("09")].map((at) => instants.includes(at))).toEqual([false, true, true]);
});

describe("the time that an issue waited", () => {
  const spansOf = (events: EventSpec[], blocker: EventSpec[], until = "12") => {
    const issue = timelineOf(1, "02", events);
    const reader = blockerReader([timelineOf(9, "01", blocker), timelineOf(8, "01", [])]);
    const { spans } = waitingOf(issue, on(until), reader);
    return spans.map(({ from, to }) => [new Date(from).getUTCDate(), new Date(to).getUTCDate()]);
  };

  it("is one span where one blocker follows the other, and two with a time between them", () => {
    expect(spansOf([blocked("03", 9), blocked("05", 8), freed("06", 9), freed("08", 8)], [])).toEqual([
      [3, 8],
    ]);
    expect(spansOf([blocked("03", 9)], [close("05"), reopen("07"), close("09")])).toEqual([
      [3, 5],
      [7, 9],
    ]);
  });

  it("is told in order, though one blocker changes after the next was named", () => {
    const events = [blocked("03", 9), blocked("04", 8)];
    expect(spansOf(events, [close("05")], "07")).toEqual([[3, 7]]);
    const reader = blockerReader([
      timelineOf(9, "01", [close("10")]),
      timelineOf(8, "01", [close("06"), reopen("11")]),
    ]);
    const { spans } = waitingOf(timelineOf(1, "02", events), on("12"), reader);
    expect(spans).toEqual([
      { from: on("03"), to: on("10") },
      { from: on("11"), to: on("12") },
    ]);
  });

  it("is as well known as the least known of what blocked", () => {
    const known = [timelineOf(9, "01", [])];
    const waiting = (by: IssueReference[]) =>
      waitingOf(
        timelineOf(
          1,
          "02",
          by.map((one) => blocked("03", one)),
        ),
        on("06"),
        blockerReader(known),
      );
    expect(waiting([9]).provenance).toBe("replayed");
    expect(waiting([9, other]).provenance).toBe("inferred");
    expect(
      blockersOf(timelineOf(1, "02", [label("03", "bug"), blocked("03", 9), blocked("04", other)])),
    ).toEqual(["9", other]);
  });

  it("ends where nobody looks any further, and is none where nothing blocked", () => {
    expect(spansOf([blocked("03", 9)], [], "06")).toEqual([[3, 6]]);
    expect(spansOf([blocked("06", 9)], [], "06")).toEqual([]);
    expect(spansOf([blocked("03", 9)], [close("02")])).toEqual([]);
  });
});
