import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reading } from "../protocol.ts";
import { anyReading, latestOf } from "../testing/arbitraries.ts";
import { type FakeViewer, startHub } from "../testing/start-hub.ts";
import { offsetsIn } from "../testing/start-live.ts";
import { emptyFleet, reduce } from "../view/fleet-state.ts";

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A viewer that has been greeted with a snapshot, as one is that says it holds nothing. */
function greeted(test: ReturnType<typeof startHub>): FakeViewer {
  return test.join({ epoch: "", offset: 0 });
}

/** Padding of names that makes a batch of ten readings some 10 kB long. */
const LONG = "x".repeat(1000);

describe("the hub's law", () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.array(anyReading, { minLength: 1, maxLength: 12 }) },
    { weight: 1, arbitrary: fc.record({ acks: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ ms: fc.integer({ min: 1, max: 120 }) }) },
    { weight: 1, arbitrary: fc.constant("join" as const) },
    { weight: 1, arbitrary: fc.record({ returns: fc.nat() }) },
  );

  it("who is not closed is told all, with nothing missing that was not declared, however slow it was", () => {
    // Limits so small that some viewers flow, some are conflated, and some are closed.
    const limits = { conflateBytes: 600, closeBytes: 1000, catchUpBytes: 400, greetMs: 10 };
    const met = { conflated: 0, closed: 0, resumed: 0, snapshots: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const test = startHub(limits, 40);
        const viewers: FakeViewer[] = [greeted(test)];
        const all: Reading[] = [];
        const pick = (index: number) => viewers[index % viewers.length];
        for (const one of steps) {
          if (Array.isArray(one)) {
            all.push(...one);
            test.publish(one);
          } else if (one === "join") viewers.push(greeted(test));
          else if ("acks" in one) pick(one.acks)?.ack();
          else if ("ms" in one) test.pass(one.ms);
          else {
            const left = pick(one.returns);
            const held = left ? { epoch: "e1", offset: left.offset() } : null;
            left?.viewer.gone();
            // It keeps what it saw, and goes on behind it.
            const back = test.join(held);
            if (left) back.messages.unshift(...left.messages);
            viewers[viewers.indexOf(left ?? back)] = back;
          }
        }
        const isBehind = (viewer: FakeViewer) => viewer.closed === null && viewer.offset() < all.length;
        while (all.length > 0 && viewers.some(isBehind)) {
          for (const viewer of viewers) viewer.ack();
          test.pass(60);
        }
        for (const viewer of viewers) check(viewer, all);
        const counts = test.hub.counts();
        met.conflated += counts.conflatedFrames;
        met.closed += counts.closed.slow;
        met.resumed += counts.resumed;
        met.snapshots += counts.snapshots;
      }),
      { numRuns: 300 },
    );
    // Each of the ways was met, or the law would say little.
    expect(Object.entries(met).filter(([, times]) => times === 0)).toEqual([]);
  });

  function check({ messages, closed }: FakeViewer, all: readonly Reading[]): void {
    let fleet = emptyFleet;
    for (const message of messages) {
      const { fleet: next, outcome } = reduce(fleet, message);
      expect(["gap", "early"]).not.toContain(outcome.kind);
      fleet = next;
    }
    const state = Object.fromEntries(
      [...fleet.latest].map(([source, metrics]) => [
        source,
        Object.fromEntries([...metrics].map(([metric, { at, value }]) => [metric, [at, value]])),
      ]),
    );
    expect(state).toEqual(latestOf(all.slice(0, fleet.offset)));
    if (closed === null) expect(fleet.offset).toBe(all.length);
  }
});

describe("a flush", () => {
  it("hands the same buffer to every viewer, and makes one frame for all", () => {
    const test = startHub();
    test.publish(5);
    const viewers = Array.from({ length: 50 }, () => greeted(test));
    test.publish(7);
    test.publish(7);
    const [first, ...others] = viewers.map(({ frames }) => frames);
    for (const other of others)
      for (const [at, frame] of other.entries()) {
        // Only the hello is each viewer's own: it carries the clock.
        if (at > 0) expect(frame).toBe(first?.[at]);
      }
    expect(viewers.map(({ messages }) => offsetsIn(messages))).toEqual(viewers.map(() => numbers(6, 19)));
    expect(test.hub.counts()).toMatchObject({ viewers: 50, framesSent: 100, snapshots: 50 });
  });

  it("hands conflated viewers of the same offset one buffer, too", () => {
    const test = startHub({ conflateBytes: 2000 });
    test.publish(5);
    const viewers = [greeted(test), greeted(test), greeted(test)];
    for (let times = 0; times < 10; times += 1) test.publish(10);
    test.pass(50);
    const last = viewers.map(({ frames }) => frames.at(-1));
    expect(viewers[0]?.messages.at(-1)).toMatchObject({ t: "delta", conflated: true, to: 105 });
    expect(new Set(last).size).toBe(1);
  });
});

describe("a viewer that owes bytes", () => {
  it("flows up to 256 KiB, is conflated past that, and flows again once it owes half", () => {
    const test = startHub();
    test.publish(5);
    const viewer = greeted(test);
    const isConflated = () => {
      const last = viewer.messages.at(-1);
      return last?.t === "delta" && last.conflated === true;
    };
    let owed = 0;
    while (owed <= 262_144) {
      test.publish(10, { pad: LONG });
      owed += viewer.frames.at(-1)?.wire.length ?? 0;
      expect(isConflated()).toBe(false);
    }
    test.publish(10, { pad: LONG });
    expect(isConflated()).toBe(true);
    const { length } = viewer.frames;
    test.publish(10, { pad: LONG });
    expect(viewer.frames).toHaveLength(length);
    test.pass(50);
    expect(viewer.frames).toHaveLength(length + 1);
    expect(isConflated()).toBe(true);
    viewer.ack();
    test.publish(1);
    test.publish(1);
    expect(isConflated()).toBe(false);
    expect(viewer.offset()).toBe(test.timeline.head()?.offset);
  });

  it("is told bye past 1 MiB and sent nothing more, while another goes on", () => {
    const test = startHub();
    test.publish(5);
    const [slow, fast] = [greeted(test), greeted(test)];
    let sent = 0;
    while (slow.closed === null && sent < 10_000) {
      test.publish(100, { pad: LONG });
      test.pass(50);
      fast.ack();
      sent += 1;
    }
    const owed = slow.frames.slice(2).reduce((sum, { wire }) => sum + wire.length, 0);
    expect(slow.closed).toEqual({ code: "slow", retryAfter: 1000 });
    expect(owed).toBeLessThanOrEqual(1_048_576);
    expect(owed).toBeGreaterThan(1_048_576 / 2);
    const { length } = slow.frames;
    test.publish(1);
    test.pass(100_000);
    expect(slow.frames).toHaveLength(length);
    expect(fast.closed?.code).not.toBe("slow");
    expect(test.hub.counts().closed.slow).toBe(1);
  });

  it("is told bye for what lies here for it, though it acknowledges everything", () => {
    const test = startHub();
    test.publish(5);
    const viewer = greeted(test);
    const snapshot = viewer.frames[1]?.wire.length ?? 0;
    viewer.held = 1_048_576 + snapshot;
    viewer.ack();
    expect(viewer.closed).toBeNull();
    viewer.held += 1;
    viewer.ack();
    expect(viewer.closed).toEqual({ code: "slow", retryAfter: 1000 });
  });
});

describe("the hub", () => {
  it("answers a ping, pings who was pinged long ago, and closes who says nothing for twice that", () => {
    const test = startHub({ heartbeatMs: 1000 });
    test.publish(1);
    const [alive, dead] = [greeted(test), greeted(test)];
    alive.viewer.take({ t: "ping" });
    expect(alive.kinds().at(-1)).toBe("pong");
    test.pass(1000);
    expect([alive, dead].map((viewer) => viewer.kinds().at(-1))).toEqual(["ping", "ping"]);
    alive.viewer.take({ t: "pong" });
    test.pass(1001);
    expect([alive.closed, dead.closed?.code]).toEqual([null, "timeout"]);
    alive.viewer.heard();
    test.pass(1500);
    expect(alive.closed).toBeNull();
  });

  it("closes no viewer for a silence that was its own, and any for one that was not", () => {
    const test = startHub({ heartbeatMs: 1000 });
    test.publish(1);
    const viewer = greeted(test);
    test.stall(60_000);
    test.pass(100);
    expect(viewer.closed).toBeNull();
    for (let ms = 0; ms < 2500; ms += 100) test.pass(100);
    expect(viewer.closed?.code).toBe("timeout");
  });

  it("closes who says more than it may, and forgives with time", () => {
    const test = startHub({ maxMessages: 10 });
    test.publish(1);
    const [chatty, patient] = [greeted(test), greeted(test)];
    for (let times = 0; times < 10; times += 1) patient.viewer.take({ t: "pong" });
    test.pass(500);
    for (let times = 0; times < 5; times += 1) patient.viewer.take({ t: "pong" });
    for (let times = 0; times < 11; times += 1) chatty.viewer.take({ t: "pong" });
    expect([patient.closed, chatty.closed]).toEqual([null, { code: "flood", retryAfter: null }]);
  });

  it("tells all of a new epoch with a snapshot", () => {
    const test = startHub();
    test.publish(10);
    const viewer = greeted(test);
    test.publish(4, { epoch: "e2" });
    expect(viewer.kinds()).toEqual(["hello", "snapshot", "hello", "snapshot"]);
    expect(viewer.messages.at(-2)).toMatchObject({ epoch: "e2", offset: 4 });
  });

  it("counts who is there, and says bye to all once", () => {
    const test = startHub();
    test.publish(1);
    const [one, two] = [greeted(test), greeted(test)];
    one.viewer.gone();
    expect(test.hub.size()).toBe(1);
    test.hub.closeAll();
    test.hub.closeAll();
    expect([one.closed, two.closed]).toEqual([null, { code: "going-away", retryAfter: 1000 }]);
    expect(test.hub.counts().closed["going-away"]).toBe(1);
  });
});
