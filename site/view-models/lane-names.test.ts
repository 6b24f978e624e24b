import type { Flow, Report } from "sprintcast/report";
import { makeReport } from "sprintcast/testing";
import { english, wordsOf } from "sprintcast/words";
import { expect, test } from "vitest";
import { flowWithLaneNames, withLaneNames } from "./lane-names.ts";

const german = wordsOf("de-DE", {});
const report = makeReport({ number: 1, cards: 20 });

/** Every name of a lane that a report shows somewhere. */
function lanesIn({ boards, changes, replay }: Report): Set<string> {
  return new Set([
    ...[boards.start, boards.end].flatMap(({ lanes }) => lanes.map(({ name }) => name)),
    ...changes.flatMap(({ from, to }) => [from, to].filter((name) => typeof name === "string")),
    ...replay.lanes,
    ...replay.moves.flatMap(({ lane, what }) => [
      ...(lane === null ? [] : [lane]),
      ...what.split(" → ").slice(1),
    ]),
  ]);
}

test("lanes that nobody named are called as the site's language calls them", () => {
  const names = lanesIn(withLaneNames(report, german));
  expect(names).toContain("In Bearbeitung");
  expect(names).toContain("Erledigt");
  for (const name of ["In progress", "Done", "Freezebox"]) expect(names).not.toContain(name);
  expect(withLaneNames(report, english)).toEqual(report);
  expect(
    withLaneNames(report, wordsOf("de-DE", { sprint: { lanes: { done: "Fertig" } } })).boards.end.lanes.map(
      ({ name }) => name,
    ),
  ).toContain("Fertig");
});

test("what is played moves between the lanes that are shown", () => {
  const { replay } = withLaneNames(report, german);
  for (const { lane } of replay.moves) if (lane !== null) expect(replay.lanes).toContain(lane);
});

test("the names of a team that named one lane stay, all of them", () => {
  const named = present(report, "In progress", "Doing");
  expect(lanesIn(withLaneNames(named, german))).toEqual(lanesIn(named));
});

test("the page of flow calls them the same", () => {
  const lanes = (["backlog", "sprint", "progress", "done", "freezebox"] as const).map((role) => ({
    role,
    name: english.texts.sprint.lanes[role],
  }));
  const flow = {
    lanes,
    finished: [{ lanes }],
    ageing: [{ lanes, lane: "In progress" }],
    cumulative: { lanes, points: [] },
  };
  const shown = JSON.stringify(flowWithLaneNames(flow as unknown as Flow, german));
  expect(shown).toContain("In Bearbeitung");
  expect(shown).not.toMatch(/In progress|Done|Freezebox/);
});

/** The same report with one lane called otherwise. */
function present(of: Report, name: string, other: string): Report {
  return JSON.parse(JSON.stringify(of).replaceAll(name, other));
}
