import { describe, expect, it } from "vitest";
import type { Position } from "../bus/bus.ts";
import { parseServerMessage, type ServerMessage } from "../protocol.ts";
import { batch } from "../testing/start-live.ts";
import {
  advance,
  type ByeCode,
  bye,
  closeIfHeld,
  type HubParts,
  hello,
  type Member,
  newMember,
  restart,
  settle,
} from "./member.ts";
import { createTimeline } from "./timeline.ts";

const NOW = 1_790_000_000_000;

/** What viewers share, with readings 1 to `readings` of which the newest `kept` are kept whole. */
function startParts({ readings = 10, kept = 1000, frameReadings = 1000 } = {}): HubParts & { woken: number } {
  const timeline = createTimeline({ ringReadings: kept, frameReadings, maxSeries: 100 });
  if (readings > 0) timeline.take(batch(1, readings));
  timeline.flush();
  const parts = {
    timeline,
    settings: {
      ...{ conflateBytes: 100_000, closeBytes: 1_000_000, catchUpBytes: 50_000, conflateEveryMs: 50 },
      ...{ heartbeatMs: 15_000, aheadMs: 500, maxMessages: 200, retryAfterMs: 1234 },
    },
    counts: {
      ...{ framesSent: 0, conflatedFrames: 0, snapshots: 0, resumed: 0 },
      closed: { slow: 0, timeout: 0, "bad-message": 0, flood: 0, "going-away": 0 },
    },
    restless: new Set<Member>(),
    woken: 0,
    wake() {
      parts.woken += 1;
    },
    clock: () => NOW,
  };
  return parts;
}

/** A viewer whose line is the test's: what was said on it, how it was closed, and what lies unread. */
function join(resume: Position | null = null) {
  const messages: ServerMessage[] = [];
  const closed: [ByeCode, number | null][] = [];
  const line = { held: 0 };
  const member = newMember(
    {
      send: ({ payload }) => void messages.push(parseServerMessage(payload.toString())),
      held: () => line.held,
      close: (code, retryAfter) => void closed.push([code, retryAfter]),
    },
    resume,
    NOW,
  );
  const said = () =>
    messages.splice(0).map((message) => {
      if (message.t === "snapshot") return `snapshot to ${message.offset}`;
      return message.t === "delta" ? `${message.from} to ${message.to}` : message.t;
    });
  return { member, closed, line, said };
}

describe("a viewer is greeted", () => {
  it("with the snapshot where it holds nothing, and is at the head then", () => {
    const parts = startParts();
    const { member, said } = join();
    settle(parts, member, NOW);
    expect(said()).toEqual(["snapshot to 10"]);
    expect(parts.counts).toMatchObject({ snapshots: 1, resumed: 0 });
    expect(parts.restless.has(member)).toBe(false);
  });

  it.each([
    ["what it missed, where all of that is kept", 4, ["resumed", "5 to 10"]],
    ["nothing, where it missed nothing", 10, ["resumed"]],
    ["nothing yet, where it knows more than is here", 25, ["resumed"]],
  ])("with %s", (_, offset, expected) => {
    const parts = startParts();
    const { member, said } = join({ epoch: "e1", offset });
    settle(parts, member, NOW);
    expect(said()).toEqual(expected);
    expect(parts.counts).toMatchObject({ snapshots: 0, resumed: 1 });
    expect(member.greetedWhole).toBe(true);
  });

  it.each([
    ["of another epoch, though its offset is known", { epoch: "e0", offset: 4 }],
    ["of another epoch, though its offset is ahead", { epoch: "e0", offset: 25 }],
  ])("with the snapshot where its position is %s", (_, resume) => {
    const parts = startParts();
    const { member, said } = join(resume);
    settle(parts, member, NOW);
    expect(said()).toEqual(["snapshot to 10"]);
    expect(parts.counts).toMatchObject({ snapshots: 1, resumed: 0 });
  });

  it("with the snapshot where what it missed is no longer kept, and with frames to the last kept one", () => {
    const answers = [0, 5, 6].map((offset) => {
      // Frames of 2: the last two of them hold the 4 readings that are kept.
      const parts = startParts({ kept: 4, frameReadings: 2 });
      const { member, said } = join({ epoch: "e1", offset });
      settle(parts, member, NOW);
      return said();
    });
    expect(answers).toEqual([["snapshot to 10"], ["snapshot to 10"], ["resumed", "7 to 8", "9 to 10"]]);
  });

  it("once, and not before there is anything to show", () => {
    const parts = startParts({ readings: 0 });
    const { member, said } = join();
    hello(parts, member);
    settle(parts, member, NOW);
    restart(parts, member, NOW);
    expect(said()).toEqual([]);
    parts.timeline.take(batch(1, 3));
    parts.timeline.flush();
    hello(parts, member);
    settle(parts, member, NOW);
    settle(parts, member, NOW);
    expect(said()).toEqual(["hello", "snapshot to 3"]);
  });

  it("anew when all begins anew, but not before its first greeting, and not once it is closed", () => {
    const parts = startParts();
    const [greeted, waiting, gone] = [join(), join(), join()];
    for (const { member, said } of [greeted, gone]) {
      settle(parts, member, NOW);
      said();
    }
    bye(parts, gone.member, "going-away");
    for (const { member } of [greeted, waiting, gone]) restart(parts, member, NOW);
    expect(greeted.said()).toEqual(["hello", "snapshot to 10"]);
    expect(waiting.said()).toEqual([]);
    expect(gone.said()).toEqual([]);
  });
});

describe("a viewer is closed", () => {
  it.each([
    ["slow", 1234],
    ["timeout", 1234],
    ["going-away", 1234],
    ["bad-message", null],
    ["flood", null],
  ] as const)("once, for %s, and may come back after %s ms", (code, retryAfter) => {
    const parts = startParts();
    const { member, closed, said } = join();
    settle(parts, member, NOW);
    said();
    bye(parts, member, code);
    bye(parts, member, "slow");
    expect(closed).toEqual([[code, retryAfter]]);
    const none = { slow: 0, timeout: 0, "bad-message": 0, flood: 0, "going-away": 0 };
    expect(parts.counts.closed).toEqual({ ...none, [code]: 1 });
    parts.timeline.take(batch(11, 5));
    parts.timeline.flush();
    advance(parts, member, NOW);
    expect(said()).toEqual([]);
    expect(parts.restless.has(member)).toBe(false);
  });

  it("for what lies here unread, beyond the limit and its own snapshot, which all share", () => {
    const parts = startParts();
    const { member, closed, line } = join();
    settle(parts, member, NOW);
    const snapshot = parts.timeline.snapshot().reduce((sum, { wire }) => sum + wire.length, 0);
    expect(snapshot).toBeGreaterThan(0);
    line.held = 1_000_000 + snapshot;
    expect(closeIfHeld(parts, member)).toBe(false);
    expect(closed).toEqual([]);
    line.held += 1;
    expect(closeIfHeld(parts, member)).toBe(true);
    expect(closed).toEqual([["slow", 1234]]);
  });

  it("instead of being handed another frame, where it reads none", () => {
    const parts = startParts();
    const { member, closed, line, said } = join();
    settle(parts, member, NOW);
    said();
    line.held = 2_000_000;
    parts.timeline.take(batch(11, 5));
    parts.timeline.flush();
    advance(parts, member, NOW);
    expect(said()).toEqual([]);
    expect(closed).toEqual([["slow", 1234]]);
  });
});

it("a viewer ahead of the head waits for it, wakes the clock once, and is given the snapshot in the end", () => {
  const parts = startParts();
  const { member, said } = join({ epoch: "e1", offset: 25 });
  settle(parts, member, NOW);
  advance(parts, member, NOW + 500);
  expect(said()).toEqual(["resumed"]);
  expect([parts.restless.has(member), parts.woken]).toEqual([true, 1]);
  advance(parts, member, NOW + 501);
  expect(said()).toEqual(["hello", "snapshot to 10"]);
});
