/** How much a viewer may owe, and for how long. Sizes in bytes, times in milliseconds. */
export interface ViewerLimits {
  /** Unacknowledged bytes past which a viewer gets only the latest values. */
  conflateBytes: number;
  /** Unacknowledged bytes past which it is closed. */
  closeBytes: number;
  /** Unacknowledged bytes up to which a resumed viewer is handed what it missed. */
  catchUpBytes: number;
  /** How often a conflated viewer gets a frame. */
  conflateEveryMs: number;
  /** How long a viewer may say nothing until it is pinged; one that says nothing for twice that is closed. */
  heartbeatMs: number;
  /** How long a viewer that claims an offset nobody has seen is waited for. */
  aheadMs: number;
}

/** Bytes handed to the transport, up to an offset, whose acknowledgement is open. */
interface Mark {
  to: number;
  bytes: number;
}

/**
 * greeting: nothing decided yet. catching-up: it resumed, and takes every missed frame at the pace of its
 * acknowledgements. flowing: it gets each frame as it is made. conflating: it was too slow for that. closing: said bye.
 */
export type Phase = "greeting" | "catching-up" | "flowing" | "conflating" | "closing";

/** One for each viewer, changed in place: every frame touches each of them, and leaves nothing to collect. */
export interface ViewerState {
  phase: Phase;
  /** The last offset handed to the transport. */
  sentTo: number;
  unacked: number;
  /** Full pieces, oldest first; behind them one of `openBytes` up to `sentTo`, which still grows. */
  marks: Mark[];
  openBytes: number;
  /** When the phase began, the viewer was last heard, last acknowledged, was last conflated and last pinged: epoch ms. */
  since: number;
  heardAt: number;
  ackedAt: number;
  conflatedAt: number;
  pingedAt: number;
}

/** What the runner is to do next for a viewer. */
export type Move =
  | "wait"
  | "next-frame"
  | "conflated-frame"
  | "snapshot"
  | "ping"
  | "bye-slow"
  | "bye-timeout";

// Acknowledgements are counted in pieces of this size, so that a viewer's book-keeping stays short.
const MARK_BYTES = 8192;

export function newViewer(now: number): ViewerState {
  return {
    phase: "greeting",
    sentTo: 0,
    unacked: 0,
    marks: [],
    openBytes: 0,
    since: now,
    heardAt: now,
    ackedAt: now,
    conflatedAt: 0,
    pingedAt: now,
  };
}

/** The viewer holds all up to `offset`, by a snapshot or by resuming. */
export function greet(
  state: ViewerState,
  phase: "catching-up" | "flowing",
  offset: number,
  now: number,
): void {
  forgetUnacked(state);
  state.phase = phase;
  state.sentTo = offset;
  state.since = now;
  state.ackedAt = now;
}

function forgetUnacked(state: ViewerState): void {
  state.unacked = 0;
  state.openBytes = 0;
  state.marks.length = 0;
}

export function sent(state: ViewerState, to: number, bytes: number): void {
  if (state.openBytes >= MARK_BYTES) {
    state.marks.push({ to: state.sentTo, bytes: state.openBytes });
    state.openBytes = 0;
  }
  state.sentTo = to;
  state.openBytes += bytes;
  state.unacked += bytes;
}

/** The viewer holds all up to `offset`. Offsets never sent, or acknowledged before, change nothing. */
export function acked(state: ViewerState, offset: number, now: number): void {
  state.heardAt = now;
  const owed = state.unacked;
  if (offset >= state.sentTo) forgetUnacked(state);
  else {
    const kept = state.marks.findIndex(({ to }) => to > offset);
    const done = state.marks.splice(0, kept === -1 ? state.marks.length : kept);
    for (const { bytes } of done) state.unacked -= bytes;
  }
  if (state.unacked < owed) state.ackedAt = now;
}

export function heard(state: ViewerState, now: number): void {
  state.heardAt = now;
}

export function pinged(state: ViewerState, now: number): void {
  state.pingedAt = now;
}

/** The process stood still for `ms`, so that what a viewer said is yet unread; below 0: its clock was set back by so much. */
export function forgiven(state: ViewerState, ms: number, now: number): void {
  const later = (at: number) => Math.min(now, at + ms);
  state.since = later(state.since);
  state.heardAt = later(state.heardAt);
  state.ackedAt = later(state.ackedAt);
  state.pingedAt = later(state.pingedAt);
}

export function conflated(state: ViewerState, now: number): void {
  state.conflatedAt = now;
}

export function closing(state: ViewerState, now: number): void {
  forgetUnacked(state);
  state.phase = "closing";
  state.since = now;
}

/** True when a frame of `bytes` may still be handed over; a viewer that owes more is closed. */
export function admits(state: ViewerState, bytes: number, limits: ViewerLimits): boolean {
  return state.unacked + bytes <= limits.closeBytes;
}

/**
 * Decides about one viewer, and notes the phase it is then in.
 * @param head the newest offset there is a frame for
 */
export function decide(state: ViewerState, head: number, limits: ViewerLimits, now: number): Move {
  if (state.phase === "closing" || state.phase === "greeting") return "wait";
  if (state.sentTo > head) return now - state.since > limits.aheadMs ? "snapshot" : "wait";
  const before = state.phase;
  const phase = nextPhase(state, head, limits);
  if (phase !== before) {
    state.phase = phase;
    state.since = now;
  }
  return moveOf(state, before, head, limits, now);
}

function nextPhase({ phase, unacked, sentTo }: ViewerState, head: number, limits: ViewerLimits): Phase {
  if (phase === "catching-up" && sentTo === head) return "flowing";
  if (phase === "flowing" && unacked > limits.conflateBytes) return "conflating";
  if (phase === "conflating" && unacked <= limits.conflateBytes / 2) return "flowing";
  return phase;
}

function moveOf(state: ViewerState, before: Phase, head: number, limits: ViewerLimits, now: number): Move {
  if (state.unacked > limits.closeBytes) return "bye-slow";
  if (state.sentTo === head) return "wait";
  if (state.phase === "catching-up") {
    if (state.unacked <= limits.catchUpBytes) return "next-frame";
    return now - state.ackedAt > 2 * limits.heartbeatMs ? "bye-slow" : "wait";
  }
  if (state.phase === "conflating") {
    // Counted in common ticks, so that viewers conflated at the same time share their frames.
    const tick = (at: number) => Math.floor(at / limits.conflateEveryMs);
    return tick(now) > tick(state.conflatedAt) ? "conflated-frame" : "wait";
  }
  // What was held back while the viewer was slow is bridged by one last conflated frame.
  return before === "conflating" ? "conflated-frame" : "next-frame";
}

/** Whether the passing of time may bring it something, beside heartbeats; else only a new frame, or its own word. */
export function isRestless({ phase, sentTo }: ViewerState, head: number): boolean {
  return phase !== "closing" && (phase !== "flowing" || sentTo !== head);
}

/** What the passing of time asks for, beside the frames. */
export function decideHeartbeat(state: ViewerState, limits: ViewerLimits, now: number): Move {
  if (state.phase === "closing") return "wait";
  if (now - state.heardAt > 2 * limits.heartbeatMs) return "bye-timeout";
  return now - Math.max(state.heardAt, state.pingedAt) >= limits.heartbeatMs ? "ping" : "wait";
}
