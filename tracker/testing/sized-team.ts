import { commented } from "./backup-folder.ts";
import { type BackupTeam, backupTeam, member } from "./backup-team.ts";

export const inPoints = "unit: points\nsizes: { S: 1, M: 3, L: 8 }\n";

/** Sprint 1: 1 done, 2 and 3 open, 4 added; effort is said of 1, and of 5, which is in no sprint. */
export async function sizedTeam(settings: string): Promise<BackupTeam> {
  const team = backupTeam({ settings });
  const one = team.read("sprints/01.md");
  team.write("sprints/01.md", one.replace("goal:", "capacityDays: 7\ngoal:"));
  const late = "2026-03-04T09:00:00Z";
  const done = commented("2026-03-09T09:00:00Z", "/spend 2d");
  const { code, err } = await team.sync("2026-04-10T08:00:00Z", [
    member(1, { closed: "2026-03-10T09:00:00Z", events: [done] }),
    member(2, { labels: ["size: L", "technical debt", "actual: S"] }),
    member(3),
    {
      ...member(4),
      created: late,
      events: member(4).events?.map((event) => ({ ...event, created_at: late })),
    },
    { number: 5, created: "2026-02-20T09:00:00Z", events: [commented("2026-03-05T09:00:00Z", "/spend 1d")] },
  ]);
  if (code !== 0) throw new Error(err);
  return team;
}
