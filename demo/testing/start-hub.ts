import type { Position } from "../bus/bus.ts";
import type { Frame } from "../live/frame.ts";
import { createHub, type HubSettings, type Viewer } from "../live/hub.ts";
import type { ByeCode } from "../live/member.ts";
import { createTimeline } from "../live/timeline.ts";
import { parseServerMessage, type Reading, type ServerMessage } from "../protocol.ts";
import { batch } from "./start-live.ts";

/** The beginning of a hub's time, epoch ms. */
const BEGINNING = 1_790_000_000_000;

const defaults: HubSettings = {
  conflateBytes: 262_144,
  closeBytes: 1_048_576,
  catchUpBytes: 131_072,
  conflateEveryMs: 50,
  heartbeatMs: 15_000,
  aheadMs: 500,
  greetMs: 250,
  maxMessages: 200,
  retryAfterMs: 1000,
};

export interface FakeViewer {
  viewer: Viewer;
  /** What was handed to its transport, in order, and the same as messages. */
  frames: Frame[];
  messages: ServerMessage[];
  kinds(): string[];
  /** The offset of the last frame that moves it. */
  offset(): number;
  /** Acknowledges all it was sent. */
  ack(): void;
  /** How it was closed; null while it is open. */
  closed: { code: ByeCode; retryAfter: number | null } | null;
  /** What its transport says that it still holds, bytes. */
  held: number;
}

/** A hub over a timeline of its own, without network or time: nothing happens but what a test does. */
export function startHub(changes: Partial<HubSettings> = {}, ringReadings = 10_000) {
  let now = BEGINNING;
  const timeline = createTimeline({ ringReadings, frameReadings: 1000, maxSeries: 20_000 });
  const hub = createHub(timeline, { ...defaults, ...changes }, () => now);

  function join(resume: Position | null = null): FakeViewer {
    const frames: Frame[] = [];
    const messages: ServerMessage[] = [];
    const fake: Omit<FakeViewer, "viewer" | "ack"> = {
      frames,
      messages,
      kinds: () => messages.map(({ t }) => t),
      offset: () =>
        messages.reduce((held, message) => {
          if (message.t === "snapshot") return message.offset;
          return message.t === "delta" ? message.to : held;
        }, resume?.offset ?? 0),
      closed: null,
      held: 0,
    };
    const viewer = hub.join(
      {
        send(frame) {
          frames.push(frame);
          messages.push(parseServerMessage(frame.payload.toString()));
        },
        held: () => fake.held,
        close(code, retryAfter) {
          fake.closed = { code, retryAfter };
        },
      },
      resume,
    );
    return Object.assign(fake, { viewer, ack: () => viewer.take({ t: "ack", offset: fake.offset() }) });
  }

  return {
    hub,
    timeline,
    join,
    /** What the live server does with a batch that follows on, and its flush. */
    publish(readings: Reading[] | number, { epoch = "e1", pad = "" } = {}): void {
      const head = timeline.head();
      const from = (head?.epoch === epoch ? head.offset : 0) + 1;
      const made =
        typeof readings === "number"
          ? batch(from, readings, { epoch, pad })
          : { epoch, from, to: from + readings.length - 1, readings };
      const arrival = timeline.take(made);
      const isNew = timeline.flush();
      if (head === null || arrival === "epoch" || arrival === "gap") hub.arrived(arrival, head === null);
      else if (isNew) hub.flushed();
    },
    /** Lets `ms` pass in which nothing runs. */
    stall(ms: number): void {
      now += ms;
    },
    /** Lets `ms` pass, in one tick. */
    pass(ms: number): void {
      now += ms;
      hub.tick(ms / 1000);
    },
  };
}
