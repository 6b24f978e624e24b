import fc from "fast-check";
import { close, type EventSpec, enter, label, leave, on, reopen, timelineOf, unlabel } from "./timelines.ts";

const at = fc.integer({ min: on("02"), max: on("14") }).map((t) => Math.round(t / 60_000) * 60_000);
const size = fc.constantFrom("size: S", "size: M", "size: L", "size: 2.5", "size: 0.33", "size: 1.005");
const event: fc.Arbitrary<EventSpec> = fc.oneof(
  at.map((t) => enter(t)),
  at.map((t) => leave(t)),
  at.map((t) => enter(t, 2)),
  at.map((t) => close(t)),
  at.map((t) => close(t, "not_planned")),
  at.map((t) => reopen(t)),
  fc.tuple(at, size).map(([t, s]) => label(t, s)),
  fc.tuple(at, size).map(([t, s]) => unlabel(t, s)),
  at.map((t) => label(t, "freezebox")),
  at.map((t) => unlabel(t, "freezebox")),
  at.map((t) => label(t, "in progress")),
);
/** Up to eight issues that wander in and out of sprint 1, some the sub-issues of others, before, in and after it. */
export const anyIssues = fc
  .array(fc.tuple(fc.array(event, { maxLength: 10 }), fc.integer({ min: 0, max: 8 })), { maxLength: 8 })
  .map((list) =>
    list.map(([events, parent], i) =>
      timelineOf(i + 1, "01", events, parent > 0 && parent <= i ? { parent } : {}),
    ),
  );
