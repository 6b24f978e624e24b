import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startHub } from "../testing/start-hub.ts";

const nothingHeld = { epoch: "", offset: 0 };

describe("how much a viewer may say", () => {
  it("is a second's worth at once, and from then on as much as time brings", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5000 }), (maxMessages, ms) => {
        const test = startHub({ maxMessages });
        const { viewer, ...fake } = test.join(nothingHeld);
        const told = { fake, count: 0 };
        for (; told.count < maxMessages; told.count++) viewer.take({ t: "ping" });
        expect(test.hub.counts().closed.flood).toBe(0);
        test.stall(ms);
        const more = Math.min(maxMessages, Math.floor((maxMessages * ms) / 1000));
        for (let n = 0; n < more; n++) viewer.take({ t: "ping" });
        expect(test.hub.counts().closed.flood).toBe(0);
        viewer.take({ t: "ping" });
        viewer.take({ t: "ping" });
        expect(test.hub.counts().closed.flood).toBe(1);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  it("is no less because the machine's clock was set back", () => {
    const test = startHub({ maxMessages: 10 });
    const fake = test.join(nothingHeld);
    fake.viewer.take({ t: "ping" });
    test.stall(-3_600_000);
    fake.viewer.take({ t: "ping" });
    expect([fake.closed, fake.kinds().filter((kind) => kind === "pong").length]).toEqual([null, 2]);
    for (let n = 0; n < 10; n++) fake.viewer.take({ t: "ping" });
    expect(fake.closed).toEqual({ code: "flood", retryAfter: null });
  });

  it("counts what its transport answers by itself, too", () => {
    const test = startHub({ maxMessages: 3 });
    const fake = test.join(nothingHeld);
    for (let n = 0; n < 4; n++) fake.viewer.heard();
    expect(fake.closed?.code).toBe("flood");
  });
});

describe("a silent viewer", () => {
  it("is pinged and closed in its time, though the clock was set back meanwhile", () => {
    const test = startHub({ heartbeatMs: 1000 });
    const fake = test.join(nothingHeld);
    test.publish(1);
    fake.ack();
    test.stall(-3_600_000);
    for (let n = 0; n < 24; n++) test.pass(100);
    expect([fake.kinds().includes("ping"), fake.closed?.code]).toEqual([true, "timeout"]);
  });
});

describe("what a viewer says", () => {
  it("is answered in any phase, and after its bye no more", () => {
    const test = startHub();
    const fake = test.join();
    fake.viewer.take({ t: "ping" });
    expect(fake.kinds()).toEqual(["pong"]);
    fake.viewer.refuse("bad-message");
    fake.viewer.take({ t: "ping" });
    fake.viewer.take({ t: "ack", offset: 1 });
    expect([fake.kinds(), fake.closed]).toEqual([["pong"], { code: "bad-message", retryAfter: null }]);
  });

  it("is no resume but as its first word, even where the first one was a ping", () => {
    const test = startHub();
    test.publish(3);
    const fake = test.join();
    fake.viewer.take({ t: "ping" });
    fake.viewer.take({ t: "resume", epoch: "e1", offset: 1 });
    expect(fake.closed?.code).toBe("bad-message");
  });

  it("moves nothing forward by an acknowledgement before its greeting", () => {
    const test = startHub();
    test.publish(3);
    const fake = test.join();
    fake.viewer.take({ t: "ack", offset: 3 });
    expect(fake.kinds()).toEqual(["hello", "snapshot"]);
    expect(fake.offset()).toBe(3);
  });
});
