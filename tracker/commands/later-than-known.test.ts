import { expect, test } from "vitest";
import { backupTeam, member } from "../testing/backup-team.ts";

const warned = /the last sync was at 2026-03-10T00:00:00Z;/;

test.each([
  ["state", ["state", "--at"]],
  ["board", ["board", "1", "--at"]],
])(
  "%s says where history ends before the instant asked, and nothing where it does not",
  async (_, command) => {
    const team = backupTeam();
    await team.sync("2026-03-10T00:00:00Z", [member(1)]);
    team.at("2026-03-20T00:00:00Z");
    const after = await team.call(...command, "2026-03-12T00:00:00Z");
    expect([after.code, after.err]).toEqual([0, expect.stringMatching(warned)]);
    const before = await team.call(...command, "2026-03-09T00:00:00Z", "--json");
    expect([before.code, before.err]).toEqual([0, ""]);
  },
);

test("state of no instant is that of the last sync, and warns of nothing", async () => {
  const team = backupTeam();
  await team.sync("2026-03-10T00:00:00Z", [member(1)]);
  team.at("2026-03-20T00:00:00Z");
  expect((await team.call("state")).err).toBe("");
});
