import { expect, test } from "vitest";
import { flowOn } from "../../testing/flow-on.ts";
import {
  type PlainTask,
  plainCount,
  plainEfficiency,
  plainPercentile,
  plainTask,
} from "../../testing/plain-flow.ts";
import { instantsIn, plainState } from "../../testing/plain-state.ts";
import { type RawHistory, randomHistory, withBlockers } from "../../testing/random-history.ts";
import { close, enter, rules, timelineOf } from "../../testing/timelines.ts";
import { toldBy } from "../../testing/told-history.ts";
import type { Flow } from "../model/flow.ts";
import { present } from "../model/present.ts";
import type { Sprint } from "../model/sprint.ts";
import { computeFlow } from "./compute-flow.ts";

const seeds = Array.from({ length: 300 }, (_, index) => index + 1);
const histories = seeds.map((seed) => ({ seed, history: withBlockers(randomHistory(seed), seed) }));

function flowOf(history: RawHistory, sprint: Sprint | null): Flow {
  const { sprints, asOf } = history;
  return computeFlow({
    repository: "a/b",
    asOf,
    rules,
    sprints,
    milestones: sprints.map((one) => ({ number: one.number, titles: [one.title] })),
    sprint,
    weeks: 2,
    bornAt: Math.min(...history.issues.map(({ createdAt }) => createdAt)),
    timelines: toldBy(history).timelines,
    links: true,
  });
}

const flows = histories.map(({ seed, history }) => ({ seed, history, flow: flowOf(history, null) }));

const at = (iso: string): number => Date.parse(iso);
const told = (task: Flow["finished"][number]) => ({
  number: task.number,
  started: task.startedAt === null ? null : at(task.startedAt),
  lead: task.lead,
  cycle: task.cycle,
  lanes: task.lanes.map(({ role: _, ...lane }) => lane),
  blocked: task.blocked,
});
const plain = ({ number, started, lead, cycle, lanes, blocked }: PlainTask) => ({
  number,
  started,
  lead,
  cycle,
  lanes,
  blocked,
});

const tasksOf = (history: RawHistory): PlainTask[] =>
  history.issues.flatMap(({ number }) => plainTask(history, number, history.asOf) ?? []);

const finishedIn = (tasks: readonly PlainTask[], { from, to }: Pick<Flow, "from" | "to">) =>
  tasks
    .filter(({ finished }) => finished !== null && at(from) <= finished && finished < at(to))
    .sort((a, b) => present(a.finished) - present(b.finished) || a.number - b.number);

test("what the histories are made for happens in them", () => {
  const tasks = flows.flatMap(({ flow }) => [...flow.finished, ...flow.ageing]);
  expect(tasks.filter(({ cycle }) => cycle !== null).length).toBeGreaterThan(50);
  expect(tasks.filter(({ blocked }) => blocked.days > 0).length).toBeGreaterThan(50);
  expect(flows.filter(({ flow }) => flow.ageing.some(({ isBlocked }) => isBlocked)).length).toBeGreaterThan(
    5,
  );
});

test("finished tasks with their times, lanes and waits are those of a plain computation", () => {
  for (const { seed, history, flow } of flows)
    expect(flow.finished.map(told), `seed ${seed}`).toEqual(finishedIn(tasksOf(history), flow).map(plain));
});

test("work in progress is what was begun and stands on a board, oldest first", () => {
  for (const { seed, history, flow } of flows) {
    const expected = tasksOf(history)
      .filter(({ started, lane }) => started !== null && (lane === "Sprint" || lane === "In progress"))
      .sort((a, b) => present(b.cycle).days - present(a.cycle).days || a.number - b.number);
    expect(
      flow.ageing.map((task) => ({ ...told(task), lane: task.lane, isBlocked: task.isBlocked })),
      `seed ${seed}`,
    ).toEqual(expected.map((task) => ({ ...plain(task), lane: task.lane, isBlocked: task.isBlocked })));
  }
});

test("percentiles, throughput and efficiency are those of the finished tasks", () => {
  for (const { seed, history, flow } of flows) {
    const finished = finishedIn(tasksOf(history), flow);
    for (const [key, times] of [
      ["lead", finished.map(({ lead }) => lead)],
      ["cycle", finished.flatMap(({ cycle }) => cycle ?? [])],
    ] as const)
      for (const unit of ["days", "workingDays"] as const) {
        const values = times.map((time) => time[unit]);
        const [p50, p85, p95] = [0.5, 0.85, 0.95].map((p) => plainPercentile(values, p));
        expect(flow[key][unit], `seed ${seed} ${key}`).toEqual({ p50, p85, p95 });
      }
    expect(flow.efficiency, `seed ${seed}`).toBe(plainEfficiency(finished));
    expect(flow.weeks.reduce((sum, week) => sum + week.finished, 0)).toBe(finished.length);
    for (const { firstDay, finished: count, isWhole } of flow.weeks) {
      const monday = at(`${firstDay}T00:00Z`);
      const inside = finished.filter((task) => {
        const since = present(task.finished) - monday;
        return since >= 0 && since < 7 * 86_400_000;
      });
      expect(count, `seed ${seed} ${firstDay}`).toBe(inside.length);
      expect(isWhole).toBe(at(flow.from) <= monday && monday + 7 * 86_400_000 <= at(flow.to));
    }
  }
});

test("the cumulative flow counts each lane at each midnight", () => {
  for (const { seed, history, flow } of flows) {
    const { lanes, points } = flow.cumulative;
    expect(lanes.map(({ name }) => name)).toEqual(["Sprint", "In progress", "Done"]);
    for (const [index, point] of points.entries()) {
      const t = index === points.length - 1 ? at(point.at) - 1 : at(point.at);
      expect(point.counts, `seed ${seed}, ${point.at}`).toEqual(
        lanes.map(({ name }) => plainCount(history, name, t, at(flow.from))),
      );
    }
  }
});

test("what is not known of a blocker in another repository is inferred, and counts while the relation lasts", () => {
  const done = timelineOf(1, "06T09:00", [
    enter("06T09:00"),
    { at: "06T12:00", kind: "blocked_by_added", relation: "else/where#7" },
    { at: "07T12:00", kind: "blocked_by_removed", relation: "else/where#7" },
    close("08T09:00"),
  ]);
  const flow = flowOn([done]);
  expect(flow.blocked).toEqual({ tasks: 1, days: 1, workingDays: 1 });
  expect([flow.provenance.blocked, flow.provenance.lead]).toEqual(["inferred", "replayed"]);
});

test("of one sprint, what was in it and became done in its days", () => {
  for (const { seed, history } of histories)
    for (const sprint of history.sprints.filter(({ start }) => start < history.asOf)) {
      const flow = flowOf(history, sprint);
      const until = Math.min(sprint.end, history.asOf);
      const expected = finishedIn(
        history.issues.flatMap(({ number }) => plainTask(history, number, until) ?? []),
        flow,
      );
      expect([at(flow.from), at(flow.to)]).toEqual([sprint.start, until]);
      const wasIn = (number: number) => {
        const issue = present(history.issues[number - 1]);
        return instantsIn(issue, sprint.start, until).some(
          (t) => plainState(issue, t)?.sprint === sprint.number,
        );
      };
      expect(flow.finished.map(told), `seed ${seed}, sprint ${sprint.number}`).toEqual(
        expected.filter(({ number }) => wasIn(number)).map(plain),
      );
    }
});
