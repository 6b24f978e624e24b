import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it, onTestFinished, vi } from "vitest";
import { backupRepository } from "../testing/backup-folder.ts";
import { backupTeam, member } from "../testing/backup-team.ts";
import { quietIo } from "../testing/quiet-io.ts";
import { openReports } from "./open-reports.ts";

it("closes the database where a later step of opening fails", async () => {
  const team = backupTeam();
  await team.sync("2026-04-09T09:00:00Z", [member(1)]);
  team.write("settings.yml", `repositories: [${backupRepository}, acme/other]\ntimeZone: Europe/Berlin\n`);
  const close = vi.spyOn(Database.prototype, "close");
  onTestFinished(() => void close.mockRestore());
  const io = {
    ...quietIo({ cwd: team.folder, now: 0 }),
    err: () => {
      throw new Error("nobody reads stderr");
    },
  };
  const places = { db: ".sprintcast/sprintcast.db", content: "content" };
  await expect(openReports(io, places)).rejects.toThrow("nobody reads stderr");
  expect(close).toHaveBeenCalledTimes(1);
  expect((close.mock.contexts[0] as Database.Database).name).toBe(join(team.folder, places.db));
});
