import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../program.ts";
import { type BackupIssue, backupRepository, labeled, milestoned, writeBackup } from "./backup-folder.ts";
import { type QuietIo, quietIo } from "./quiet-io.ts";
import { temporaryFolder } from "./temporary-folder.ts";

type BackupMilestone = { number: number; title: string };

export interface BackupTeam {
  folder: string;
  /** Runs one command line; with what it printed. */
  call(...args: string[]): Promise<{ code: number; out: string; err: string; bytes: Uint8Array[] }>;
  /** Writes a file below `content/`. */
  write(path: string, text: string): void;
  read(path: string): string;
  /** Takes a file or folder below `content/` away. */
  remove(path: string): void;
  /** Writes this history as the backup of that instant, and syncs it. */
  sync(
    at: string,
    issues: readonly BackupIssue[],
    milestones?: BackupMilestone[],
  ): Promise<{ code: number; out: string; err: string }>;
  /** The clock of the commands that follow. */
  at(instant: string): void;
}

export const sprintOne = { number: 1, title: "Sprint 1" };
export const sprintTwo = { number: 2, title: "Sprint 2" };

const sprintFile = (number: number, firstDay: string, lastDay: string) =>
  `---\nnumber: ${number}\ntitle: Sprint ${number}\ngoal: Go on\nfirstDay: ${firstDay}\nlastDay: ${lastDay}\n---\n`;

/** A team in Berlin with two sprints, 2 to 13 and 16 to 27 March 2026, in a folder that ends with the test. */
export function backupTeam(more: { settings?: string; milestones?: BackupMilestone[] } = {}): BackupTeam {
  const folder = temporaryFolder();
  let now = Date.parse("2026-04-10T09:00:00Z");
  const write = (path: string, text: string) => {
    const file = join(folder, "content", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write("settings.yml", `repository: ${backupRepository}\ntimeZone: Europe/Berlin\n${more.settings ?? ""}`);
  write("sprints/01.md", sprintFile(1, "2026-03-02", "2026-03-13"));
  write("sprints/02.md", sprintFile(2, "2026-03-16", "2026-03-27"));
  const call: BackupTeam["call"] = async (...args) => {
    const io: QuietIo = quietIo({ cwd: folder, now, columns: 300 });
    const code = await run(args, io, "0.0.0");
    return { code, ...io.printed, bytes: io.printedBytes };
  };
  return {
    folder,
    call,
    write,
    remove: (path) => rmSync(join(folder, "content", path), { recursive: true }),
    read: (path) => readFileSync(join(folder, "content", path), "utf8"),
    at: (instant) => {
      now = Date.parse(instant);
    },
    sync(at, issues, milestones = more.milestones ?? [sprintOne, sprintTwo]) {
      writeBackup(join(folder, "backup"), at, issues, milestones);
      return call("sync", "--backup", "backup");
    },
  };
}

/** An issue of size M that was put into sprint 1 before it began. */
export function member(number: number, more: Partial<BackupIssue> = {}): BackupIssue {
  const labels = more.labels ?? ["size: M"];
  return {
    number,
    created: "2026-02-20T09:00:00Z",
    milestone: sprintOne,
    ...more,
    labels,
    events: [
      ...labels.map((name) => labeled("2026-02-27T09:00:00Z", name)),
      milestoned("2026-02-27T09:00:00Z", (more.milestone ?? sprintOne).title),
      ...(more.events ?? []),
    ],
  };
}

export const pull = (number: number, more: Partial<BackupIssue>): BackupIssue => ({
  number,
  created: "2026-03-04T09:00:00Z",
  pull: true,
  ...more,
});
