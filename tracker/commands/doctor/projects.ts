import type { Content } from "../../content/read.ts";
import { lanesOfAll, needsProjects } from "../../content/settings-schema.ts";
import { daysBetween } from "../../core/model/calendar.ts";
import { present } from "../../core/model/present.ts";
import { isChosen } from "../../core/model/project.ts";
import { type Sprint, sprintName } from "../../core/model/sprint.ts";
import { counted } from "../../render/format.ts";
import type { History } from "../../store/store.ts";
import { type Check, didYouMean, newestOf } from "./check.ts";

/** Whether the statuses and iterations that settings and sprints name are those of a project. `now` in epoch ms. */
export function checkProjects(store: History, { settings, sprints }: Content, now: number): Check[] {
  const marks = sprints.map(({ sprint }) => sprint.mark);
  if (!needsProjects(settings, marks)) return [];
  const name = "projects";
  const all = store.projects();
  if (all.length === 0)
    return [
      {
        name,
        verdict: "mend",
        found: "settings or sprints use Projects v2, but no issue was seen in a project",
        hint: "Run npx sprintcast sync with a GITHUB_TOKEN that has the scope read:project, and put the issues into a project.",
      },
    ];
  const titles = all.map(({ number, title }) => `${title} (${number})`);
  const choice = settings.project ?? null;
  const projects = all.filter((project) => isChosen(project, choice));
  if (projects.length === 0)
    return [
      {
        name,
        verdict: "mend",
        found: `no issue was seen in the project ${JSON.stringify(choice)}`,
        hint: `${didYouMean(
          String(choice),
          all.map(({ title }) => title),
        )}There are: ${titles.join(", ")}.`,
      },
    ];
  return [
    projects.length === 1
      ? { name, verdict: "fine", found: `statuses and iterations are those of ${present(projects[0]).title}` }
      : {
          name,
          verdict: "look",
          found: `issues are in ${counted(projects.length, "project")}, and the status in any of them counts: ${titles.join(", ")}`,
          hint: "Name the one that counts: `project: NUMBER` or its title in settings.yml, then sync.",
        },
    ...checkStatuses(store, lanesOfAll(settings), projects),
    ...checkUntold(store, now),
    ...sprints.flatMap(({ sprint }) =>
      sprint.mark.by === "iteration"
        ? [
            checkIteration(store, sprint, sprint.mark.title, {
              projects,
              begun: sprint.start <= now,
              timeZone: settings.timeZone,
            }),
          ]
        : [],
    ),
  ];
}

type Projects = ReturnType<History["projects"]>;

interface Found {
  projects: Projects;
  /** Whether the sprint has begun. */
  begun: boolean;
  timeZone: string;
}

function checkStatuses(store: History, lanes: Content["settings"]["lanes"], projects: Projects): Check[] {
  const known = projects.flatMap(({ statuses }) => statuses);
  return lanes.flatMap(({ name: lane, when }) =>
    (when.status ?? [])
      .filter((status) => !known.includes(status) && store.issuesEverCarrying({ status }).length === 0)
      .map((status) => ({
        name: "statuses",
        verdict: "look" as const,
        found: `the lane ${lane} asks for the status "${status}", and no project has it`,
        hint: `${didYouMean(status, known)}There are: ${[...new Set(known)].join(", ") || "none"}.`,
      })),
  );
}

const days = 24 * 3_600_000;

/** Changes of status that GitHub wrote no event of: seen by a sync, and no more exact than that. */
function checkUntold(store: History, now: number): Check[] {
  const since = now - 90 * days;
  const changes = [...store.eachTimeline()].flatMap(({ createdAt, intervals }) =>
    intervals.filter(
      ({ attribute, from, provenance }) =>
        attribute === "status" && from >= since && from > createdAt && provenance !== "inferred",
    ),
  );
  const untold = changes.filter(({ startEvent }) => startEvent === null).length;
  if (changes.length === 0) return [];
  if (untold === 0)
    return [
      {
        name: "status events",
        verdict: "fine",
        found: `GitHub told all ${counted(changes.length, "change")} of status in 90 days`,
      },
    ];
  return [
    {
      name: "status events",
      verdict: "look",
      found: `GitHub wrote no event for ${untold} of ${counted(changes.length, "change")} of status in 90 days: they are known as your syncs saw them`,
      hint: "Sync every hour, so that few moves are missed between two syncs, or let GitHub tell them: npx sprintcast listen.",
    },
  ];
}

function checkIteration(store: History, sprint: Sprint, iteration: string, found: Found): Check {
  const { projects, begun, timeZone } = found;
  const name = `sprint ${sprintName(sprint)}`;
  const known = projects.flatMap(({ iterations }) => iterations);
  const same = known.filter(({ title }) => title === iteration);
  if (same.length > 0) {
    const days = daysBetween(sprint.start, sprint.end, timeZone);
    if (same.some((one) => one.start === days[0] && one.days === days.length))
      return { name, verdict: "fine", found: `iteration "${iteration}"` };
    const { start, days: length } = present(same[0]);
    return {
      name,
      verdict: "look",
      found: `the iteration "${iteration}" has ${counted(length, "day")} from ${start}, the sprint ${days.length} from ${days[0]}`,
      hint: "Correct one of them: the sprint's own days decide its figures.",
    };
  }
  if (store.issuesEverCarrying({ iteration }).length > 0)
    return { name, verdict: "fine", found: `iteration "${iteration}", which no project has any more` };
  const titles = [...new Set(known.map(({ title }) => title))];
  return {
    name,
    verdict: begun ? "mend" : "look",
    found: `no project has the iteration "${iteration}"`,
    hint: `${didYouMean(iteration, titles)}${newestOf(titles)}`,
  };
}
