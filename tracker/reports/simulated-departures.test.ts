import { expect, test } from "vitest";
import type { IssueEvent } from "../core/model/event.ts";
import { forever, type Interval, type IssueTimeline } from "../core/model/interval.ts";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import { openStore } from "../store/open.ts";
import { randomOf } from "../testing/random.ts";
import { reportOn } from "../testing/report-on.ts";
import { scopeFigures } from "../testing/scope-figures.ts";
import { sprintOf } from "../testing/timelines.ts";

const day = 86_400_000;
const begin = Date.parse("2024-03-04T09:00:00Z");

type Attribute = "state" | "stateReason" | "label" | "milestone" | "discussion" | "gone" | "title";
/** What is on, by attribute and value, since when. */
type On = Map<string, Pick<Interval, "attribute" | "value" | "key" | "from">>;

interface Life {
  number: number;
  createdAt: number;
  on: On;
  past: Interval[];
  changed: number;
}

const titles = ["Sprint 1", "Sprint 2"];
const sizes = ["size: S", "size: M", "size: L", "technical debt"];

/**
 * A repository that is looked at now and then. Issues are made, sized, planned, moved, closed as done or not planned,
 * turned into discussions, reopened, and leave without a word or come back. `truth` is written down as it happens.
 */
function lived(seed: number, steps: number) {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => present(list[Math.floor(random() * list.length)]);
  const lives: Life[] = [];
  const store = openStore(":memory:");
  let now = begin;
  let events: IssueEvent[] = [];
  let ids = 0;
  const shownAt = new Map<number, number>();
  const missed = new Set<number>();
  const start = ({ on }: Life, attribute: Attribute, value: string, key = value) =>
    void on.set(`${attribute} ${key}`, { attribute, value, key, from: now });
  const end = ({ on, past }: Life, attribute: Attribute, value?: string) => {
    for (const [key, one] of [...on])
      if (one.attribute === attribute && (value === undefined || one.value === value)) {
        on.delete(key);
        if (one.from < now) past.push({ ...one, to: now, ...unnoted });
      }
  };
  const has = ({ on }: Life, attribute: Attribute) =>
    [...on.values()].filter((one) => one.attribute === attribute);
  const emit = (life: Life, kind: string, more: Partial<IssueEvent> = {}) => {
    life.changed = now;
    events.push({
      id: ++ids,
      issue: life.number,
      at: now,
      actor: random() < 0.1 ? null : "ana",
      kind,
      ...more,
    });
  };
  const close = (life: Life, reason: "completed" | "not_planned") => {
    end(life, "state");
    start(life, "state", "closed");
    start(life, "stateReason", reason);
    emit(life, "closed", { stateReason: reason === "completed" ? null : reason });
  };
  const isOpen = (life: Life) => has(life, "state")[0]?.value === "open";
  function create(): void {
    const life: Life = { number: lives.length + 1, createdAt: now, on: new Map(), past: [], changed: now };
    start(life, "state", "open");
    start(life, "title", `Issue ${life.number}`);
    lives.push(life);
  }
  const acts: Record<string, (life: Life) => void> = {
    create,
    label(life) {
      const name = pick(sizes);
      if (has(life, "label").some(({ value }) => value === name)) {
        end(life, "label", name);
        emit(life, "unlabeled", { label: name });
      } else {
        start(life, "label", name);
        emit(life, "labeled", { label: name });
      }
    },
    plan(life) {
      const [before] = has(life, "milestone");
      const title = pick(titles);
      if (before !== undefined) {
        end(life, "milestone");
        emit(life, "demilestoned", { milestone: before.value });
        if (before.value === title) return;
      }
      start(life, "milestone", title, String(titles.indexOf(title) + 1));
      emit(life, "milestoned", { milestone: title });
    },
    finish: (life) => isOpen(life) && close(life, "completed"),
    drop: (life) => isOpen(life) && close(life, "not_planned"),
    convert(life) {
      if (!isOpen(life)) return;
      end(life, "state");
      start(life, "state", "closed");
      start(life, "stateReason", "completed");
      start(life, "discussion", "converted");
      emit(life, "closed", { stateReason: null });
      emit(life, "converted_to_discussion");
    },
    reopen(life) {
      if (isOpen(life)) return;
      for (const one of ["state", "stateReason", "discussion"] as const) end(life, one);
      start(life, "state", "open");
      emit(life, "reopened");
    },
    leave(life) {
      const how = random() < 0.5 ? "transferred" : "deleted";
      // What became of it since it was last looked at leaves with it, and nobody can know.
      if (life.changed <= (shownAt.get(life.number) ?? 0)) start(life, "gone", how);
    },
  };
  const weights = { create: 10, label: 12, plan: 12, finish: 8, drop: 2, convert: 1, reopen: 5, leave: 4 };
  const lots = Object.entries(weights).flatMap(([act, count]) => Array.from({ length: count }, () => act));

  /** What GitHub shows now: nothing of what left, and no word of it. */
  function look(): void {
    const there = lives.filter((life) => has(life, "gone").length === 0);
    const shown = new Set(there.map(({ number }) => number));
    const left = lives.filter(
      ({ number }) => !shown.has(number) && !missed.has(number) && shownAt.has(number),
    );
    const page: HistoryPage = {
      issues: there.map((life) => observationOf(life, now)),
      events: events.filter(({ issue }) => shown.has(issue)),
      comments: [],
      labels: sizes.map((name, id) => ({
        id: id + 1,
        name,
        observedAt: now,
        color: "ededed",
        description: null,
      })),
      milestones: titles.map((title, index) => ({
        number: index + 1,
        title,
        observedAt: now,
        state: "open",
        dueOn: null,
        createdAt: begin - day,
        closedAt: null,
      })),
      sightings: left.map((life) => ({
        issue: life.number,
        at: now,
        since: present(shownAt.get(life.number)),
        found: has(life, "gone")[0]?.value as "transferred" | "deleted",
      })),
    };
    for (const { number } of left) missed.add(number);
    for (const number of shown) {
      missed.delete(number);
      shownAt.set(number, now);
    }
    store.append(page);
    // A refresh in between must change nothing of the end.
    if (random() < 0.5) store.refresh();
    // What comes back brings its past along.
    events = events.filter(({ issue }) => !shown.has(issue));
  }
  for (let step = 0; step < steps; step++) {
    now += 60_000 + Math.floor(random() * 3 * 3_600_000);
    const there = lives.filter((life) => has(life, "gone").length === 0);
    const gone = lives.filter((life) => has(life, "gone").length > 0 && missed.has(life.number));
    if (gone.length > 0 && random() < 0.03) end(pick(gone), "gone");
    else if (there.length < 4) create();
    else acts[pick(lots)]?.(pick(there));
    if (random() < 0.06) look();
  }
  now += 1000;
  look();
  store.refresh();
  const seen = new Set(store.timelines().map(({ number }) => number));
  const truth = lives
    // What came and went between two looks nobody ever saw.
    .filter(({ number }) => seen.has(number))
    .map((life): IssueTimeline => {
      const lasting = [...life.on.values()].map((one) => ({ ...one, to: forever, ...unnoted }));
      return { ...headOf(life), intervals: [...life.past, ...lasting] };
    });
  const replayed = store.timelines();
  store.close();
  return { replayed, truth, until: now };
}

const unnoted = {
  startEvent: null,
  endEvent: null,
  startActor: null,
  endActor: null,
  provenance: "replayed",
} as const;

const headOf = ({ number, createdAt }: Life) => ({
  number,
  createdAt,
  author: "ana",
  pullRequest: false,
  url: `https://github.invalid/a/b/issues/${number}`,
  title: `Issue ${number}`,
});

function observationOf(life: Life, observedAt: number): IssueObservation {
  const of = (attribute: Attribute) => [...life.on.values()].filter((one) => one.attribute === attribute);
  const [state, reason, milestone] = [of("state")[0], of("stateReason")[0], of("milestone")[0]];
  return {
    ...headOf(life),
    observedAt,
    updatedAt: life.changed,
    closedAt: state?.value === "closed" ? state.from : null,
    state: state?.value === "closed" ? "closed" : "open",
    stateReason: (reason?.value as "completed" | undefined) ?? null,
    labels: of("label").map(({ value }) => value),
    milestone: milestone === undefined ? null : { number: Number(milestone.key), title: milestone.value },
    assignees: [],
    body: null,
    parent: null,
  };
}

const seeds = 25;

test("no figure is wrong and calls itself replayed where issues leave, come back, are dropped, converted and reopened", () => {
  const found = { equal: 0, admitted: 0, wrong: [] as string[] };
  for (let seed = 1; seed <= seeds; seed++) {
    const { replayed, truth, until } = lived(seed, 160);
    const milestones = titles.map((title, index) => ({ number: index + 1, titles: [title], current: title }));
    for (const [index, title] of titles.entries())
      for (const first of [0, 2, 4, 6, 8]) {
        const start = begin + first * day;
        const mark = { by: "milestone" as const, title, number: index + 1 };
        const sprint = sprintOf(1, { start, end: start + 2 * day, mark });
        if (sprint.end > until) continue;
        const [report, expected] = [replayed, truth].map((timelines) =>
          reportOn(timelines, { sprint, sprints: [sprint], milestones, asOf: until }),
        );
        for (const figure of scopeFigures) {
          const [is, should] = [present(report), present(expected)].map(({ effort }) =>
            [effort[figure], (effort.counts as Partial<Record<string, number>>)[figure]].join(),
          );
          if (is === should) found.equal++;
          else if (report?.provenance[figure] !== "replayed") found.admitted++;
          else found.wrong.push(`seed ${seed}, ${title}, day ${first}: ${figure} is ${is}, not ${should}`);
        }
      }
  }
  expect(found.wrong).toEqual([]);
  expect(found.equal).toBeGreaterThan(1000);
  expect(found.admitted).toBeGreaterThan(5);
});
