import type { Position } from "../bus/bus.ts";
import type { ClientMessage, ServerMessage } from "../protocol.ts";
import { encodeFrame, type Frame } from "./frame.ts";
import type { Arrival, Timeline } from "./timeline.ts";
import {
  acked,
  admits,
  closing,
  conflated,
  decide,
  decideHeartbeat,
  greet,
  heard,
  type Move,
  newViewer,
  pinged,
  sent,
  type ViewerLimits,
  type ViewerState,
} from "./viewer-state.ts";

/** Why a viewer is closed; README.md says what each means. */
export type ByeCode = "slow" | "timeout" | "bad-message" | "flood" | "going-away";

/** One viewer's connection, whatever carries it. */
export interface Transport {
  send(frame: Frame, to?: number): void;
  /** Bytes handed over that this process still holds, because the kernel has not taken them. */
  held(): number;
  /** Says bye and closes. `retryAfter` in ms; null when coming back the same way is of no use. */
  close(code: ByeCode, retryAfter: number | null): void;
}

export interface HubSettings extends ViewerLimits {
  /** How long a viewer may take to say `resume` before it is sent a snapshot, ms. */
  greetMs: number;
  /** Most messages of one viewer per second. */
  maxMessages: number;
  /** When a closed viewer should come back, ms. */
  retryAfterMs: number;
}

export interface Viewer {
  take(message: ClientMessage): void;
  /** The viewer sent something that the transport itself answers. */
  heard(): void;
  /** The transport knows that all up to `offset` has left. */
  delivered(offset: number): void;
  refuse(code: ByeCode): void;
  gone(): void;
}

interface Member {
  state: ViewerState;
  transport: Transport;
  resume: Position | null;
  spoke: boolean;
  greetedWhole: boolean;
  messages: number;
  /** Of the last snapshot it was sent, bytes: one buffer that all viewers share, however long it takes to leave. */
  snapshotBytes: number;
}

export interface HubCounts {
  viewers: number;
  framesSent: number;
  conflatedFrames: number;
  snapshots: number;
  resumed: number;
  closed: Record<ByeCode, number>;
}

/** Hands the timeline's frames to every viewer as fast as it takes them. `now` in epoch ms. */
export function createHub(timeline: Timeline, settings: HubSettings, clock: () => number) {
  const members = new Set<Member>();
  const closed = { slow: 0, timeout: 0, "bad-message": 0, flood: 0, "going-away": 0 };
  const counts: HubCounts = {
    viewers: 0,
    framesSent: 0,
    conflatedFrames: 0,
    snapshots: 0,
    resumed: 0,
    closed,
  };

  const say = (member: Member, message: ServerMessage) => member.transport.send(encodeFrame(message));

  /** A viewer that does not read may still acknowledge, or ask: what counts is what lies here for it. */
  function closeIfHeld(member: Member): boolean {
    if (member.transport.held() <= settings.closeBytes + member.snapshotBytes) return false;
    bye(member, "slow");
    return true;
  }

  function hear(member: Member, now: number): boolean {
    member.messages += 1;
    member.state = heard(member.state, now);
    if (member.messages > settings.maxMessages) bye(member, "flood");
    return member.state.phase !== "closing" && !closeIfHeld(member);
  }

  function hello(member: Member): void {
    const head = timeline.head();
    if (head) say(member, { t: "hello", epoch: head.epoch, offset: head.offset, now: clock() });
  }

  function bye(member: Member, code: ByeCode): void {
    if (member.state.phase === "closing") return;
    member.state = closing(member.state, clock());
    closed[code] += 1;
    member.transport.close(code, code === "bad-message" || code === "flood" ? null : settings.retryAfterMs);
  }

  function sendSnapshot(member: Member, now: number): void {
    const head = timeline.head();
    if (!head) return;
    const snapshot = timeline.snapshot();
    member.snapshotBytes = snapshot.wire.length;
    member.transport.send(snapshot, head.offset);
    member.state = greet(member.state, "flowing", head.offset, now);
    member.greetedWhole = timeline.whole();
    counts.snapshots += 1;
  }

  /** Answers a viewer's first message, or its silence: what it asked to resume, else the snapshot. */
  function settle(member: Member, now: number): void {
    const head = timeline.head();
    if (!head || member.state.phase !== "greeting") return;
    const { resume } = member;
    // An offset ahead of ours is one another live process has shown; ours is on its way.
    const known = resume?.epoch === head.epoch;
    if (known && (resume.offset >= head.offset || timeline.ring.reaches(resume.offset))) {
      say(member, { t: "resumed" });
      member.state = greet(member.state, "catching-up", resume.offset, now);
      member.greetedWhole = true;
      counts.resumed += 1;
    } else sendSnapshot(member, now);
    advance(member, now);
  }

  /** Does what is due for one viewer until there is nothing more. */
  function advance(member: Member, now: number): void {
    const head = timeline.head();
    if (!head) return;
    for (;;) {
      const { state, move } = decide(member.state, head.offset, settings, now);
      member.state = state;
      if (move === "wait" || !act(member, move, now)) return;
    }
  }

  function act(member: Member, move: Move, now: number): boolean {
    if (move === "bye-slow") bye(member, "slow");
    if (move === "bye-slow" || closeIfHeld(member)) return false;
    const { sentTo } = member.state;
    const whole = move === "next-frame" ? timeline.ring.after(sentTo) : null;
    const frame = whole ?? timeline.conflatedAfter(sentTo);
    if (move === "snapshot" || !frame) {
      hello(member);
      sendSnapshot(member, now);
      return true;
    }
    if (!whole && !admits(member.state, frame.wire.length, settings)) {
      bye(member, "slow");
      return false;
    }
    member.transport.send(frame, frame.to);
    member.state = sent(member.state, frame.to, frame.wire.length);
    counts.framesSent += 1;
    if (!whole) {
      member.state = conflated(member.state, now);
      counts.conflatedFrames += 1;
    }
    return true;
  }

  function take(member: Member, message: ClientMessage, now: number): void {
    const first = !member.spoke;
    member.spoke = true;
    if (!hear(member, now)) return;
    if (message.t === "ping") say(member, { t: "pong" });
    else if (message.t === "ack") takeAck(member, message.offset, now);
    else if (message.t === "resume") takeResume(member, message, first, now);
  }

  function takeAck(member: Member, offset: number, now: number): void {
    member.state = acked(member.state, offset, now);
    if (member.state.phase === "greeting") settle(member, now);
    else advance(member, now);
  }

  function takeResume(member: Member, resume: Position, first: boolean, now: number): void {
    if (!first) bye(member, "bad-message");
    // Too late, the snapshot is on its way already; it declares where the viewer stands.
    if (member.state.phase !== "greeting") return;
    member.resume = resume;
    settle(member, now);
  }

  function restart(member: Member, now: number): void {
    if (member.state.phase === "closing" || member.state.phase === "greeting") return;
    hello(member);
    sendSnapshot(member, now);
  }

  return {
    counts: (): HubCounts => ({ ...counts, viewers: members.size }),
    size: () => members.size,

    /** @param resume where the viewer stands, if the transport says so at once */
    join(transport: Transport, resume: Position | null = null): Viewer {
      const state = newViewer(clock());
      const member: Member = {
        state,
        transport,
        resume,
        spoke: false,
        greetedWhole: false,
        messages: 0,
        snapshotBytes: 0,
      };
      members.add(member);
      hello(member);
      if (resume) settle(member, clock());
      const alive = () => member.state.phase !== "closing";
      return {
        take: (message) => alive() && take(member, message, clock()),
        heard: () => alive() && hear(member, clock()),
        delivered(offset) {
          if (!alive()) return;
          member.state = acked(member.state, offset, clock());
          advance(member, clock());
        },
        refuse: (code) => bye(member, code),
        gone: () => members.delete(member),
      };
    },

    /** Hands out what `flush` made. */
    flushed(): void {
      const now = clock();
      for (const member of members) advance(member, now);
    },

    /** What the bus brought is no continuation: greets those that wait, or tells all to begin anew. */
    arrived(arrival: Arrival, isFirst: boolean): void {
      const now = clock();
      for (const member of members) {
        if (isFirst) hello(member);
        if (isFirst && member.resume) settle(member, now);
        if (arrival === "epoch" || arrival === "gap") restart(member, now);
      }
    },

    /** A shared snapshot filled in what viewers greeted before it could not be told. */
    completed(): void {
      for (const member of members) if (!member.greetedWhole) restart(member, clock());
    },

    /** The passing of time: heartbeats, conflated frames, viewers that never said a word. */
    tick(seconds: number): void {
      const now = clock();
      for (const member of members) {
        member.messages = Math.max(0, member.messages - settings.maxMessages * seconds);
        const due = member.state.phase === "greeting" && now - member.state.since >= settings.greetMs;
        if (due) settle(member, now);
        else advance(member, now);
        const move = decideHeartbeat(member.state, settings, now);
        if (move === "bye-timeout") bye(member, "timeout");
        if (move !== "ping") continue;
        say(member, { t: "ping" });
        member.state = pinged(member.state, now);
      }
    },

    closeAll(): void {
      for (const member of members) bye(member, "going-away");
    },
  };
}

export type Hub = ReturnType<typeof createHub>;
