import { type Columns, type Delta, type ServerMessage, type StateByName, sliceColumns } from "../protocol.ts";

type Snapshot = Extract<ServerMessage, { t: "snapshot" }>;

/** The newest value of one series. `at` is a UTC instant in epoch milliseconds. */
export interface Latest {
  at: number;
  value: number;
}

/** What a viewer knows: the latest value per source and metric, complete up to `offset` of `epoch`. */
export interface Fleet {
  epoch: string | null;
  offset: number;
  latest: ReadonlyMap<string, ReadonlyMap<string, Latest>>;
  /** `waiting`: the next snapshot or `resumed` decides; deltas before it are of no use. */
  phase: "waiting" | "following";
}

/** What a frame did to the fleet. */
export type Outcome =
  | { kind: "hello"; renewed: boolean }
  | { kind: "replaced" }
  | { kind: "resumed" }
  | { kind: "applied"; cols: Columns; conflated: boolean }
  /** Everything in it was known already. */
  | { kind: "duplicate" }
  /** Offsets are missing before it: the viewer must resume at its own offset. */
  | { kind: "gap"; expected: number; from: number }
  /** A delta while no snapshot is there to build on. */
  | { kind: "early" }
  | { kind: "none" };

export interface Step {
  fleet: Fleet;
  outcome: Outcome;
}

export const emptyFleet: Fleet = { epoch: null, offset: 0, latest: new Map(), phase: "waiting" };

/** The state after one more message. Pure: the given fleet stays as it is; untouched sources are shared. */
export function reduce(fleet: Fleet, message: ServerMessage): Step {
  switch (message.t) {
    case "hello": {
      const renewed = fleet.epoch !== message.epoch;
      const base = renewed ? emptyFleet : fleet;
      return {
        fleet: { ...base, epoch: message.epoch, phase: "waiting" },
        outcome: { kind: "hello", renewed },
      };
    }
    case "snapshot":
      return reduceSnapshot(fleet, message);
    case "resumed":
      return { fleet: { ...fleet, phase: "following" }, outcome: { kind: "resumed" } };
    case "delta":
      return reduceDelta(fleet, message);
    default:
      return { fleet, outcome: { kind: "none" } };
  }
}

/** Before its last page a snapshot is nothing to resume from: the viewer then stands at the beginning. */
function reduceSnapshot(fleet: Fleet, { offset, state, continues, more }: Snapshot): Step {
  const page = latestOf(state);
  const latest = continues ? new Map([...fleet.latest, ...page]) : page;
  if (more) return { fleet: { ...fleet, offset: 0, latest, phase: "waiting" }, outcome: { kind: "none" } };
  return { fleet: { ...fleet, offset, latest, phase: "following" }, outcome: { kind: "replaced" } };
}

function reduceDelta(fleet: Fleet, { from, to, cols, conflated }: Delta): Step {
  if (fleet.phase === "waiting") return { fleet, outcome: { kind: "early" } };
  const expected = fleet.offset + 1;
  if (to < expected) return { fleet, outcome: { kind: "duplicate" } };
  if (from > expected) return { fleet, outcome: { kind: "gap", expected, from } };
  // Rows of a conflated frame have no offset of their own; the newer instant wins, so all of them may be applied.
  const fresh = conflated || from === expected ? cols : sliceColumns(cols, expected - from);
  return {
    fleet: { ...fleet, offset: to, latest: withReadings(fleet.latest, fresh) },
    outcome: { kind: "applied", cols: fresh, conflated: conflated === true },
  };
}

/** A reading replaces the latest of its series unless it is older: a late one changes nothing here. */
function withReadings(before: Fleet["latest"], cols: Columns): Fleet["latest"] {
  const after = new Map(before);
  const own = new Set<string>();
  for (let row = 0; row < cols.source.length; row += 1) {
    const source = cols.source[row];
    const metric = cols.metric[row];
    const at = cols.at[row];
    const value = cols.value[row];
    // The schema has held all columns to one length.
    if (source === undefined || metric === undefined || at === undefined || value === undefined) break;
    const known = after.get(source);
    if ((known?.get(metric)?.at ?? Number.NEGATIVE_INFINITY) > at) continue;
    const mine = own.has(source) ? (known as Map<string, Latest>) : new Map(known);
    mine.set(metric, { at, value });
    after.set(source, mine);
    own.add(source);
  }
  return after;
}

function latestOf(state: StateByName): Fleet["latest"] {
  return new Map(
    Object.entries(state).map(([source, metrics]) => [
      source,
      new Map(Object.entries(metrics).map(([metric, [at, value]]) => [metric, { at, value }])),
    ]),
  );
}

/** The newest instant in the fleet, epoch ms; null while it is empty. */
export function newestAt(fleet: Fleet): number | null {
  let newest: number | null = null;
  for (const metrics of fleet.latest.values()) {
    for (const { at } of metrics.values()) if (newest === null || at > newest) newest = at;
  }
  return newest;
}
