import { expect, test } from "vitest";
import { numbersOf, reportsOn, sized } from "../../testing/report-on.ts";
import {
  adopt,
  close,
  type EventSpec,
  enter,
  label,
  reopen,
  timelineOf,
  unlabel,
} from "../../testing/timelines.ts";
import { present } from "../model/present.ts";

const debt = (number: number, size: string, ...events: EventSpec[]) =>
  sized(number, size, label("02", "technical debt"), ...events);

/** Per sprint: open at the start, opened, paid, dropped, open at the end. */
const ledger = (...timelines: Parameters<typeof reportsOn>[0]) =>
  reportsOn(timelines).map(({ debt: { openAtStart, opened, paid, dropped, open } }) => [
    openAtStart,
    numbersOf(opened),
    numbersOf(paid),
    numbersOf(dropped),
    open,
  ]);

test("a debt that was paid long ago and is reopened is opened again", () => {
  expect(ledger(debt(1, "L", close("03"), reopen("08"), close("15")))).toEqual([
    [0, [1], [], [], 1],
    [1, [], [1], [], 0],
    [0, [], [], [], 0],
  ]);
});

test("a debt labelled anew is opened again, and as old as that", () => {
  const [first] = reportsOn([debt(1, "M", unlabel("03", "technical debt"), label("08", "technical debt"))]);
  expect(present(first).debt).toMatchObject({ openAtStart: 0, open: 1, daysOwed: 0.5, ages: { p50: 2 } });
  expect(present(first).debt.opened).toMatchObject([
    { number: 1, openedAt: "2024-05-08T00:00:00.000Z", openedEventId: 1003 },
  ]);
});

test("reopened and closed within one second, it is paid once", () => {
  expect(ledger(debt(1, "M", close("08"), reopen("15"), close("15")))).toEqual([
    [1, [], [1], [], 0],
    [0, [], [], [], 0],
    [0, [], [], [], 0],
  ]);
});

test("paid, reopened and paid again in one sprint counts each time", () => {
  expect(ledger(debt(1, "M", close("07"), reopen("08"), close("09")))[0]).toEqual([1, [1], [1, 1], [], 0]);
});

test("dropped says why: freezebox, not planned, or no longer labelled", () => {
  const [first] = reportsOn([
    debt(1, "M", label("07", "freezebox")),
    debt(2, "M", close("08", "not_planned")),
    debt(3, "M", unlabel("09", "technical debt")),
    debt(4, "M", close("10")),
  ]);
  expect(present(first).debt.dropped).toMatchObject([
    {
      number: 1,
      reason: "put into the freezebox",
      droppedAt: "2024-05-07T00:00:00.000Z",
      droppedEventId: 1002,
    },
    { number: 2, reason: "closed as not planned", droppedEventId: 2002 },
    { number: 3, reason: "no longer labelled as debt", droppedEventId: 3002 },
  ]);
  expect(present(first).debt).toMatchObject({ openAtStart: 4, open: 0, net: -4 });
  expect(numbersOf(present(first).debt.paid)).toEqual([4]);
});

test("out of the freezebox, it is owed again", () => {
  const thawed = debt(1, "M", label("03", "freezebox"), unlabel("08", "freezebox"));
  expect(ledger(thawed)[0]).toEqual([0, [1], [], [], 1]);
});

test("a debt that begins at the very start is opened in the sprint; at the very end, in what comes after", () => {
  expect(ledger(sized(1, "M", label("06", "technical debt")))[0]).toEqual([0, [1], [], [], 1]);
  expect(ledger(sized(1, "M", label("11", "technical debt")))[0]).toEqual([0, [], [], [], 0]);
});

test("a debt with sized debts below it is owed by those", () => {
  const below = timelineOf(2, "01", [label("01", "size: M"), label("02", "technical debt"), adopt("03", 1)]);
  const [first] = reportsOn([debt(1, "L"), below]);
  expect(present(first).debt).toMatchObject({ open: 2, daysOwed: 0.5, unestimated: 0 });
});

test("a debt in the sprint is in its figures and in the ledger", () => {
  const [first] = reportsOn([debt(1, "L", enter("03"), close("08"))]);
  expect([present(first).effort.completed, numbersOf(present(first).debt.paid)]).toEqual([1, [1]]);
});
