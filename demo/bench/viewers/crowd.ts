import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ACK_BYTES } from "../../view/acknowledger.ts";
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
  /** Of them, those that read so many bytes a second and no more. */
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
  | ({ ask: "storm" } & StormOrder);

export interface StormOrder {
  /** How long they stay away, and how long it may take then. */
  awayMs: number;
  patienceMs: number;
}

export interface Storm {
  /** From their return until every viewer was at the newest message again; null where some never were. */
  caughtUpMs: number | null;
  behind: number;
}
export type CrowdAnswer =
  | { tell: "ready" | "mark" }
  | { tell: "bytes"; bytes: number }
  | { tell: "readings"; readings: number }
  | { tell: "latencies"; latencies: number[] }
  | { tell: "tallies"; tallies: (Tally & { isOpen: boolean })[] }
  | ({ tell: "storm" } & Storm);

/** Above any offset there is: acknowledges all that was sent. */
const ACK = masked(JSON.stringify({ t: "ack", offset: 999_999_999_999_999 }));
const TICK_MS = 10;

interface Viewer {
  tally: Tally;
  socket: Socket | null;
  open(): Promise<void>;
}

const wanted = { bytes: Number.POSITIVE_INFINITY, readings: Number.POSITIVE_INFINITY };
let came = { bytes: 0, readings: 0 };
let latencies: number[] = [];

const tell = (answer: CrowdAnswer) => process.send?.(answer);

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
  const viewer: Viewer = { tally: emptyTally(), socket: null, open };

  async function open(): Promise<void> {
    held.offset = viewer.tally.last;
    const socket = await openLink(dialect, order.port, order.resumes ? held : nothingHeld(), index);
    viewer.socket = socket;
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      if (viewer.socket === socket) viewer.socket = null;
    });
    if (index >= stalled) read(socket);
  }

  function read(socket: Socket): void {
    const walk = createWalker(viewer.tally, (readings) => {
      came.readings += readings;
    });
    let unacked = 0;
    socket.on("data", (data) => {
      came.bytes += data.length;
      walk(data);
      sample?.(data);
      if (order.resumes) noteHeld(dialect, held, data);
      check();
      unacked += data.length;
      if (dialect === "live" && unacked >= ACK_BYTES) {
        unacked = 0;
        socket.write(ACK);
      }
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

async function storm(viewers: readonly Viewer[], { awayMs, patienceMs }: StormOrder): Promise<Storm> {
  for (const { socket } of viewers) socket?.destroy();
  const before = Math.max(...viewers.map(({ tally }) => tally.last));
  await sleep(awayMs);
  const began = performance.now();
  const patience = AbortSignal.timeout(patienceMs);
  await Promise.all(viewers.map((viewer) => comeBack(viewer, patience)));
  // At the newest message that anyone had one tick ago, and that is newer than what all had before.
  let newest = before;
  for (;;) {
    const mark = newest;
    const late = viewers.filter(({ tally }) => tally.last < mark).length;
    const isOver = late === 0 && mark > before;
    if (isOver) return { caughtUpMs: performance.now() - began, behind: 0 };
    if (patience.aborted) return { caughtUpMs: null, behind: late };
    newest = Math.max(...viewers.map(({ tally }) => tally.last));
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
    const tallies = viewers.map(({ tally, socket }) => ({ ...tally, isOpen: socket !== null }));
    tell({ tell: "tallies", tallies });
  } else if (question.ask === "storm") {
    void storm(viewers, question).then((told) => tell({ tell: "storm", ...told }));
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
