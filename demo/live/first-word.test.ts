import { describe, expect, it } from "vitest";
import { startHub } from "../testing/start-hub.ts";
import { offsetsIn } from "../testing/start-live.ts";

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("a viewer's first word", () => {
  it("may be resume: it is handed what it missed, cut to its offset", () => {
    const test = startHub();
    test.publish(10);
    test.publish(10);
    const viewer = test.join();
    expect(viewer.kinds()).toEqual(["hello"]);
    viewer.viewer.take({ t: "resume", epoch: "e1", offset: 7 });
    expect(viewer.kinds()).toEqual(["hello", "resumed", "delta", "delta"]);
    expect(offsetsIn(viewer.messages)).toEqual(numbers(8, 20));
    expect(test.hub.counts()).toMatchObject({ resumed: 1, snapshots: 0 });
  });

  it.each([
    ["of another epoch", { epoch: "e0", offset: 100 }],
    ["that is no longer kept", { epoch: "e1", offset: 30 }],
  ])("may be a resume %s: it is sent a snapshot", (_, resume) => {
    const test = startHub({}, 20);
    for (let times = 0; times < 10; times += 1) test.publish(10);
    const viewer = test.join();
    viewer.viewer.take({ t: "resume", ...resume });
    expect(viewer.kinds()).toEqual(["hello", "snapshot"]);
  });

  it("may claim an offset ahead of this process: it waits for it, and no longer than it should", () => {
    const test = startHub({ aheadMs: 500 });
    test.publish(10);
    const [ahead, liar] = [15, 9000].map((offset) => test.join({ epoch: "e1", offset }));
    test.publish(10);
    expect(offsetsIn(ahead?.messages ?? [])).toEqual(numbers(16, 20));
    expect(liar?.kinds()).toEqual(["hello", "resumed"]);
    test.pass(501);
    expect(liar?.kinds()).toEqual(["hello", "resumed", "hello", "snapshot"]);
  });

  it("may be waited for no longer than it should: then comes the snapshot", () => {
    const test = startHub({ greetMs: 250 });
    test.publish(10);
    const viewer = test.join();
    test.pass(249);
    expect(viewer.kinds()).toEqual(["hello"]);
    test.pass(1);
    expect(viewer.kinds()).toEqual(["hello", "snapshot"]);
    viewer.viewer.take({ t: "resume", epoch: "e1", offset: 3 });
    expect(viewer.kinds()).toEqual(["hello", "snapshot"]);
    expect(viewer.closed).toBeNull();
  });

  it("is waited for anew where the process stood still, since it may have been said meanwhile", () => {
    const test = startHub({ greetMs: 250 });
    test.publish(10);
    const viewer = test.join();
    test.stall(30_000);
    test.pass(100);
    expect(viewer.kinds()).toEqual(["hello"]);
    viewer.viewer.take({ t: "resume", epoch: "e1", offset: 3 });
    expect(viewer.kinds()).toEqual(["hello", "resumed", "delta"]);
  });

  it("may come before the first reading: it is greeted with that", () => {
    const test = startHub();
    const viewer = test.join({ epoch: "", offset: 0 });
    expect(viewer.kinds()).toEqual([]);
    test.publish(3);
    expect(viewer.kinds()).toEqual(["hello", "snapshot"]);
  });

  it("is resume or never: a second one is a bad message", () => {
    const test = startHub();
    test.publish(10);
    const viewer = test.join();
    viewer.viewer.take({ t: "ping" });
    viewer.viewer.take({ t: "resume", epoch: "e1", offset: 7 });
    expect(viewer.closed).toEqual({ code: "bad-message", retryAfter: null });
  });
});
