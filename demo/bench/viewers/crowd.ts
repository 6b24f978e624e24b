import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAcknowledger } from "../../view/acknowledger.ts";
import { type Dialect, noteHeld, nothingHeld, openLink } from "./dialects.ts";
import { masked } from "./packets.ts";
import { createSampler } from "./sampler.ts";
import { createWalker, emptyTally, type Tally } from "./walker.ts";

/** What the viewers' process is asked for, as its first message. */
export interface CrowdOrder {
  dialect: Dialect;
  port: number;
  viewers: number;
  /** Of them, those that never read. */
  stalled?: number;
  /** Of them, those that read so many bytes a second and no more; they come back where they are cut. */
  slow?: { viewers: number; bytesPerSecond: number };
  /** Of them, those that read the readings' values as instants and note how late they are. */
  sampled?: number;
  /** They keep what is needed to go on where they were. */
  resumes?: boolean;
}

export type CrowdQuestion =
  | { ask: "bytes"; until: number }
  | { ask: "readings"; until: number }
  | { ask: "tallies" }
  | { ask: "latencies" }
  | { ask: "mark" }
  /** Cuts all at once, and lets all come back at once. */
  | ({ ask: "storm" } & StormOrder)
  /** Answered once every viewer has come so far, or patience is at its end. */
  | { ask: "all-at"; offset: number; patienceMs: number };

export interface StormOrder {
  /** How long they stay away, and how long it may take then. */
  awayMs: number;
  patienceMs: number;
}

export type CrowdAnswer =
  | { tell: "ready" | "mark" }
  | { tell: "bytes"; bytes: number }
  | { tell: "readings"; readings: number }
  | { tell: "latencies"; latencies: number[] }
  | { tell: "tallies"; tallies: ViewerTally[] }
  | { tell: "storm"; back: number }
  | { tell: "all-at"; behind: number };

export interface ViewerTally extends Tally {
  isOpen: boolean;
  /** How often it was cut. */
  cuts: number;
}

/** Above any offset there is: acknowledges all that was sent. */
const ACK = masked(JSON.stringify({ t: "ack", offset: 999_999_999_999_999 }));
const TICK_MS = 10;
/** When one that was cut comes back. */
const RETURN_MS = 1000;

interface Viewer {
  tally: Tally;
  cuts: number;
  socket: Socket | null;
  open(): Promise<void>;
}

const wanted = { bytes: Number.POSITIVE_INFINITY, readings: Number.POSITIVE_INFINITY };
let came = { bytes: 0, readings: 0 };
let latencies: number[] = [];

// Who asked may be gone by now.
const tell = (answer: CrowdAnswer) => process.send?.(answer, () => {});

function check(): void {
  if (came.bytes >= wanted.bytes) {
    wanted.bytes = Number.POSITIVE_INFINITY;
    tell({ tell: "bytes", bytes: came.bytes });
  }
  if (came.readings >= wanted.readings) {
    wanted.readings = Number.POSITIVE_INFINITY;
    tell({ tell: "readings", readings: came.readings });
  }
}

function createViewer(order: CrowdOrder, index: number): Viewer {
  const { dialect, stalled = 0, sampled = 0, slow } = order;
  const held = nothingHeld();
  const isSlow = slow !== undefined && index >= stalled && index < stalled + slow.viewers;
  const sample =
    index >= stalled && index < stalled + sampled ? createSampler((late) => latencies.push(late)) : null;
  const viewer: Viewer = { tally: emptyTally(), cuts: 0, socket: null, open };

  async function open(): Promise<void> {
    held.offset = viewer.tally.last;
    const socket = await openLink(dialect, order.port, order.resumes ? held : nothingHeld(), index);
    viewer.socket = socket;
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      if (viewer.socket !== socket) return;
      viewer.socket = null;
      viewer.cuts += 1;
      if (isSlow) setTimeout(() => void comeBack(viewer, new AbortController().signal), RETURN_MS);
    });
    if (index >= stalled) read(socket);
  }

  function read(socket: Socket): void {
    const walk = createWalker(viewer.tally, (readings) => {
      came.readings += readings;
    });
    // As often as our own page does.
    const acks = dialect === "live" ? createAcknowledger(() => socket.write(ACK)) : null;
    if (!order.resumes || held.offset === 0) acks?.caughtUp(Date.now());
    socket.on("data", (data) => {
      came.bytes += data.length;
      walk(data);
      sample?.(data);
      if (order.resumes) noteHeld(dialect, held, data);
      check();
      acks?.received(data.length, Date.now());
      if (!isSlow) return;
      socket.pause();
      setTimeout(() => socket.resume(), (data.length / slow.bytesPerSecond) * 1000);
    });
    socket.resume();
  }

  return viewer;
}

/** Comes back as a page's script would: again and again until it is let in. */
async function comeBack(viewer: Viewer, patience: AbortSignal): Promise<void> {
  while (!patience.aborted) {
    try {
      await viewer.open();
      return;
    } catch {
      await sleep(100);
    }
  }
}

/** @returns how many are back */
async function storm(viewers: readonly Viewer[], { awayMs, patienceMs }: StormOrder): Promise<number> {
  for (const { socket } of viewers) socket?.destroy();
  await sleep(awayMs);
  const patience = AbortSignal.timeout(patienceMs);
  await Promise.all(viewers.map((viewer) => comeBack(viewer, patience)));
  return viewers.filter(({ socket }) => socket !== null).length;
}

/** @returns how many have not come so far in that time */
async function allAt(viewers: readonly Viewer[], offset: number, patienceMs: number): Promise<number> {
  const patience = AbortSignal.timeout(Math.ceil(patienceMs));
  for (;;) {
    const behind = viewers.filter(({ tally }) => tally.last < offset).length;
    if (behind === 0 || patience.aborted) return behind;
    await sleep(TICK_MS);
  }
}

function answer(viewers: readonly Viewer[], question: CrowdQuestion): void {
  if (question.ask === "mark") {
    came = { bytes: 0, readings: 0 };
    latencies = [];
    for (const { tally } of viewers) Object.assign(tally, emptyTally(tally.last));
    tell({ tell: "mark" });
  } else if (question.ask === "latencies") tell({ tell: "latencies", latencies });
  else if (question.ask === "tallies") {
    const tallies = viewers.map(({ tally, cuts, socket }) => ({ ...tally, cuts, isOpen: socket !== null }));
    tell({ tell: "tallies", tallies });
  } else if (question.ask === "storm") {
    void storm(viewers, question).then((back) => tell({ tell: "storm", back }));
  } else if (question.ask === "all-at") {
    const { offset, patienceMs } = question;
    void allAt(viewers, offset, patienceMs).then((behind) => tell({ tell: "all-at", behind }));
  } else if (question.ask === "bytes" || question.ask === "readings") {
    wanted[question.ask] = question.until;
    check();
  }
}

process.once("message", async (order: CrowdOrder) => {
  const viewers = Array.from({ length: order.viewers }, (_, index) => createViewer(order, index));
  for (const viewer of viewers) await viewer.open();
  process.on("message", (question: CrowdQuestion) => answer(viewers, question));
  tell({ tell: "ready" });
});
process.on("disconnect", () => process.exit(0));
