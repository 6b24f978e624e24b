import { join } from "node:path";
import { expect, test } from "vitest";
import { backupRepository } from "../../testing/backup-folder.ts";
import { backupTeam, member } from "../../testing/backup-team.ts";

const at = "2026-04-09T09:00:00Z";
const named = (names: string) => `repository: ${names}\ntimeZone: Europe/Berlin\n`;

test("a repository that the settings do not name is read, and the sync says that nothing will show it", async () => {
  const team = backupTeam();
  team.write("settings.yml", named("octo/rocket"));
  const { code, out, err } = await team.sync(at, [member(1)]);
  expect(code).toBe(0);
  expect(out).toContain(`${backupRepository}: new: 1 issue`);
  const sentence = `content/settings.yml names octo/rocket and not ${backupRepository}: until it does, no board or report shows what was read here`;
  expect(err).toBe(`note: ${sentence}\n`);
  // What it says is so.
  expect((await team.call("report", "1")).code).toBe(3);
  const asJson = await team.call("sync", "--backup", join(team.folder, "backup"), "--json");
  expect(JSON.parse(asJson.out).notices).toEqual([sentence]);
});

test("nothing is said where the settings name it in any case, or where there are none", async () => {
  const team = backupTeam();
  team.write("settings.yml", named(backupRepository.toUpperCase()));
  expect(await team.sync(at, [member(1)])).toMatchObject({ code: 0, err: "" });
  team.remove("settings.yml");
  expect(await team.sync(at, [member(1)])).toMatchObject({ code: 0, err: "" });
});
