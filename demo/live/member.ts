import type { Position } from "../bus/bus.ts";
import type { ServerMessage } from "../protocol.ts";
import { encodeFrame, type Frame } from "./frame.ts";
import type { Timeline } from "./timeline.ts";
import {
  admits,
  closing,
  conflated,
  decide,
  greet,
  isRestless,
  type Move,
  newViewer,
  sent,
  type ViewerLimits,
  type ViewerState,
} from "./viewer-state.ts";

/** Why a viewer is closed; asyncapi.yaml says what each means. */
export type ByeCode = "slow" | "timeout" | "bad-message" | "flood" | "going-away";

/** One viewer's connection, whatever carries it. */
export interface Transport {
  send(frame: Frame, to?: number): void;
  /** Bytes handed over that this process still holds, because the kernel has not taken them. */
  held(): number;
  /** Says bye and closes. `retryAfter` in ms; null when coming back the same way is of no use. */
  close(code: ByeCode, retryAfter: number | null): void;
}

export interface MemberSettings extends ViewerLimits {
  /** Most messages of one viewer per second. */
  maxMessages: number;
  /** When a closed viewer should come back, ms. */
  retryAfterMs: number;
}

export interface SendCounts {
  framesSent: number;
  conflatedFrames: number;
  snapshots: number;
  resumed: number;
  closed: Record<ByeCode, number>;
}

/** What all viewers of a hub share. */
export interface HubParts {
  timeline: Timeline;
  settings: MemberSettings;
  counts: SendCounts;
  /** Those for whom the passing of time alone may bring something: not yet greeted, slow, or ahead. */
  restless: Set<Member>;
  /** Called when there is another of them. */
  wake(): void;
  /** Epoch ms. */
  clock(): number;
}

/** One viewer as the hub keeps it. */
export interface Member {
  state: ViewerState;
  transport: Transport;
  resume: Position | null;
  spoke: boolean;
  /** Its snapshot was whole, or it resumed: a shared snapshot has nothing to add. */
  greetedWhole: boolean;
  /** Messages of late: what it said, less what it may say since `messagesAt`, epoch ms. */
  messages: number;
  messagesAt: number;
  /** Size of the last snapshot it was sent: one buffer for all viewers, however long it takes to leave. */
  snapshotBytes: number;
}

export function newMember(transport: Transport, resume: Position | null, now: number): Member {
  return {
    state: newViewer(now),
    transport,
    resume,
    spoke: false,
    greetedWhole: false,
    messages: 0,
    messagesAt: now,
    snapshotBytes: 0,
  };
}

export function say(member: Member, message: ServerMessage): void {
  member.transport.send(encodeFrame(message));
}

export function hello({ timeline, clock }: HubParts, member: Member): void {
  const head = timeline.head();
  if (head) say(member, { t: "hello", epoch: head.epoch, offset: head.offset, now: clock() });
}

export function bye({ settings, counts, clock }: HubParts, member: Member, code: ByeCode): void {
  if (member.state.phase === "closing") return;
  closing(member.state, clock());
  counts.closed[code] += 1;
  member.transport.close(code, code === "bad-message" || code === "flood" ? null : settings.retryAfterMs);
}

/** A viewer that does not read may still acknowledge, or ask: what counts is what lies here for it. */
export function closeIfHeld(parts: HubParts, member: Member): boolean {
  if (member.transport.held() <= parts.settings.closeBytes + member.snapshotBytes) return false;
  bye(parts, member, "slow");
  return true;
}

/** Answers a viewer's first message, or its silence: what it asked to resume, else the snapshot. */
export function settle(parts: HubParts, member: Member, now: number): void {
  const { timeline, counts } = parts;
  const head = timeline.head();
  if (!head || member.state.phase !== "greeting") return;
  const { resume } = member;
  // An offset ahead of ours is one another live process has shown; ours is on its way.
  const known = resume?.epoch === head.epoch;
  if (known && (resume.offset >= head.offset || timeline.ring.reaches(resume.offset))) {
    say(member, { t: "resumed" });
    greet(member.state, "catching-up", resume.offset, now);
    member.greetedWhole = true;
    counts.resumed += 1;
  } else sendSnapshot(parts, member, now);
  advance(parts, member, now);
}

/** Greets a viewer anew, unless it is yet to be greeted, or is closed. */
export function restart(parts: HubParts, member: Member, now: number): void {
  if (member.state.phase === "closing" || member.state.phase === "greeting") return;
  hello(parts, member);
  sendSnapshot(parts, member, now);
}

function sendSnapshot({ timeline, counts }: HubParts, member: Member, now: number): void {
  const head = timeline.head();
  if (!head) return;
  const pages = timeline.snapshot();
  member.snapshotBytes = pages.reduce((sum, { wire }) => sum + wire.length, 0);
  // The viewer stands at the head only once it has the last of them.
  for (const page of pages.slice(0, -1)) member.transport.send(page);
  const last = pages.at(-1);
  if (last) member.transport.send(last, head.offset);
  greet(member.state, "flowing", head.offset, now);
  member.greetedWhole = timeline.whole();
  counts.snapshots += 1;
}

/** Does what is due for one viewer until there is nothing more. */
export function advance(parts: HubParts, member: Member, now: number): void {
  const head = parts.timeline.head();
  if (!head) return;
  for (;;) {
    const move = decide(member.state, head.offset, parts.settings, now);
    if (move === "wait" || !act(parts, member, move, now)) break;
  }
  if (isRestless(member.state, head.offset)) unsettle(parts, member);
}

/** Time may bring it something. */
export function unsettle({ restless, wake }: HubParts, member: Member): void {
  if (restless.has(member)) return;
  restless.add(member);
  wake();
}

function act(parts: HubParts, member: Member, move: Move, now: number): boolean {
  const { timeline, settings, counts } = parts;
  if (move === "bye-slow") bye(parts, member, "slow");
  if (move === "bye-slow" || closeIfHeld(parts, member)) return false;
  const { sentTo } = member.state;
  const whole = move === "next-frame" ? timeline.ring.after(sentTo) : null;
  const frame = whole ?? timeline.conflatedAfter(sentTo);
  if (move === "snapshot" || !frame) {
    hello(parts, member);
    sendSnapshot(parts, member, now);
    return true;
  }
  if (!whole && !admits(member.state, frame.wire.length, settings)) {
    bye(parts, member, "slow");
    return false;
  }
  member.transport.send(frame, frame.to);
  sent(member.state, frame.to, frame.wire.length);
  counts.framesSent += 1;
  if (!whole) {
    conflated(member.state, now);
    counts.conflatedFrames += 1;
  }
  return true;
}
