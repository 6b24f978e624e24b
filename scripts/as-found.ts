import { afterAll, expect, vi } from "vitest";

const found = surroundings();

// Test files share a process, one after the other: what one leaves behind, another would run with.
afterAll(() => {
  expect(surroundings(), "what a test file leaves of the process").toEqual(found);
});

function surroundings() {
  return {
    folder: process.cwd(),
    env: { ...process.env },
    umask: process.umask(),
    timers: vi.isFakeTimers() ? "fake" : "real",
    listeners: ["SIGINT", "SIGTERM", "SIGHUP", "uncaughtException", "unhandledRejection"].map(
      (event) => `${event}: ${process.listenerCount(event)}`,
    ),
  };
}
