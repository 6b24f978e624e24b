import type { Root, Table } from "mdast";
import type { Flow, FlowTask } from "../core/model/flow.ts";
import { issueNameOf } from "../core/report/issue-refs.ts";
import { pastText } from "./charts/flow/ageing.ts";
import { heading, type Inline, paragraph, table, webLink } from "./directives/nodes.ts";
import { doubtfulFlow, flowFigures } from "./figures/flow.ts";
import { flowLede, flowSentences, flowTitle, laneText, spreadRows } from "./flow-rows.ts";
import { daysText, momentText } from "./format.ts";

const named = (task: FlowTask): Inline => [webLink(task.url, issueNameOf(task)), ` ${task.title}`];

/** The flow as a document. */
export function flowDocument(flow: Flow): Root {
  const doubtful = doubtfulFlow(flow).map(({ label, provenance }) => `${label} (${provenance})`);
  return {
    type: "root",
    children: [
      heading(1, flowTitle(flow)),
      paragraph(flowLede(flow)),
      spreadTable(flow),
      ...flowSentences(flow).map(paragraph),
      heading(2, flowFigures.weeks.title),
      weekTable(flow),
      heading(2, flowFigures.ageing.title),
      flow.ageing.length === 0 ? paragraph("No work is in progress.") : ageingTable(flow),
      ...(flow.finished.length === 0 ? [] : [heading(2, "Finished tasks"), finishedTable(flow)]),
      paragraph(
        doubtful.length === 0
          ? "Every figure is replayed from the issues' events."
          : `Not fully replayed from events: ${doubtful.join(", ")}.`,
      ),
    ],
  };
}

const spreadTable = (flow: Flow): Table =>
  table(
    ["", "Tasks", "p50", "p85", "p95", "Working days p50", "p85", "p95", "Unknown"],
    spreadRows(flow).map(({ label, spread }) => [
      label,
      String(spread.tasks),
      ...[spread.days, spread.workingDays].flatMap(({ p50, p85, p95 }) =>
        [p50, p85, p95].map((days) => daysText(days)),
      ),
      String(spread.unknown),
    ]),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );

const weekTable = ({ weeks }: Flow): Table =>
  table(
    ["Week", "From", "Finished", ""],
    weeks.map(({ week, firstDay, finished, isWhole }) => [
      week,
      firstDay,
      String(finished),
      isWhole ? "" : "a part of the week",
    ]),
    [2],
  );

const ageingTable = ({ ageing }: Flow): Table =>
  table(
    ["Task", "Lane", "Age", "Working days", "Blocked", "Against finished tasks"],
    ageing.map((task) => [
      named(task),
      task.lane,
      daysText(task.cycle.days),
      daysText(task.cycle.workingDays),
      task.isBlocked ? "yes" : "",
      pastText(task),
    ]),
    [2, 3],
  );

const finishedTable = ({ finished, timeZone }: Flow): Table =>
  table(
    ["Task", "Finished", "Lead", "Cycle", "Days in each lane"],
    finished.map((task) => [
      named(task),
      momentText(task.finishedAt, timeZone),
      daysText(task.lead.days),
      daysText(task.cycle?.days),
      laneText(task),
    ]),
    [2, 3],
  );
