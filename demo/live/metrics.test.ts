import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { Bus } from "../bus/bus.ts";
import type { LiveCounts, LiveServer } from "./live-server.ts";
import { watchLive } from "./metrics.ts";

const closed = { slow: 1, timeout: 2, "bad-message": 3, flood: 4, "going-away": 5 };
const counts: LiveCounts = {
  ...{ viewers: 11, epoch: "e1", offset: 12, series: 13 },
  ...{ framesSent: 14, conflatedFrames: 15, snapshots: 16, resumed: 17, closed },
};

function watched() {
  const now = { counts, isConnected: true, hasBegun: true };
  const registry = new Registry();
  const live = { counts: () => now.counts, hasBegun: () => now.hasBegun } as LiveServer;
  const bus = { connected: () => now.isConnected } as Bus;
  const health = watchLive(registry, live, bus);
  const shown = async () =>
    Object.fromEntries(
      (await registry.metrics())
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => line.replace("sprintcast_live_", "").split(" ")),
    );
  return { now, health, shown };
}

describe("the live view's metrics", () => {
  it("show each count there is under its own name, and every reason to close", async () => {
    expect(await watched().shown()).toEqual({
      bus_away: "0",
      viewers: "11",
      offset: "12",
      series: "13",
      frames_total: "14",
      conflated_frames_total: "15",
      snapshots_total: "16",
      resumed_total: "17",
      'closed_total{code="slow"}': "1",
      'closed_total{code="timeout"}': "2",
      'closed_total{code="bad-message"}': "3",
      'closed_total{code="flood"}': "4",
      'closed_total{code="going-away"}': "5",
    });
  });

  it("are those of now each time they are asked for, and no sum of what was told before", async () => {
    const { now, shown } = watched();
    await shown();
    now.isConnected = false;
    now.counts = { ...counts, viewers: 0, framesSent: 20, closed: { ...closed, slow: 6 } };
    expect(await shown()).toMatchObject({
      ...{ bus_away: "1", viewers: "0", frames_total: "20", 'closed_total{code="slow"}': "6" },
    });
  });
});

describe("what keeps the live view from its work", () => {
  it("is a bus that it has never had a word from, and nothing later", () => {
    const { now, health } = watched();
    expect([health.troubles(), health.degraded()]).toEqual([[], []]);
    now.isConnected = false;
    expect([health.troubles(), health.degraded()]).toEqual([[], ["the bus does not answer"]]);
    now.hasBegun = false;
    now.counts = { ...counts, epoch: null };
    expect(health.troubles()).toEqual(["the bus has not been reached since the start"]);
    expect(health.degraded()).toEqual(["the bus does not answer", "nothing has come over the bus yet"]);
  });
});
