import type { Report } from "../core/model/report.ts";
import { type BackupIssue, commented, labeled, milestoned } from "./backup-folder.ts";
import { backupTeam } from "./backup-team.ts";

const milestones = ["Web 1", "App 1", "Web 2"].map((title, index) => ({ number: index + 1, title }));
const planned = "2026-02-27T09:00:00Z";
const updated = "2026-03-28T09:00:00Z";

function task(number: number, sprint: string | null, more: Partial<BackupIssue> = {}): BackupIssue {
  const labels = ["size: M", ...(more.labels ?? [])];
  const milestone = milestones.find(({ title }) => title === sprint);
  const closed = more.closed === undefined ? [] : [{ event: "closed", created_at: more.closed }];
  return {
    number,
    created: "2026-02-20T09:00:00Z",
    updated,
    ...(milestone === undefined ? {} : { milestone }),
    ...more,
    labels,
    events: [
      ...labels.map((name) => labeled(planned, name)),
      ...(milestone === undefined ? [] : [milestoned(planned, milestone.title)]),
      ...closed,
      ...(more.events ?? []),
    ],
  };
}

const issues: BackupIssue[] = [
  task(1, "Web 1", { closed: "2026-03-05T09:00:00Z" }),
  task(2, "App 1", { closed: "2026-03-06T09:00:00Z" }),
  task(3, "App 1", { events: [commented("2026-03-05T09:00:00Z", "/spend 1d")] }),
  task(4, null, { closed: "2026-03-06T09:00:00Z" }),
  {
    ...task(5, "Web 1", {
      events: [
        { event: "demilestoned", created_at: "2026-03-14T09:00:00Z", milestone: { title: "Web 1" } },
        milestoned("2026-03-14T09:00:00Z", "Web 2"),
      ],
    }),
    milestone: { number: 3, title: "Web 2" },
  },
  task(6, "App 1", { labels: ["technical debt"] }),
  task(7, null, { labels: ["technical debt", "app debt"] }),
  task(8, "App 1", { labels: ["doing"] }),
  {
    ...task(10, "App 1", {
      events: [
        { event: "demilestoned", created_at: "2026-03-08T09:00:00Z", milestone: { title: "App 1" } },
        milestoned("2026-03-08T09:00:00Z", "Web 1"),
      ],
    }),
    milestone: { number: 1, title: "Web 1" },
  },
];

export const twoTeamsHistory = { issues, milestones };

/** Below the settings of a team in Berlin. */
export const teamSettings = `teams:
  - name: Web
  - name: App
    timeZone: America/New_York
    labels: { debt: [app debt] }
    lanes:
      - { name: Backlog, role: backlog, when: { state: open, member: false } }
      - { name: To do, role: sprint, when: { state: open, member: true } }
      - { name: Doing, role: progress, when: { state: open, member: true, labels: [doing] } }
      - { name: Done, role: done, when: { state: closed } }
`;
export const teamSprint = (number: number, team: string, title: string, firstDay: string, lastDay: string) =>
  `---\nnumber: ${number}\nteam: ${team}\ntitle: ${title}\ngoal: Go on\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n---\n`;
const review = (number: number, promise: string) =>
  `---\ntitle: Review\nkind: review\nsprint: ${number}\ndate: 2026-03-18\n---\n\n## K.A.L.M.\n\n### Keep\n\n- ${promise}\n`;

/** Two teams of one repository, in a folder that ends with the test: Web has sprints 1 and 3, App the second. */
export async function twoTeams() {
  const team = backupTeam({ settings: teamSettings });
  team.write("sprints/01.md", teamSprint(1, "Web", "Web 1", "2026-03-02", "2026-03-13"));
  team.write("sprints/02.md", teamSprint(2, "App", "App 1", "2026-03-04", "2026-03-17"));
  team.write("sprints/03.md", teamSprint(3, "Web", "Web 2", "2026-03-16", "2026-03-27"));
  team.write("posts/01-review.md", review(1, "Pair more"));
  team.write("posts/02-review.md", review(2, "Ship daily"));
  const { code, err } = await team.sync("2026-03-30T09:00:00Z", issues, milestones);
  if (code !== 0) throw new Error(err);
  const told = async (...args: string[]) => JSON.parse((await team.call(...args, "--json")).out);
  const reports: Report[] = [];
  for (const number of [1, 2, 3]) reports.push(await told("report", String(number)));
  return { ...team, told, reports };
}
