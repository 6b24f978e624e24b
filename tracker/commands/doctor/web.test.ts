import { expect, test } from "vitest";
import { backupTeam, member } from "../../testing/backup-team.ts";

const own = "https://github.example.com";

test.each([
  ["is named, with the key", "", own],
  ["is in order where the settings say it", `github: ${own}\n`, null],
  ["is of no matter where nothing is linked", "links: false\n", null],
])("a GitHub that the site's links do not lead to %s", async (_, settings, named) => {
  const team = backupTeam({ settings });
  await team.sync("2026-03-20T00:00:00Z", [member(1, { web: own })]);
  const { checks } = JSON.parse((await team.call("doctor", "--json")).out) as { checks: { name: string }[] };
  expect(checks.filter(({ name }) => name === "github")).toEqual(
    named === null
      ? []
      : [
          {
            name: "github",
            verdict: "look",
            found: `the issues are at ${named}, and the site's links lead to https://github.com`,
            hint: `Write github: ${named} in content/settings.yml.`,
          },
        ],
  );
});
