import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createBell } from "./bell.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Notes who has woken, in order. */
function sleepers() {
  const bell = createBell();
  const woken: string[] = [];
  const sleep = (name: string, ms?: number) => bell.wait(ms).then(() => void woken.push(name));
  return { bell, woken, sleep };
}
const turn = () => vi.advanceTimersByTimeAsync(0);

it("wakes all who wait, once each, and nobody who comes later", async () => {
  const { bell, woken, sleep } = sleepers();
  sleep("a");
  sleep("b");
  bell.ring();
  sleep("c");
  await turn();
  expect(woken).toEqual(["a", "b"]);
  bell.ring();
  bell.ring();
  await turn();
  expect(woken).toEqual(["a", "b", "c"]);
});

it("wakes who has waited as long as he would, and then leaves no timer behind", async () => {
  const { bell, woken, sleep } = sleepers();
  sleep("short", 50);
  sleep("long", 5000);
  sleep("for ever");
  await vi.advanceTimersByTimeAsync(49);
  expect(woken).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect([woken, vi.getTimerCount()]).toEqual([["short"], 1]);
  bell.ring();
  await turn();
  expect([woken, vi.getTimerCount()]).toEqual([["short", "long", "for ever"], 0]);
});

it("that is rung by one who wakes wakes those who have come since", async () => {
  const { bell, woken, sleep } = sleepers();
  sleep("a").then(() => {
    sleep("b");
    bell.ring();
  });
  bell.ring();
  await turn();
  expect(woken).toEqual(["a", "b"]);
});

it("that nobody hears is forgotten", async () => {
  const { bell, woken, sleep } = sleepers();
  bell.ring();
  sleep("a");
  await turn();
  expect(woken).toEqual([]);
});
