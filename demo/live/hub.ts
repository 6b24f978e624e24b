import type { Position } from "../bus/bus.ts";
import type { ClientMessage } from "../protocol.ts";
import { encodeFrame } from "./frame.ts";
import { hear, take } from "./inbox.ts";
import {
  advance,
  type ByeCode,
  bye,
  type HubParts,
  hello,
  type Member,
  type MemberSettings,
  newMember,
  restart,
  type SendCounts,
  settle,
  type Transport,
  unsettle,
} from "./member.ts";
import { createRounds } from "./rounds.ts";
import type { Arrival, Timeline } from "./timeline.ts";
import { acked, closing, decideHeartbeat, forgiven, isRestless, pinged } from "./viewer-state.ts";

export interface HubSettings extends MemberSettings {
  /** How long a viewer may take to say `resume` before it is sent a snapshot, ms. */
  greetMs: number;
}

/** What a transport tells the hub of its viewer. */
export interface Viewer {
  take(message: ClientMessage): void;
  /** The viewer sent something that the transport itself answers. */
  heard(): void;
  /** The transport knows that all up to `offset` has left. */
  delivered(offset: number): void;
  refuse(code: ByeCode): void;
  gone(): void;
}

export interface HubCounts extends SendCounts {
  viewers: number;
}

/** So often is each viewer looked at in the time between two pings of it: how late a ping may be. */
const ROUNDS_PER_HEARTBEAT = 8;
const PING = encodeFrame({ t: "ping" });

/**
 * Hands the timeline's frames to every viewer as fast as it takes them. `now` in epoch ms.
 * @param wake called when time has begun to matter to a viewer: `tick` is to be called soon
 */
export function createHub(
  timeline: Timeline,
  settings: HubSettings,
  clock: () => number,
  wake: () => void = () => {},
) {
  const members = new Set<Member>();
  const restless = new Set<Member>();
  const parts: HubParts = { timeline, settings, counts: noCounts(), restless, wake, clock };
  const rounds = createRounds(members, settings.heartbeatMs / ROUNDS_PER_HEARTBEAT);
  let tickedAt = clock();

  return {
    counts: (): HubCounts => ({ ...parts.counts, viewers: members.size }),
    size: () => members.size,
    /** There is no viewer whom the passing of time alone may bring something, beside heartbeats. */
    isCalm: () => restless.size === 0,

    /** @param resume where the viewer stands, if the transport says so at once */
    join(transport: Transport, resume: Position | null = null): Viewer {
      const member = newMember(transport, resume, clock());
      members.add(member);
      unsettle(parts, member);
      hello(parts, member);
      if (resume) settle(parts, member, clock());
      return viewerOf(parts, member, () => {
        members.delete(member);
        restless.delete(member);
        // What its transport may still tell changes nothing.
        closing(member.state, clock());
      });
    },

    /** Hands out what `flush` made. */
    flushed(): void {
      const now = clock();
      for (const member of members) advance(parts, member, now);
    },

    /** What the bus brought is no continuation: greets those that wait, or tells all to begin anew. */
    arrived(arrival: Arrival, isFirst: boolean): void {
      const now = clock();
      for (const member of members) {
        if (isFirst) hello(parts, member);
        if (isFirst && member.resume) settle(parts, member, now);
        if (arrival === "epoch" || arrival === "gap") restart(parts, member, now);
      }
    },

    /** A shared snapshot filled in what viewers greeted before it could not be told. */
    completed(): void {
      for (const member of members) if (!member.greetedWhole) restart(parts, member, clock());
    },

    /** The passing of time, so many seconds after the last call if this process did not stand still: heartbeats, conflated frames, viewers that never said a word. */
    tick(seconds: number): void {
      const now = clock();
      const stoodStill = now - tickedAt - seconds * 1000;
      tickedAt = now;
      // Below 0: the clock was set back.
      if (Math.abs(stoodStill) > seconds * 1000)
        for (const { state } of members) forgiven(state, stoodStill, now);
      for (const member of restless) tickOne(parts, settings, member, now);
      rounds.pass(seconds * 1000, (member) => beat(parts, settings, member, now));
    },

    closeAll(): void {
      for (const member of members) bye(parts, member, "going-away");
    },
  };
}

export type Hub = ReturnType<typeof createHub>;

function noCounts(): SendCounts {
  const closed = { slow: 0, timeout: 0, "bad-message": 0, flood: 0, "going-away": 0 };
  return { framesSent: 0, conflatedFrames: 0, snapshots: 0, resumed: 0, closed };
}

function viewerOf(parts: HubParts, member: Member, gone: () => void): Viewer {
  const { clock } = parts;
  const alive = () => member.state.phase !== "closing";
  return {
    take: (message) => alive() && take(parts, member, message, clock()),
    heard: () => alive() && hear(parts, member, clock()),
    delivered(offset) {
      if (!alive()) return;
      acked(member.state, offset, clock());
      advance(parts, member, clock());
    },
    refuse: (code) => bye(parts, member, code),
    gone,
  };
}

function tickOne(parts: HubParts, settings: HubSettings, member: Member, now: number): void {
  const { state } = member;
  if (state.phase === "greeting" && now - state.since >= settings.greetMs) settle(parts, member, now);
  else advance(parts, member, now);
  if (!isRestless(state, parts.timeline.head()?.offset ?? 0)) parts.restless.delete(member);
}

function beat(parts: HubParts, settings: HubSettings, member: Member, now: number): void {
  const move = decideHeartbeat(member.state, settings, now);
  if (move === "bye-timeout") bye(parts, member, "timeout");
  if (move !== "ping") return;
  member.transport.send(PING);
  pinged(member.state, now);
}
