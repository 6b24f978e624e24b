import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stopAsked } from "./stop-asked.ts";

const signals = ["SIGTERM", "SIGINT"] as const;
let before: Map<string, NodeJS.SignalsListener[]>;
beforeEach(() => {
  before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.includes(listener)) process.off(signal, listener);
    }
  }
});

describe("being asked to stop", () => {
  it.each(signals)("happens by %s", async (signal) => {
    const asked = stopAsked();
    process.emit(signal);
    await asked;
  });

  it("twice at the same time is once, and later on means at once", () => {
    let now = 5000;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
    void stopAsked();
    process.emit("SIGINT");
    now += 1000;
    process.emit("SIGINT");
    expect(exit).not.toHaveBeenCalled();
    now += 1;
    process.emit("SIGTERM");
    expect(exit).toHaveBeenCalledExactlyOnceWith(5);
  });

  it("leaves a listener behind, so that no library takes the process for unattended", async () => {
    const asked = stopAsked();
    process.emit("SIGTERM");
    await asked;
    expect(process.listeners("SIGTERM").length).toBeGreaterThan(before.get("SIGTERM")?.length ?? 0);
  });
});
