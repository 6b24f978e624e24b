import type { Position } from "../bus/bus.ts";
import type { ClientMessage } from "../protocol.ts";
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
  say,
  settle,
  type Transport,
} from "./member.ts";
import type { Arrival, Timeline } from "./timeline.ts";
import { acked, decideHeartbeat, forgiven, pinged } from "./viewer-state.ts";

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

/** Hands the timeline's frames to every viewer as fast as it takes them. `now` in epoch ms. */
export function createHub(timeline: Timeline, settings: HubSettings, clock: () => number) {
  const members = new Set<Member>();
  const parts: HubParts = { timeline, settings, counts: noCounts(), clock };
  let tickedAt = clock();

  return {
    counts: (): HubCounts => ({ ...parts.counts, viewers: members.size }),
    size: () => members.size,

    /** @param resume where the viewer stands, if the transport says so at once */
    join(transport: Transport, resume: Position | null = null): Viewer {
      const member = newMember(transport, resume, clock());
      members.add(member);
      hello(parts, member);
      if (resume) settle(parts, member, clock());
      return viewerOf(parts, member, () => members.delete(member));
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
      for (const member of members) {
        if (stoodStill > seconds * 1000) forgiven(member.state, stoodStill, now);
        tickOne(parts, settings, member, seconds, now);
      }
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

function tickOne(parts: HubParts, settings: HubSettings, member: Member, seconds: number, now: number): void {
  member.messages = Math.max(0, member.messages - settings.maxMessages * seconds);
  const due = member.state.phase === "greeting" && now - member.state.since >= settings.greetMs;
  if (due) settle(parts, member, now);
  else advance(parts, member, now);
  const move = decideHeartbeat(member.state, settings, now);
  if (move === "bye-timeout") bye(parts, member, "timeout");
  if (move !== "ping") return;
  say(member, { t: "ping" });
  pinged(member.state, now);
}
