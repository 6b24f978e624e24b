import { join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../program.ts";
import { type BackupIssue, commented, labeled, milestoned, writeBackup } from "./backup-folder.ts";
import { backupTeam } from "./backup-team.ts";
import { servedFromBackup } from "./github/repository.ts";
import { startDouble } from "./github/server.ts";
import { quietIo } from "./quiet-io.ts";

const sprints: Record<string, [first: string, last: string][]> = {
  API: [
    ["2026-03-02", "2026-03-13"],
    ["2026-03-16", "2026-03-27"],
    ["2026-03-30", "2026-04-10"],
  ],
  "Web shop": [
    ["2026-03-04", "2026-03-17"],
    ["2026-03-18", "2026-03-31"],
    ["2026-04-01", "2026-04-14"],
  ],
  Infra: [
    ["2026-03-02", "2026-03-06"],
    ["2026-03-09", "2026-03-13"],
    ["2026-03-16", "2026-03-20"],
  ],
};

const titles = Object.keys(sprints).flatMap((team) => [1, 2, 3].map((number) => `${team} ${number}`));
const milestones = titles.map((title, index) => ({ number: index + 1, title }));
const planned = "2026-02-27T09:00:00Z";

/** A task with the sprints it was put into, in order. */
function task(
  number: number,
  size: string,
  marks: [at: string, title: string][],
  more: Partial<BackupIssue> = {},
): BackupIssue {
  const labels = [`size: ${size}`, ...(more.labels ?? [])];
  const moves = marks.flatMap(([at, title], index) => {
    const before = marks[index - 1]?.[1];
    const left =
      before === undefined ? [] : [{ event: "demilestoned", created_at: at, milestone: { title: before } }];
    return [...left, milestoned(at, title)];
  });
  const created = more.created ?? "2026-02-20T09:00:00Z";
  const sized = created < planned ? planned : created;
  const milestone = milestones.find(({ title }) => title === marks.at(-1)?.[1]);
  return {
    number,
    updated: "2026-04-15T09:00:00Z",
    ...(milestone === undefined ? {} : { milestone }),
    ...more,
    created,
    labels,
    events: [
      ...labels.map((name) => labeled(sized, name)),
      ...moves,
      ...(more.closed === undefined ? [] : [{ event: "closed", created_at: more.closed }]),
      ...(more.events ?? []),
    ],
  };
}

const issues: BackupIssue[] = [
  task(1, "M", [[planned, "API 1"]], { closed: "2026-03-05T09:00:00Z" }),
  task(2, "L", [
    [planned, "API 1"],
    ["2026-03-15T09:00:00Z", "API 2"],
    ["2026-03-28T09:00:00Z", "API 3"],
  ]),
  task(3, "S", [[planned, "Web shop 1"]], { closed: "2026-03-10T09:00:00Z", labels: ["technical debt"] }),
  task(4, "M", [[planned, "Web shop 1"]], { closed: "2026-03-20T09:00:00Z" }),
  task(5, "M", [[planned, "Infra 2"]], { closed: "2026-03-10T09:00:00Z" }),
  task(6, "L", [["2026-03-17T09:00:00Z", "Infra 3"]], {
    created: "2026-03-17T09:00:00Z",
    events: [commented("2026-03-18T09:00:00Z", "/spend 1d")],
  }),
];

const folderOf = (team: string) => team.toLowerCase().replace(" ", "-");
const review = (team: string, number: number, kalm: string) =>
  `---\ntitle: ${team} looks back at ${number}\nkind: review\nsprint: ${number}\nteam: ${team}\ndate: 2026-04-0${number}\n---\n\n::effort\n\n## K.A.L.M.\n\n${kalm}\n`;

/** Three teams of one repository, each with sprints 1, 2 and 3, synced from a GitHub that has their issues. */
export async function countingTeams(more = "") {
  const team = backupTeam({
    settings: `teams:\n${Object.keys(sprints)
      .map((name) => `  - name: ${name}\n`)
      .join("")}${more}`,
  });
  team.remove("sprints");
  for (const [name, days] of Object.entries(sprints))
    for (const [index, [firstDay, lastDay]] of days.entries())
      team.write(
        `sprints/${folderOf(name)}/0${index + 1}.md`,
        `---\nnumber: ${index + 1}\nteam: ${name}\ntitle: ${name} ${index + 1}\ngoal: Go on\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n---\n`,
      );
  team.write("posts/api/01-review.md", review("API", 1, "### Keep\n\n- Pair more"));
  team.write("posts/api/02-review.md", review("API", 2, "### Follow-up\n\n- [x] Pair more"));
  team.write("posts/web-shop/01-review.md", review("Web shop", 1, "### Keep\n\n- Pair more"));
  team.write("posts/infra/01-review.md", review("Infra", 1, "### Add\n\n- Ship daily"));
  const backup = join(team.folder, "backup");
  writeBackup(backup, "2026-04-20T09:00:00Z", issues, milestones);
  const now = Date.parse("2026-04-20T10:00:00Z");
  const served = await servedFromBackup(backup, "acme/shop");
  const double = await startDouble(served, { now: () => now });
  onTestFinished(() => double.close());
  team.at("2026-04-20T10:00:00Z");
  const call = async (...args: string[]) => {
    const io = quietIo({ cwd: team.folder, now, columns: 300, env: { GITHUB_API_URL: double.url } });
    const code = await run(args, io, "0.0.0");
    return { code, ...io.printed };
  };
  const { code, err } = await call("sync");
  if (code !== 0) throw new Error(err);
  return {
    ...team,
    call,
    told: async (...args: string[]) => JSON.parse((await call(...args, "--json")).out),
  };
}
