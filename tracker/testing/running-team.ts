import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../program.ts";
import { type BackupIssue, backupRepository, labeled, milestoned, writeBackup } from "./backup-folder.ts";
import { quietIo } from "./quiet-io.ts";

const titles = [
  "Show the delivery date on the order page",
  "Search finds products by their brand",
  "Stop the session timing out during checkout",
  "Fix the rounding of VAT for baskets with a discount and more than one delivery address",
  "Ask for consent before analytics",
  "Export the invoices of a month as CSV",
];
const begin = "2026-03-17T09:30:00Z";
const milestone = { number: 2, title: "Sprint 2" };

/** One is done, one came in late and is in progress, the others are planned; nothing has an estimate. */
const issues: BackupIssue[] = titles.map((title, index) => {
  const number = index + 1;
  const [isDone, isLate] = [index === 0, index === 4];
  return {
    number,
    title,
    created: "2026-02-20T09:00:00Z",
    milestone,
    updated: isDone ? "2026-03-18T15:00:00Z" : isLate ? "2026-03-19T08:00:00Z" : "2026-03-13T14:00:00Z",
    ...(isDone ? { closed: "2026-03-18T15:00:00Z" } : {}),
    labels: isLate ? ["in progress"] : [],
    events: [
      milestoned(isLate ? "2026-03-18T10:12:00Z" : "2026-03-13T14:00:00Z", milestone.title),
      ...(isDone ? [{ event: "assigned", created_at: begin, assignee: { login: "ana-lopez" } }] : []),
      ...(isDone ? [{ event: "closed", created_at: "2026-03-18T15:00:00Z", state_reason: "completed" }] : []),
      ...(isLate ? [labeled("2026-03-19T08:00:00Z", "in progress")] : []),
    ],
  };
});

const sprint = (number: number, firstDay: string, lastDay: string, goal: string) =>
  `---\nnumber: ${number}\ntitle: Sprint ${number}\ngoal: ${goal}\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n---\n`;

/**
 * Writes `content/` of a team in the midst of its second sprint, 16 to 27 March 2026, without estimates, debt, reviews
 * or a live demo, and its report so far.
 */
export async function writeRunningTeam(folder: string): Promise<void> {
  const files = {
    "settings.yml": `repository: ${backupRepository}\ntimeZone: Europe/Berlin\ntitle: Acme shop\n`,
    "sprints/01.md": sprint(1, "2026-03-02", "2026-03-13", "A customer pays by card."),
    "sprints/02.md": sprint(2, "2026-03-16", "2026-03-27", "A parcel is refunded without a phone call."),
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, "content", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  writeBackup(join(folder, "backup"), "2026-03-20T11:30:00Z", issues, [milestone]);
  const io = quietIo({ cwd: folder, now: Date.parse("2026-03-20T12:00:00Z") });
  for (const words of [
    ["sync", "--backup", "backup"],
    ["freeze", "--preview"],
  ])
    if ((await run(words, io, "0.0.0")) !== 0) throw new Error(`${words.join(" ")}: ${io.printed.err}`);
}
