import { reportedSprint } from "../content/kept-reports.ts";
import { rulesOf, settingsOfTeam } from "../content/settings-schema.ts";
import { blockersOf } from "../core/flow/blocked.ts";
import { computeIssueLife } from "../core/flow/issue-life.ts";
import { forever, type IssueTimeline } from "../core/model/interval.ts";
import type { CountedAs, IssueLife, LifeSprint } from "../core/model/issue-life.ts";
import { ownNumber } from "../core/model/issue-reference.ts";
import type { Report } from "../core/model/report.ts";
import { numberOf, type Repositories } from "../core/model/repositories.ts";
import { namedSprint, type Sprint, type SprintName, sprintName } from "../core/model/sprint.ts";
import { spentReader } from "../core/report/actual.ts";
import { isOver } from "../core/report/is-over.ts";
import { keyOfRef } from "../core/report/issue-refs.ts";
import { compileRules } from "../core/report/issue-view.ts";
import { unitField } from "../core/report/unit.ts";
import { UsageError } from "../errors.ts";
import { figureKeys, figures, nameOf, rowUnitIn } from "../render/figures/figures.ts";
import { type Archive, timelinesOf } from "./archive.ts";
import type { ReportArchive } from "./report-archive.ts";

/** Key of an issue that is written as people do; without a repository, of the first. Throws UsageError `issue-number`. */
export function issueNamed(text: string, { names, keyOf }: Repositories): number {
  const [, repository, number] = /^(?:([\w./-]+)#|#?)(\d{1,9})$/.exec(text) ?? [];
  const key = number === undefined ? null : keyOf(repository ?? names[0] ?? "", Number(number));
  if (key !== null) return key;
  throw new UsageError("issue-number", `${JSON.stringify(text)} is no issue number`, {
    hint:
      names.length < 2
        ? "Write the number that GitHub shows, such as 12 or #12."
        : `Write its repository and number, such as web#12, or 12 alone for ${names[0]}. There are: ${names.join(", ")}.`,
  });
}

/**
 * One issue's life with what it counted as in each report. `reportOf`: the report of a sprint that has begun.
 * Throws UsageError `no-such-issue`.
 */
export function issueLife(
  archive: ReportArchive,
  number: number,
  reportOf: (sprint: SprintName) => Report,
): IssueLife {
  const { content, milestones, asOf, store, repositories } = archive;
  const { settings } = content;
  const [timeline] = store.timelines({ numbers: [number], pullRequests: true });
  if (timeline === undefined)
    throw new UsageError(
      "no-such-issue",
      `there is no issue #${numberOf(number)} in the history of ${repositories.repositoryOf(number)}`,
      {
        hint: "Fetch what is new with npx sprintcast sync.",
      },
    );
  const effort = archive.effort();
  const pulls = effort.closedBy.get(number) ?? [];
  const said = [`${number}:`, ...pulls.map((pull) => `${number}:${pull.number}`)].flatMap(
    (key) => effort.said.get(key) ?? [],
  );
  const effortAt = [
    ...said.flatMap(({ at, deleted }) => (deleted === null ? [at] : [at, deleted.at])),
    ...pulls.flatMap(({ intervals }) => intervals.map(({ from }) => from)),
  ];
  const blockers = blockersOf(timeline).flatMap((key) => ownNumber(key) ?? []);
  const life = computeIssueLife({
    repository: repositories.repositoryOf(number),
    asOf,
    rules: rulesOf(settings),
    sprints: content.sprints.map(({ sprint }) => sprint),
    milestones,
    timeline,
    blockers: timelinesOf(archive, blockers),
    spent: spentReader(effort.said, rulesOf(settings), effort.closedBy, repositories),
    effortAt,
    links: settings.links,
  });
  const sprints = content.sprints.map(({ sprint }) => sprint);
  const mayCount = countingSprints(timeline, [...effortAt, ...instantsOf(life)], archive);
  return {
    ...life,
    sprints: sprints.flatMap((sprint) => counted(life, sprint, mayCount(sprint), archive, reportOf)),
  };
}

const instantsOf = ({ effort }: IssueLife): number[] => effort.map(({ at }) => Date.parse(at));

/**
 * Whether the report of a sprint may count an issue that was never in it: where something happened to the issue, or was
 * said of its effort, from the end of the sprint before to the start of the one after it, or where it was marked as a
 * debt. A frozen report may have counted it by rules of its day.
 */
function countingSprints(
  timeline: IssueTimeline,
  said: readonly number[],
  { content }: Archive,
): (sprint: Sprint) => boolean {
  const sprints = content.sprints.map(({ sprint }) => sprint);
  const frozen = new Set(
    content.reports.flatMap((one) => (one.frozen ? [reportedSprint(one, content)] : [])),
  );
  const debtsIn = (team: string | undefined) =>
    timeline.intervals.filter(
      compileRules(rulesOf(settingsOfTeam(content.settings, team ?? null)), () => false).isDebt,
    );
  const changes = timeline.intervals.flatMap(({ from, to }) => [from, to]);
  const instants = [timeline.createdAt, ...changes, ...said];
  return (sprint) => {
    if (frozen.has(sprintName(sprint))) return true;
    const own = sprints.filter(({ team }) => team === sprint.team);
    const before = Math.max(0, ...own.map(({ end }) => end).filter((end) => end <= sprint.start));
    const later = own.filter(({ start }) => start >= sprint.end);
    const after = Math.min(...later.map(({ start, grace }) => start + grace));
    return (
      instants.some((at) => at >= before && at <= after && at !== forever) ||
      debtsIn(sprint.team).some(({ from, to }) => from < sprint.end && to >= sprint.start)
    );
  };
}

/** The sprint as the life has it, or as one in whose report the issue counts all the same. */
function counted(
  life: IssueLife,
  sprint: Sprint,
  mayCount: boolean,
  { asOf, repositories }: Pick<Archive, "asOf" | "repositories">,
  reportOf: (sprint: SprintName) => Report,
): LifeSprint[] {
  const known = life.sprints.find((one) => sprintName(one) === sprintName(sprint));
  const isTold = sprint.start <= asOf && (known !== undefined || mayCount);
  if (!isTold) return known === undefined ? [] : [known];
  const report = reportOf(sprintName(sprint));
  const rows = countedIn(report, life.number, repositories);
  if (known === undefined && rows.length === 0) return [];
  return [
    {
      ...(known ?? { ...namedSprint(sprint), title: sprint.title, marked: [], depth: 0 }),
      frozen: report.frozen !== null,
      running: !isOver(report),
      counted: rows,
    },
  ];
}

/** Ratios rest on figures that stand here themselves. */
const keys = figureKeys.filter((key) => figures[key].rowsOf === undefined);

const countedIn = (report: Report, key: number, repositories: Repositories): CountedAs[] =>
  keys.flatMap((figure) =>
    figures[figure]
      .rows(report)
      .filter((row) => keyOfRef(row, repositories, report.repository) === key)
      .map(({ days, why, at, eventId, provenance }) => ({
        figure: nameOf(figure),
        ...unitField(rowUnitIn(figures[figure], report)),
        days,
        why,
        at,
        eventId,
        provenance,
      })),
  );
