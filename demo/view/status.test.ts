import { describe, expect, it } from "vitest";
import { idleLink, type Link } from "./link-state.ts";
import { PATIENCE_MS, type Status, type StatusInput, statusOf } from "./status.ts";

const now = 100_000;
const open: Link = { ...idleLink, phase: "open", since: now - 60_000, everOpen: true };
const live: StatusInput = {
  link: open,
  isReplaying: false,
  isOnline: true,
  startedAt: now - 60_000,
  arrivedAt: now - 100,
  conflatedAt: null,
  ageMs: 200,
};
const lostSince = (ms: number): Link => ({ ...open, phase: "waiting", lostAt: now - ms });

describe("the badge", () => {
  it.each<[string, Partial<StatusInput>, Status]>([
    ["live while readings come", {}, "live"],
    [
      "live while there is no reading yet, soon after it opened",
      { arrivedAt: null, ageMs: null, link: { ...open, since: now - 5000 } },
      "live",
    ],
    [
      "lagging where none has come for a while since it opened",
      { arrivedAt: null, link: { ...open, since: now - 5001 } },
      "lagging",
    ],
    ["live to the end of that while", { arrivedAt: now - 5000 }, "live"],
    ["lagging past it", { arrivedAt: now - 5001 }, "lagging"],
    [
      "live with readings of an earlier link, while this one is young",
      { arrivedAt: now - 20_000, link: { ...open, since: now - 10 } },
      "live",
    ],
    ["lagging while frames are cut to the newest values", { conflatedAt: now - 2999 }, "lagging"],
    ["live once they were whole again for a while", { conflatedAt: now - 3000 }, "live"],
    ["live with readings as old as they may be", { ageMs: 10_000 }, "live"],
    ["lagging with older ones", { ageMs: 10_001 }, "lagging"],
    ["reconnecting after a loss", { link: lostSince(30_000) }, "reconnecting"],
    ["offline when the server is long gone", { link: lostSince(30_001) }, "offline"],
    ["offline at once without a network", { link: lostSince(10), isOnline: false }, "offline"],
    ["connecting at first", { link: idleLink, startedAt: now - PATIENCE_MS }, "connecting"],
    ["offline where nobody answers", { link: idleLink, startedAt: now - PATIENCE_MS - 1 }, "offline"],
    ["live although the browser thinks it is offline", { isOnline: false }, "live"],
  ])("says %s", (_, changes, status) => {
    expect(statusOf({ ...live, ...changes }, now)).toBe(status);
  });

  it("calls a recording nothing else, whatever the link does", () => {
    for (const link of [open, idleLink, lostSince(10)])
      for (const isOnline of [true, false])
        expect(statusOf({ ...live, link, isOnline, isReplaying: true }, now)).toBe("replay");
  });
});
