import { describe, expect, it } from "vitest";
import type { Flow } from "../core/model/flow.ts";
import { flowOn, makeFlow, takes } from "../testing/flow-on.ts";
import { threeSprints } from "../testing/report-on.ts";
import { close, enter, label, on, timelineOf } from "../testing/timelines.ts";
import { wordsOf } from "../words/languages.ts";
import { doubtfulFlow, meanThroughput } from "./figures/flow.ts";
import { flowDocument } from "./flow-document.ts";
import { flowLede, flowSentences, flowTitle, laneText, spreadRows } from "./flow-rows.ts";
import { renderFlow } from "./text/flow.ts";
import { renderMarkdown } from "./write-markdown.ts";

const german = wordsOf("de-AT");
const one = flowOn([takes(1, "06T09:00", "06T12:00", "07T12:00")]);
const many = makeFlow((index) => `Task ${index}`);
const none = flowOn([]);
const flat = (text: string): string => text.replace(/\s+/g, " ");
const bothOf = (flow: Flow) => [flat(renderFlow(flow)), flat(renderMarkdown(flowDocument(flow)))];

describe("a flow's heading", () => {
  it("names the sprint once, with its team, or that it is of all tasks", () => {
    const sprint = { number: 2, title: "Sprint 2", running: false };
    expect(flowTitle({ ...one, sprint })).toBe("Flow of sprint 2");
    expect(flowTitle({ ...one, sprint: { ...sprint, title: "Pay" }, team: "api" })).toBe(
      "Flow of sprint 2 of api: Pay",
    );
    expect(flowTitle(one)).toBe("Flow of all tasks");
    expect(flowTitle({ ...one, team: "api" })).toBe("Flow of all tasks of api");
  });

  it("has the days of its span in the team's zone, the last one included", () => {
    const sprint = flowOn([takes(1, "06T09:00", "06T12:00", "07T12:00")], {
      sprint: threeSprints[0] ?? null,
    });
    expect(flowLede(sprint)).toMatch(/^6\s?–\s?10 May 2024: 1 task finished\.$/);
    expect(flowLede(sprint, german)).toMatch(/^0?6\..*10\..*2024: 1 Aufgabe fertig\.$/);
    const running = { ...sprint, sprint: { number: 1, title: "Sprint 1", running: true } };
    expect(flowLede(running)).toMatch(/1 task finished so far\.$/);
    // Midnight in Vienna is still the day before in Greenwich.
    const vienna = {
      ...sprint,
      timeZone: "Europe/Vienna",
      from: "2024-05-05T22:00:00Z",
      to: "2024-05-10T22:00:00Z",
    };
    expect(flowLede(vienna)).toMatch(/^6\s?–\s?10 May 2024/);
  });
});

describe("waits and efficiency in sentences", () => {
  const waited = (tasks: number, days: number, workingDays: number) =>
    flowSentences({ ...one, blocked: { tasks, days, workingDays } })[1];

  it("have the singular of each amount", () => {
    expect(waited(1, 1, 1)).toBe("Blocked: 1 finished task waited 1 day in all (1 working day).");
    expect(waited(2, 3.5, 0)).toBe("Blocked: 2 finished tasks waited 3.5 days in all (0 working days).");
    expect(flowSentences({ ...one, blocked: { tasks: 1, days: 1, workingDays: 1 } }, german)[1]).toBe(
      "Blockiert: 1 fertige Aufgabe wartete insgesamt 1 Tag (1 Arbeitstag).",
    );
  });

  it("say that nothing waited, and that efficiency is not known, instead of 0", () => {
    expect(waited(0, 0, 0)).toBe("Blocked: no finished task was marked as blocked.");
    expect(flowSentences({ ...one, efficiency: null })[0]).toMatch(/^Flow efficiency: not known/);
    expect(flowSentences({ ...one, efficiency: 0 })[0]).toContain(": 0% of");
    expect(flowSentences({ ...one, efficiency: 0.999 })[0]).toContain(": >99% of");
  });
});

describe("the mean of the weeks", () => {
  const weeks = (...counts: [finished: number, isWhole: boolean][]) => ({
    weeks: counts.map(([finished, isWhole], index) => ({
      week: `${index}`,
      firstDay: "2024-05-06",
      finished,
      isWhole,
    })),
  });

  it("is of whole weeks alone, and none where there is none", () => {
    expect(meanThroughput(weeks([9, false], [2, true], [4, true], [0, false]))).toBe(3);
    expect(meanThroughput(weeks([9, false]))).toBeNull();
    expect(meanThroughput(weeks())).toBeNull();
  });

  it("stands below the table in the singular where it is one", () => {
    expect(flat(renderFlow({ ...one, ...weeks([1, true]) }))).toContain(
      "1 task a week on average, over whole weeks.",
    );
    expect(renderFlow({ ...one, ...weeks([1, false]) })).not.toContain("on average");
  });
});

describe("what is not replayed of a flow", () => {
  it("is named with how it is known, in every output and language", () => {
    const doubtful = {
      ...one,
      provenance: { ...one.provenance, ageing: "inferred" as const, weeks: "unknown" as const },
    };
    expect(doubtfulFlow(doubtful)).toEqual([
      { label: "throughput", provenance: "unknown" },
      { label: "age", provenance: "inferred" },
    ]);
    for (const text of bothOf(doubtful))
      expect(text).toContain("Not fully replayed from events: throughput (unknown), age (inferred).");
    expect(doubtfulFlow(doubtful, german).map(({ label: name }) => name)).not.toContain("age");
    expect(doubtfulFlow(one)).toEqual([]);
    expect(renderFlow(one)).not.toContain("Not fully");
  });
});

describe("a flow in a terminal and in Markdown", () => {
  it("has the same times: cycle, lead, then each lane", () => {
    expect(spreadRows(many).map(({ label: name }) => name)).toEqual([
      "Cycle time",
      "Lead time",
      "Backlog lane",
      "Sprint lane",
      "In progress lane",
    ]);
    for (const text of bothOf(many))
      for (const { label: name } of spreadRows(many)) expect(text).toContain(name);
  });

  it("of nothing says so, and has no table of finished tasks", () => {
    for (const text of bothOf(none)) {
      expect(text).toContain("No work is in progress.");
      expect(text).not.toContain("Finished tasks");
    }
  });

  it("says what ages are held against: nothing, one task, or many", () => {
    const running = timelineOf(9, "08", [enter("08", 1), label("08", "in progress")]);
    const against = (...timelines: Parameters<typeof flowOn>[0]) =>
      flat(renderFlow(flowOn([running, ...timelines])));
    expect(against()).toContain("No cycle time is known to compare these ages with.");
    expect(against(takes(1, "06T09:00", "06T12:00", "07T12:00"))).toContain(
      "The only finished task took 1 day.",
    );
    const two = against(
      takes(1, "06T09:00", "06T12:00", "07T12:00"),
      takes(2, "06T09:00", "06T12:00", "09T12:00"),
    );
    expect(two).toContain("2 finished tasks took: half up to 2 days, 85% up to 2.7, 95% up to 2.9.");
  });

  it("names what is blocked", () => {
    for (const text of bothOf(many)) expect(text).toMatch(/blocked|yes/);
    expect(many.ageing.filter(({ isBlocked }) => isBlocked).map(({ number }) => number)).toEqual([20]);
  });

  it("tells unknown cycle times as a dash", () => {
    const unstarted = flowOn([timelineOf(1, "06T09:00", [enter("06T10:00"), close("08T09:00")])]);
    expect(unstarted.finished[0]?.cycle).toBeNull();
    expect(renderFlow(unstarted)).toMatch(/#?1 +Task 1 .*—/);
  });

  it("tells where the days of a task went, lane by lane", () => {
    const [task] = flowOn([
      timelineOf(1, on("06"), [enter("07"), label("08", "in progress"), close("10")]),
    ]).finished;
    expect(task === undefined ? "" : laneText(task)).toBe("Backlog 1, Sprint 1, In progress 2");
  });
});
