import { afterEach, expect, test, vi } from "vitest";
import { isRunning } from "./is-running.ts";

afterEach(() => vi.restoreAllMocks());

test("this process runs, and so does its parent", () => {
  expect([process.pid, process.ppid].map(isRunning)).toEqual([true, true]);
});

test("no process has a number above all that systems give, or none at all", () => {
  expect([2 ** 30, Number("not a number")].map(isRunning)).toEqual([false, false]);
});

test("another user's process runs, too, though it may not be signalled", () => {
  vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error("kill EPERM"), { code: "EPERM" });
  });
  expect(isRunning(1)).toBe(true);
});
