import { describe, expect, test } from "vitest";
import { present } from "../../core/model/present.ts";
import type { Report } from "../../core/model/report.ts";
import type { Fault } from "../../testing/github/fault.ts";
import type { ServedRepository } from "../../testing/github/repository.ts";
import { transfer } from "../../testing/github/transfer.ts";
import { teamForTest } from "../../testing/team-of-three.ts";

type Json = Record<string, unknown>;
type Told = readonly [kind: string, at: string, more: Json];

const later = "2026-04-10T08:00:00Z";
const milestone = { milestone: { title: "Sprint 1" } };
const debt = { label: { name: "technical debt" } };

/** Syncs what a repository of the team is after api#1, with this past alone, arrived there; `fault`: how its events are refused. */
async function arrived(past: readonly Told[], fault: Fault | null) {
  const made = teamForTest(["acme/web"]);
  const { repositories } = await made.gitHub(["acme/web", "acme/api"], {
    faultAt: (_, url) => (url.includes("/issues/50/events") ? fault : null),
    reset: 4_000_000_000,
  });
  const [web, api] = repositories as [ServedRepository, ServedRepository];
  await made.call("sync");
  const issue = present(api.issues.find(({ number }) => number === 1));
  issue.milestone = null;
  api.events = api.events.filter(
    ({ issue, event }) => (issue as Json).number !== 1 || !/milestone/.test(String(event)),
  );
  for (const [index, [event, created_at, more]] of past.entries())
    api.events.push({ id: 800 + index, event, created_at, actor: { login: "ana" }, issue, ...more });
  transfer(api, 1, web, {
    arrived: 50,
    path: "/repositories/1/issues/50",
    at: later,
    isOwnAlone: true,
  });
  made.at("2026-04-10T10:00:00Z");
  await made.call("sync");
  return made;
}

const known = ({ provenance }: Report, names: readonly (keyof Report["provenance"])[]) =>
  Object.fromEntries(names.map((name) => [name, provenance[name]]));
const all = (names: readonly string[], how: string) => Object.fromEntries(names.map((name) => [name, how]));

const ofMembers = ["committed", "added", "removed", "final", "completed"] as const;
const ofDebt = ["debtOpened", "debtPaid", "debtDropped", "debtNet", "debtOpen", "daysOwed"] as const;
const wasMember: Told[] = [
  ["milestoned", "2026-02-26T10:00:00Z", milestone],
  ["demilestoned", "2026-03-04T10:00:00Z", milestone],
];
const wasDebt: Told[] = [
  ["labeled", "2026-03-02T10:00:00Z", debt],
  ["unlabeled", "2026-03-05T10:00:00Z", debt],
];

describe("an issue that arrived, with nothing left of what it was", () => {
  test("whose events were read leaves each figure sure", async () => {
    const made = await arrived([...wasMember, ...wasDebt], null);
    const names = [...ofMembers, ...ofDebt];
    expect(known(await made.told("report", "1"), names)).toEqual(all(names, "replayed"));
  });

  test.each<Fault>(["forbidden", "rate-limit"])(
    "may have been in a sprint: where its events were not read (%s), who was in it is a guess",
    async (fault) => {
      const made = await arrived(wasMember, fault);
      expect(known(await made.told("report", "1"), ofMembers)).toEqual(all(ofMembers, "inferred"));
      const flow = await made.told("flow", "1");
      expect(flow.provenance.cumulative).toBe("inferred");
    },
  );

  test.each<Fault>(["forbidden", "rate-limit"])(
    "may have been debt: where its events were not read (%s), the ledger is a guess",
    async (fault) => {
      const made = await arrived(wasDebt, fault);
      expect(known(await made.told("report", "1"), ofDebt)).toEqual(all(ofDebt, "inferred"));
    },
  );
});
