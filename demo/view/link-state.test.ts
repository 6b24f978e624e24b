import { describe, expect, it } from "vitest";
import {
  channelFor,
  heardLink,
  idleLink,
  type Link,
  linkDue,
  linkLimits,
  lost,
  opening,
} from "./link-state.ts";

const limits = { openWithinMs: 5000, silenceMs: 40_000, firstDelayMs: 500, maxDelayMs: 30_000 };
const open = heardLink(opening(idleLink, 100), 200);

describe("a link", () => {
  it("is open from its first message on, and a later one only moves what was heard", () => {
    expect(open).toMatchObject({ phase: "open", since: 200, heardAt: 200, everOpen: true, lostAt: null });
    expect(heardLink(open, 900)).toEqual({ ...open, heardAt: 900 });
  });

  it("forgets its failures once it is open again", () => {
    const again = heardLink(opening(lost(open, limits, 300, 0.5), 900), 1000);
    expect(again).toMatchObject({ phase: "open", failures: 0, lostAt: null, since: 1000 });
  });

  it("remembers when it was last open, through attempts that bring nothing", () => {
    const once = lost(open, limits, 300, 0);
    const twice = lost(opening(once, 800), limits, 900, 0);
    expect([once.lostAt, twice.lostAt, twice.failures]).toEqual([300, 300, 2]);
    expect(lost(opening(idleLink, 0), limits, 100, 0).lostAt).toBeNull();
  });

  it("waits up to a bound that doubles, drawn evenly, and never more than the longest", () => {
    const after = (failures: number, random: number, retryAfter?: number) =>
      lost({ ...open, failures }, limits, 1000, random, retryAfter).nextAt - 1000;
    expect([0, 1, 2, 5].map((failures) => after(failures, 1))).toEqual([500, 1000, 2000, 16_000]);
    expect([6, 60].map((failures) => after(failures, 1))).toEqual([30_000, 30_000]);
    expect(after(3, 0)).toBe(0);
    expect(after(3, 0.25)).toBe(1000);
    expect(after(0, 0.5, 7000)).toBe(7250);
    // What a server asks for may be nonsense.
    for (const nonsense of [1e300, 2 ** 31, 300_001]) expect(after(0, 0.5, nonsense)).toBe(300_250);
    for (const nonsense of [-1, -1e300]) expect(after(0, 0.5, nonsense)).toBe(250);
  });
});

describe("what is due", () => {
  const cases: [string, Link, number, ReturnType<typeof linkDue>][] = [
    ["nothing of one that was never begun", idleLink, 1e9, "nothing"],
    ["nothing while it may still open", opening(idleLink, 100), 5100, "nothing"],
    ["giving up an attempt that took too long", opening(idleLink, 100), 5101, "give-up"],
    ["nothing while it was silent no longer than it may", heardLink(open, 900), 40_900, "nothing"],
    ["giving up one that fell silent", heardLink(open, 900), 40_901, "give-up"],
    ["nothing before its time", { ...open, phase: "waiting", nextAt: 700 }, 699, "nothing"],
    [
      "an attempt where the clock was set back by an hour",
      { ...open, phase: "waiting", since: 4e6, nextAt: 4e6 + 9 },
      4e5,
      "open",
    ],
    [
      "nothing before its time, where it was set back by a second",
      { ...open, phase: "waiting", since: 4e6, nextAt: 4e6 + 9 },
      4e6 - 1000,
      "nothing",
    ],
    ["giving up an attempt that the clock says is yet to begin", opening(idleLink, 4e6), 4e5, "give-up"],
    ["nothing of one that is to begin in a second", opening(idleLink, 4e6), 4e6 - 1000, "nothing"],
    [
      "giving up one that was last heard in an hour, whose times are wrong now",
      heardLink(open, 4e6),
      4e5,
      "give-up",
    ],
    ["nothing of one that was heard in a second", heardLink(open, 4e6), 4e6 - 1000, "nothing"],
    ["an attempt at its time", { ...open, phase: "waiting", nextAt: 700 }, 700, "open"],
  ];
  it.each(cases)("is %s", (_, link, now, due) => {
    expect(linkDue(link, limits, now)).toBe(due);
  });
});

it("takes the websocket first, and both in turns once it was refused twice", () => {
  const channels = [0, 1, 2, 3, 4, 5].map((failures) => channelFor({ ...idleLink, failures }));
  expect(channels).toEqual(["websocket", "websocket", "events", "websocket", "events", "websocket"]);
});

it("is less patient with an attempt than with an open link, and pauses no longer than half a minute", () => {
  expect(linkLimits.openWithinMs).toBeLessThan(linkLimits.silenceMs);
  expect(linkLimits.maxDelayMs).toBeLessThanOrEqual(30_000);
});
