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
  /** How often a viewer is pinged; one that says nothing for twice that is closed. */
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

export interface ViewerState {
  phase: Phase;
  /** The last offset handed to the transport. */
  sentTo: number;
  unacked: number;
  marks: readonly Mark[];
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
    since: now,
    heardAt: now,
    ackedAt: now,
    conflatedAt: 0,
    pingedAt: now,
  };
}

/** The viewer holds all up to `offset`, by a snapshot or by resuming. */
export function greet(state: ViewerState, phase: "catching-up" | "flowing", offset: number, now: number) {
  return { ...state, phase, sentTo: offset, unacked: 0, marks: [], since: now, ackedAt: now };
}

export function sent(state: ViewerState, to: number, bytes: number): ViewerState {
  const last = state.marks.at(-1);
  const marks =
    last && last.bytes < MARK_BYTES
      ? [...state.marks.slice(0, -1), { to, bytes: last.bytes + bytes }]
      : [...state.marks, { to, bytes }];
  return { ...state, sentTo: to, unacked: state.unacked + bytes, marks };
}

/** The viewer holds all up to `offset`. Offsets never sent, or acknowledged before, change nothing. */
export function acked(state: ViewerState, offset: number, now: number): ViewerState {
  const open = state.marks.findIndex(({ to }) => to > offset);
  const done = open === -1 ? state.marks.length : open;
  if (done === 0) return { ...state, heardAt: now };
  const freed = state.marks.slice(0, done).reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    ...state,
    unacked: state.unacked - freed,
    marks: state.marks.slice(done),
    heardAt: now,
    ackedAt: now,
  };
}

export function heard(state: ViewerState, now: number): ViewerState {
  return { ...state, heardAt: now };
}

export function pinged(state: ViewerState, now: number): ViewerState {
  return { ...state, pingedAt: now };
}

/** The process stood still for `ms`: what a viewer said meanwhile is yet unread, and its silence is not its own. */
export function forgiven(state: ViewerState, ms: number, now: number): ViewerState {
  const later = (at: number) => Math.min(now, at + ms);
  const { since, heardAt, ackedAt, pingedAt } = state;
  return {
    ...state,
    since: later(since),
    heardAt: later(heardAt),
    ackedAt: later(ackedAt),
    pingedAt: later(pingedAt),
  };
}

export function conflated(state: ViewerState, now: number): ViewerState {
  return { ...state, conflatedAt: now };
}

export function closing(state: ViewerState, now: number): ViewerState {
  return { ...state, phase: "closing", since: now, marks: [], unacked: 0 };
}

/** True when a frame of `bytes` may still be handed over; a viewer that owes more is closed. */
export function admits(state: ViewerState, bytes: number, limits: ViewerLimits): boolean {
  return state.unacked + bytes <= limits.closeBytes;
}

/**
 * Decides about one viewer, with the phase it is then in.
 * @param head the newest offset there is a frame for
 */
export function decide(
  state: ViewerState,
  head: number,
  limits: ViewerLimits,
  now: number,
): { state: ViewerState; move: Move } {
  if (state.phase === "closing" || state.phase === "greeting") return { state, move: "wait" };
  if (state.sentTo > head) {
    return { state, move: now - state.since > limits.aheadMs ? "snapshot" : "wait" };
  }
  const phase = nextPhase(state, head, limits);
  const next = phase === state.phase ? state : { ...state, phase, since: now };
  return { state: next, move: moveOf(next, state.phase, head, limits, now) };
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

/** What the passing of time asks for, beside the frames. */
export function decideHeartbeat(state: ViewerState, limits: ViewerLimits, now: number): Move {
  if (state.phase === "closing") return "wait";
  if (now - state.heardAt > 2 * limits.heartbeatMs) return "bye-timeout";
  return now - state.pingedAt >= limits.heartbeatMs ? "ping" : "wait";
}
