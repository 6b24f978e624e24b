import type { Content } from "../../content/read.ts";
import { type Settings, settingsOfTeam } from "../../content/settings-schema.ts";
import { instantText } from "../../core/model/days.ts";
import { type Mark, type Sprint, type SprintName, sprintName } from "../../core/model/sprint.ts";
import { isTask } from "../../core/report/issue-view.ts";
import { counted } from "../../render/format.ts";
import { milestoneTitles } from "../../reports/archive.ts";
import { issuesMarked } from "../../reports/board-input.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import type { History } from "../../store/store.ts";
import { type Check, didYouMean } from "./check.ts";
import { checkFields } from "./fields.ts";
import { checkMilestones } from "./milestones.ts";
import { checkSizes } from "./sizes.ts";

const day = 86_400_000;

/** What the database says about each of the team's repositories. `now` in epoch ms. */
export function checkDatabase(opened: OpenHistory, content: Content, now: number): Check[] {
  const listed = opened.standings.flatMap(({ name, refusal }): Check[] => {
    const one = (opened.only([name]) ?? opened).history;
    const known = one.repository();
    if (known === null || one.knownUntil() === null)
      return [
        {
          name: "database",
          verdict: "mend",
          found: `it holds no history of ${name}`,
          hint: "Run npx sprintcast sync, and see what it says of this repository.",
        },
      ];
    const checks = checkRepository(one, known, content, now);
    if (refusal === null) return checks;
    const until = instantText(one.knownUntil() ?? 0);
    const found = `${name} is known up to ${until} only, for the last sync was refused: ${refusal.message}`;
    return [...checks, { name: "database", verdict: "look", found }];
  });
  const others = opened.unlisted.map(
    (name): Check => ({
      name: "database",
      verdict: "look",
      found: `it has the history of ${name} too, which settings.yml does not list`,
    }),
  );
  return [...listed, ...others];
}

function checkRepository(store: History, known: string, content: Content, now: number): Check[] {
  const { issues, pullRequests, events } = store.counts();
  const syncedAt = store.knownUntil();
  const pulls = pullRequests === 0 ? "" : `, ${counted(pullRequests, "pull request")}`;
  const holds = `${counted(issues, "issue")}${pulls} and ${counted(events, "event")} of ${known}`;
  if (issues + pullRequests === 0)
    return [{ name: "database", verdict: "mend", found: "it is empty", hint: "Run npx sprintcast sync." }];
  if (syncedAt !== null && syncedAt > now + 60_000)
    return [
      { name: "database", verdict: "fine", found: holds },
      {
        name: "clock",
        verdict: "mend",
        found: `the last sync was at ${instantText(syncedAt)}, which is in this machine's future`,
        hint: "Set the clock right: a sprint's end is judged by it.",
      },
    ];
  const waits = content.sprints.some(({ sprint }) => sprint.start <= now && sprint.end > (syncedAt ?? 0));
  const age = syncedAt === null ? null : Math.floor((now - syncedAt) / day);
  if (waits && age !== null && age >= 2)
    return [
      {
        name: "database",
        verdict: "look",
        found: `${holds}, last synced ${counted(age, "day")} ago, before a sprint's end`,
        hint: "Run npx sprintcast sync.",
      },
    ];
  return [{ name: "database", verdict: "fine", found: holds }];
}

/** Whether labels and milestones that settings and sprints name were ever seen in the repository. */
export function checkNames(opened: OpenHistory, content: Content, now: number): Check[] {
  const store = opened.history;
  const { settings } = content;
  const teams = [settings, ...settings.teams.map(({ name }) => settingsOfTeam(settings, name))];
  const labels = [...new Set([...store.labels().map((label) => label.name), ...labelAliases(store)])];
  // Those since deleted as well: past sprints read them, though nobody is told to use them.
  const seen = store.labelNames();
  const every = (of: (team: Settings) => readonly string[]) => [...new Set(teams.flatMap(of))];
  const named = [
    ...every(({ lanes }) => lanes.flatMap((lane) => lane.when.labels ?? [])).map((label) => ({
      label,
      use: "a lane",
    })),
    ...every((team) => team.labels.debt).map((label) => ({ label, use: "technical debt" })),
    ...every((team) => team.labels.freezebox).map((label) => ({ label, use: "the freezebox" })),
  ];
  return [
    ...(settings.estimate === undefined
      ? checkSizes(labels, settings, (label) => store.issuesEverCarrying({ label }).length)
      : []),
    ...checkFields(store, settings),
    ...named
      .filter(({ label }) => !isKnown(label, seen))
      .map(({ label, use }) => missingLabel(label, use, labels)),
    ...content.sprints.flatMap(({ sprint }) => [
      ...checkMark(sprint.mark, sprintName(sprint), sprint.start <= now, opened, labels),
      ...checkKind(sprint, store, content),
    ]),
  ];
}

/** A sprint whose mark only tasks of the other kind ever carried: its report would be empty. */
function checkKind(sprint: Sprint, store: History, content: Content): Check[] {
  const marked = issuesMarked(store, sprint.mark, milestoneTitles(store));
  const timelines = store.timelines({ numbers: marked, pullRequests: true });
  if (timelines.length === 0 || timelines.some(isTask(content.settings))) return [];
  const [tasks, other] =
    content.settings.count === "pulls" ? ["pull requests", "issue"] : ["issues", "pull request"];
  return [
    {
      name: `sprint ${sprintName(sprint)}`,
      verdict: "look",
      found: `only ${other}s carry its mark (${timelines.length}), and settings.yml counts ${tasks}`,
      hint: `With count: ${other === "issue" ? "issues" : "pulls"}, or both, they count.`,
    },
  ];
}

const labelAliases = (store: History): string[] =>
  store.names().aliases.flatMap((alias) => (alias.kind === "label" ? [alias.from, alias.to] : []));

function isKnown(pattern: string, names: string[]): boolean {
  const wanted = pattern.toLowerCase();
  return names.some((name) =>
    wanted.endsWith("*") ? name.toLowerCase().startsWith(wanted.slice(0, -1)) : name.toLowerCase() === wanted,
  );
}

const missingLabel = (label: string, use: string, names: string[]): Check => ({
  name: "labels",
  verdict: "look",
  found: `"${label}" stands for ${use}, but no such label was ever seen`,
  hint: `${didYouMean(label, names)}Add the label on GitHub, or change it in settings.yml.`,
});

function checkMark(
  mark: Mark,
  sprint: SprintName,
  begun: boolean,
  opened: OpenHistory,
  labels: string[],
): Check[] {
  const store = opened.history;
  const name = `sprint ${sprint}`;
  const verdict = begun ? "mend" : "look";
  if (mark.by === "milestone") return checkMilestones(mark, sprint, verdict, opened);
  if (mark.by === "iteration") return [];
  const query = mark.by === "label" ? { label: mark.name } : { status: mark.value };
  const wanted = mark.by === "label" ? mark.name : mark.value;
  const offered = mark.by === "status" && store.projects().some(({ statuses }) => statuses.includes(wanted));
  if (
    offered ||
    store.issuesEverCarrying(query).length > 0 ||
    (mark.by === "label" && isKnown(wanted, labels))
  )
    return [{ name, verdict: "fine", found: `${mark.by} "${wanted}"` }];
  return [
    {
      name,
      verdict,
      found: `no issue ever carried the ${mark.by} "${wanted}"`,
      hint: `${mark.by === "label" ? didYouMean(wanted, labels) : ""}Correct it in content/sprints/.`,
    },
  ];
}
