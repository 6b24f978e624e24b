import { expect, test } from "vitest";
import { recordingOf } from "../testing/fleet-batch.ts";
import { newestAt } from "./fleet-state.ts";
import { createReplay } from "./replay.ts";

const startedAt = 1_790_000_000_000;

/** A recording of so many seconds, played by a clock that the test sets. */
async function playing(seconds: number) {
  let now = 5_000;
  const calls: string[] = [];
  const replay = createReplay({
    recordingUrl: new URL("http://127.0.0.1/run.ndjson"),
    span: { leastMs: 20_000 },
    clock: () => now,
    fetchText: async () => recordingOf(seconds, startedAt),
    begun: () => calls.push("begun"),
    played: ({ kind }) => calls.push(kind),
    changed: () => undefined,
  });
  await replay.play();
  return { replay, calls, wait: (ms: number) => (now += ms) };
}

test.each([
  [60, 20_000],
  [20, 9_950],
])(
  "a recording of %i s begins with its first %i ms on the charts, then goes on in its own time",
  async (seconds, lead) => {
    const { replay, calls, wait } = await playing(seconds);
    const shown = replay.shown();
    expect(shown?.until).toBe(startedAt + lead);
    const at = lead - (lead % 100);
    expect(shown && newestAt(shown.fleet)).toBe(startedAt + at);
    expect([calls[0], calls.filter((call) => call === "applied").length]).toEqual(["begun", at / 100 + 1]);
    expect(replay.isOver()).toBe(false);
    wait(1_000);
    replay.tick(false);
    expect(replay.shown()?.until).toBe(startedAt + lead + 1_000);
  },
);

test("shown to its end at once, it stays there as time goes by", async () => {
  const { replay, wait } = await playing(60);
  replay.toEnd();
  const end = replay.shown()?.until;
  expect(end).toBe(startedAt + 59_900);
  for (const ms of [100, 1000, 30_000, 60_000]) {
    wait(ms);
    replay.tick(false);
    expect([replay.shown()?.until, replay.isOver()]).toEqual([end, true]);
  }
});

test("it goes on from where it is where the clock was set back, and where it stood still for a pause", async () => {
  const { replay, wait } = await playing(60);
  wait(1000);
  replay.tick(false);
  wait(-3_600_000);
  replay.tick(false);
  expect(replay.shown()?.until).toBe(startedAt + 21_000);
  wait(500);
  replay.tick(false);
  expect(replay.shown()?.until).toBe(startedAt + 21_500);
  wait(9000);
  replay.tick(true);
  wait(250);
  replay.tick(false);
  expect(replay.shown()?.until).toBe(startedAt + 21_750);
});

test("played again, it begins there again, without what was shown before", async () => {
  const { replay, calls } = await playing(60);
  replay.toEnd();
  expect(replay.isOver()).toBe(true);
  calls.length = 0;
  replay.restart();
  expect([replay.shown()?.until, calls[0]]).toEqual([startedAt + 20_000, "begun"]);
});
