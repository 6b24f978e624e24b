import { expect, it } from "vitest";
import { createAnnouncer } from "./announcer.ts";
import type { Scene } from "./feed.ts";
import type { Status } from "./status.ts";
import { englishWords } from "./words.ts";

const sceneOf = (status: Status, value: number): Scene => ({
  status,
  fleet: {
    ...{ epoch: "e1", offset: 1, phase: "following" },
    latest: new Map([["device-1", new Map([["power", { at: 0, value }]])]]),
  },
  ...{ until: 0, ageMs: 0, canGoLive: false, canReplay: false, isOver: false },
});

/** What a screen reader is told while `seen` is shown, a picture each second: when it was told, and the text. */
function toldOf(seen: readonly [status: Status, seconds: number][], isPaused = false): [number, string][] {
  let now = 50_000;
  const told: [number, string][] = [];
  const announce = createAnnouncer(
    "on 1 May",
    () => now,
    (text) => told.push([(now - 50_000) / 1000, text]),
    englishWords,
  );
  for (const [status, seconds] of seen) {
    for (let second = 0; second < seconds; second += 1) {
      announce(sceneOf(status, now / 1000), isPaused);
      now += 1000;
    }
  }
  return told;
}

it("tells a screen reader at once where it stands, and of new values every half minute", () => {
  const told = toldOf([["live", 70]]);
  expect(told.map(([at]) => at)).toEqual([0, 30, 60]);
  expect(told[1]?.[1]).toBe("Live. 1 device. Medians: power 80.0\u00a0W.");
});

it("tells of a changed state soon, but not of each of many changes", () => {
  const told = toldOf([
    ["connecting", 2],
    ["live", 30],
    ["lagging", 1],
    ["live", 1],
    ["lagging", 1],
    ["reconnecting", 10],
  ]);
  expect(told.map(([at, text]) => [at, text.split(".")[0]])).toEqual([
    [0, "Connecting"],
    [4, "Live"],
    [32, "Lagging"],
    [36, "Reconnecting"],
  ]);
});

it("never calls a recording live, and says of when it is", () => {
  expect(toldOf([["replay", 1]])[0]?.[1]).toMatch(/^Playing what was recorded on 1 May\. /);
});

it("tells no values of a picture that stands still, and its state all the same", () => {
  const told = toldOf(
    [
      ["live", 90],
      ["offline", 60],
    ],
    true,
  );
  expect(told.map(([at]) => at)).toEqual([0, 90]);
});
