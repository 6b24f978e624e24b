import type { Flow, Lane, Replay, Report } from "sprintcast/report";
import { english, type Words } from "sprintcast/words";

type Named = Pick<Lane, "name" | "role">;

/** The language's name for each lane, where they are called as Sprintcast calls them and not as a team has. */
function namesOf(lanes: readonly Named[], words: Words): (name: string) => string {
  const own = english.texts.sprint.lanes;
  const named = words.texts.sprint.lanes;
  const known = new Map(
    lanes.every(({ name, role }) => name === own[role])
      ? lanes.map(({ name, role }) => [name, named[role]])
      : [],
  );
  return (name) => known.get(name) ?? name;
}

/** A report that calls its lanes as the language of the site does. The names that a team chose stay. */
export function withLaneNames(report: Report, words: Words): Report {
  const nameOf = namesOf(report.boards.end.lanes, words);
  const nullable = <T extends string | null | undefined>(name: T) =>
    typeof name === "string" ? nameOf(name) : name;
  const board = <T extends { lanes: Lane[] }>(one: T): T => ({
    ...one,
    lanes: one.lanes.map((lane) => ({ ...lane, name: nameOf(lane.name) })),
  });
  return {
    ...report,
    boards: { start: board(report.boards.start), end: board(report.boards.end) },
    changes: report.changes.map((change) => ({
      ...change,
      ...("from" in change ? { from: nullable(change.from) } : {}),
      ...("to" in change ? { to: nullable(change.to) } : {}),
    })),
    replay: replayWith(report.replay, nameOf),
  };
}

function replayWith(replay: Replay, nameOf: (name: string) => string): Replay {
  const lanes = new Set(replay.lanes);
  // Between two lanes, a move's words are their names.
  const what = (words: string) => {
    const names = words.split(" → ");
    return names.length === 2 && names.every((name) => lanes.has(name))
      ? names.map(nameOf).join(" → ")
      : words;
  };
  return {
    ...replay,
    lanes: replay.lanes.map(nameOf),
    moves: replay.moves.map((move) => ({
      ...move,
      lane: move.lane === null ? null : nameOf(move.lane),
      what: what(move.what),
    })),
  };
}

/** The same for how work flowed. */
export function flowWithLaneNames(flow: Flow, words: Words): Flow {
  const nameOf = namesOf(flow.cumulative.lanes, words);
  const renamed = <T extends { name: string }>(lanes: T[]): T[] =>
    lanes.map((lane) => ({ ...lane, name: nameOf(lane.name) }));
  return {
    ...flow,
    lanes: renamed(flow.lanes),
    finished: flow.finished.map((task) => ({ ...task, lanes: renamed(task.lanes) })),
    ageing: flow.ageing.map((task) => ({ ...task, lanes: renamed(task.lanes), lane: nameOf(task.lane) })),
    cumulative: { ...flow.cumulative, lanes: renamed(flow.cumulative.lanes) },
  };
}
