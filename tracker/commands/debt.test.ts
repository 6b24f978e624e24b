import { expect, test } from "vitest";
import { sizedTeam } from "../testing/sized-team.ts";

test("the ledger as JSON says how each of its figures is known", async () => {
  const team = await sizedTeam("");
  const { sprints } = JSON.parse((await team.call("debt", "--json")).out);
  expect(sprints.length).toBeGreaterThan(0);
  for (const sprint of sprints)
    expect(Object.keys(sprint.provenance).sort()).toEqual([
      "daysOwed",
      "debtDropped",
      "debtNet",
      "debtOpen",
      "debtOpened",
      "debtPaid",
    ]);
  const [first] = sprints;
  const { provenance } = JSON.parse((await team.call("report", "1", "--json")).out);
  expect(provenance).toMatchObject(first.provenance);
}, 60_000);
