import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../program.ts";
import { backupTeam, member } from "../../testing/backup-team.ts";
import { quietIo } from "../../testing/quiet-io.ts";

/** A doctor's table as one line, its cells apart by blanks. */
const flat = (table: string): string => table.replaceAll(/\s+/g, " ");

test("several faults of one file are told apart, and each with what was expected", async () => {
  const team = backupTeam();
  writeFileSync(join(team.folder, "content/settings.yml"), "title: Ours\n");
  const { code, out, err } = await team.call("doctor");
  expect([code, err]).toEqual([3, expect.stringContaining("1 of 4 checks failed")]);
  expect(flat(out)).toMatch(
    /timeZone: is missing, expected text such as Europe\/Vienna; repository: is missing, expected owner\/name/,
  );
});

test("however many faults a file has, none is cut off on a narrow terminal", async () => {
  const team = backupTeam();
  const labels = Array.from({ length: 15 }, (_, index) => `misspelt${index}: true\n`).join("");
  writeFileSync(join(team.folder, "content/settings.yml"), `repository: a/b\ntimeZone: UTC\n${labels}`);
  const io = quietIo({ cwd: team.folder, now: Date.parse("2026-03-20T00:00:00Z"), columns: 60 });
  expect(await run(["doctor"], io, "0.0.0")).toBe(3);
  for (let index = 0; index < 15; index += 1)
    expect(flat(io.printed.out)).toContain(`misspelt${index} is not known (line ${index + 3})`);
  expect(flat(io.printed.out)).toContain("docs/settings.md lists every key with its meaning and default.");
});

test("a database is asked for where there is none, and one without history is empty", async () => {
  const team = backupTeam();
  await team.sync("2026-03-20T00:00:00Z", [member(1)]);
  const db = join(team.folder, ".sprintcast/sprintcast.db");
  for (const part of ["", "-wal", "-shm"]) rmSync(`${db}${part}`, { force: true });
  expect(flat((await team.call("doctor")).out)).toContain("database there is no .sprintcast/sprintcast.db");
  writeFileSync(db, "");
  expect(flat((await team.call("doctor")).out)).toContain("database it is empty. Run npx sprintcast sync.");
  writeFileSync(db, "This is no database, however long it may be. ".repeat(100));
  const { code, out } = await team.call("doctor");
  expect([code, flat(out)]).toEqual([3, expect.stringContaining("is not a SQLite database. name a file of")]);
});

test("a clock behind the last sync is to be mended, for a sprint's end is judged by it", async () => {
  const team = backupTeam();
  await team.sync("2026-03-20T00:00:00Z", [member(1)]);
  team.at("2026-03-19T23:00:00Z");
  const { code, out } = await team.call("doctor");
  expect([code, flat(out)]).toEqual([
    3,
    expect.stringContaining(
      "clock the last sync was at 2026-03-20T00:00:00Z, which is in this machine's future",
    ),
  ]);
  team.at("2026-03-19T23:59:30Z");
  expect((await team.call("doctor")).out).not.toContain("clock");
});

test.each([["--live", "nonsense"], ["--live=../x"], ["--format", "csv"], ["everything"]])(
  "%j %j is wrong usage",
  async (...args) => {
    const { code, err } = await backupTeam().call("doctor", ...args);
    expect([code, err.length > 20]).toEqual([2, true]);
  },
);
