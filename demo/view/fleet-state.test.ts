import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type Delta, type Reading, type ServerMessage } from "../protocol.ts";
import { emptyFleet, type Fleet, newestAt, reduce } from "./fleet-state.ts";

const reading = fc.record({
  source: fc.constantFrom("a", "b", "c", "__proto__", "constructor"),
  seq: fc.nat(1000),
  at: fc.integer({ min: 0, max: 50 }),
  metric: fc.constantFrom("temperature", "toString"),
  value: fc.integer({ min: -100, max: 100 }),
});
const run = fc.array(reading, { minLength: 1, maxLength: 40 });

const start: ServerMessage[] = [
  { t: "hello", epoch: "e", offset: 0 },
  { t: "snapshot", offset: 0, state: {} },
];

/** Cuts readings into deltas of random sizes. */
function deltas(readings: Reading[], cuts: readonly number[]): Delta[] {
  const frames: Delta[] = [];
  let from = 1;
  for (let index = 0; from <= readings.length; index += 1) {
    const to = Math.min(readings.length, from + (cuts[index % cuts.length] ?? 1) - 1);
    frames.push({ t: "delta", from, to, cols: columnsOf(readings.slice(from - 1, to)) });
    from = to + 1;
  }
  return frames;
}

/** What a server sends a slow viewer: of each series the newest reading, later offsets first among equals. */
function conflate(readings: Reading[], from: number, to: number): Delta {
  const newest = new Map<string, Reading>();
  for (const one of readings.slice(0, to)) {
    const key = `${one.source} ${one.metric}`;
    if ((newest.get(key)?.at ?? -1) <= one.at) newest.set(key, one);
  }
  const span = new Set(readings.slice(from - 1, to));
  const rows = [...newest.values()].filter((one) => span.has(one));
  return { t: "delta", from, to, conflated: true, cols: columnsOf(rows) };
}

const play = (messages: ServerMessage[], fleet: Fleet = emptyFleet) =>
  messages.reduce((state, message) => reduce(state, message).fleet, fleet);
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 10 });

describe("the reducer's laws", () => {
  it("the cut of a snapshot into pages does not matter, and before the last there is nothing to resume from", () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 1, max: 5 }), (readings, sources) => {
        const { latest } = play([...start, ...deltas(readings, [7])]);
        const state = [...latest].map(([source, metrics]): [string, Record<string, [number, number]>] => [
          source,
          Object.fromEntries([...metrics].map(([metric, { at, value }]) => [metric, [at, value]])),
        ]);
        const pages: ServerMessage[] = [];
        for (let from = 0; from < state.length; from += sources) {
          const page = Object.fromEntries(state.slice(from, from + sources));
          const marks = {
            ...(from > 0 && { continues: true as const }),
            ...(from + sources < state.length && { more: true as const }),
          };
          pages.push({ t: "snapshot", offset: 40, state: page, ...marks });
        }
        const held = play([...start, ...deltas(readings, [7])]);
        const whole = play(pages, held);
        expect(whole).toEqual({ ...held, offset: 40 });
        for (let seen = 1; seen < pages.length; seen += 1) {
          const part = play(pages.slice(0, seen), held);
          expect([part.offset, part.phase]).toEqual([0, "waiting"]);
          expect(play([...pages.slice(0, seen), ...pages], held)).toEqual(whole);
        }
      }),
    );
  });

  it("the cut into frames does not matter", () => {
    fc.assert(
      fc.property(run, cuts, cuts, (readings, one, other) => {
        expect(play([...start, ...deltas(readings, one)])).toEqual(
          play([...start, ...deltas(readings, other)]),
        );
      }),
    );
  });

  it("a frame that comes twice, or late again, changes nothing", () => {
    fc.assert(
      fc.property(run, cuts, fc.infiniteStream(fc.nat()), (readings, sizes, random) => {
        const frames = deltas(readings, sizes);
        const repeated = frames.flatMap((frame, index) => [
          frame,
          ...frames.slice(0, index + 1).filter(() => random.next().value % 3 === 0),
        ]);
        expect(play([...start, ...repeated])).toEqual(play([...start, ...frames]));
      }),
    );
  });

  it("frames that overlap are applied from where they are new", () => {
    fc.assert(
      fc.property(run, cuts, fc.nat(5), (readings, sizes, back) => {
        const frames = deltas(readings, sizes).map((frame): Delta => {
          const from = Math.max(1, frame.from - back);
          return { ...frame, from, cols: columnsOf(readings.slice(from - 1, frame.to)) };
        });
        expect(play([...start, ...frames])).toEqual(play([...start, ...deltas(readings, sizes)]));
      }),
    );
  });

  it("shuffled frames never move the offset past a gap, and end in a gap or in the same state", () => {
    fc.assert(
      fc.property(run, cuts, fc.infiniteStream(fc.nat()), (readings, sizes, random) => {
        const frames = deltas(readings, sizes);
        const shuffled = frames
          .map((frame) => ({ frame, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ frame }) => frame);
        let fleet = play(start);
        for (const frame of shuffled) {
          const { fleet: next, outcome } = reduce(fleet, frame);
          if (frame.from > fleet.offset + 1) {
            expect(outcome).toEqual({ kind: "gap", expected: fleet.offset + 1, from: frame.from });
            expect(next).toBe(fleet);
          }
          fleet = next;
        }
        expect(fleet).toEqual(play([...start, ...frames.filter(({ to }) => to <= fleet.offset)]));
        // Resuming at the offset held brings the rest.
        const rest = frames.filter(({ to }) => to > fleet.offset);
        expect(play([{ t: "hello", epoch: "e", offset: 0 }, { t: "resumed" }, ...rest], fleet)).toEqual(
          play([...start, ...frames]),
        );
      }),
    );
  });

  it("conflated frames converge to the same latest state", () => {
    fc.assert(
      fc.property(run, cuts, fc.nat(), fc.nat(), (readings, sizes, a, b) => {
        const [first, last] = [1 + (a % readings.length), 1 + (b % readings.length)].sort(
          (x, y) => x - y,
        ) as [number, number];
        const before = deltas(readings.slice(0, first - 1), sizes);
        const middle = conflate(readings, first, last);
        const tail: Delta = {
          t: "delta",
          from: last + 1,
          to: readings.length,
          cols: columnsOf(readings.slice(last)),
        };
        const after = last < readings.length ? [tail] : [];
        expect(play([...start, ...before, middle, ...after])).toEqual(
          play([...start, ...deltas(readings, sizes)]),
        );
      }),
    );
  });

  it("never changes the fleet it was given", () => {
    fc.assert(
      fc.property(run, cuts, (readings, sizes) => {
        let fleet = play(start);
        for (const frame of deltas(readings, sizes)) {
          const copy = structuredClone(fleet);
          const { fleet: next } = reduce(fleet, frame);
          expect(fleet).toEqual(copy);
          fleet = next;
        }
      }),
    );
  });
});

describe("reduce", () => {
  it("forgets all at another epoch, and takes no delta before the snapshot", () => {
    const held = play([
      ...start,
      {
        t: "delta",
        from: 1,
        to: 1,
        cols: columnsOf([{ source: "a", seq: 1, at: 5, metric: "m", value: 2 }]),
      },
    ]);
    expect(newestAt(held)).toBe(5);
    const hello = reduce(held, { t: "hello", epoch: "other", offset: 9 });
    expect(hello.outcome).toEqual({ kind: "hello", renewed: true });
    expect(hello.fleet).toMatchObject({ epoch: "other", offset: 0, phase: "waiting" });
    const early = reduce(hello.fleet, { t: "delta", from: 1, to: 1, cols: columnsOf([]) });
    expect(early.outcome).toEqual({ kind: "early" });
  });

  it("keeps what it holds at a hello of the same epoch", () => {
    const held = play([...start, { t: "hello", epoch: "e", offset: 5 }]);
    expect(held).toMatchObject({ epoch: "e", phase: "waiting" });
    expect(reduce(held, { t: "resumed" }).fleet.phase).toBe("following");
  });
});
