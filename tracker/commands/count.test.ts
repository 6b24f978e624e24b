import { expect, test } from "vitest";
import type { Report } from "../core/model/report.ts";
import { type BackupIssue, commented, labeled, milestoned } from "../testing/backup-folder.ts";
import { type BackupTeam, backupTeam, member, pull, sprintOne } from "../testing/backup-team.ts";

const inSprint = [
  labeled("2026-02-27T09:00:00Z", "size: M"),
  milestoned("2026-02-27T09:00:00Z", sprintOne.title),
];
const change = (number: number, closing: BackupIssue["events"] = [], more: Partial<BackupIssue> = {}) => ({
  ...pull(number, {
    created: "2026-02-20T09:00:00Z",
    milestone: sprintOne,
    labels: ["size: M"],
    ...(closing.length === 0 ? {} : { closed: closing.at(-1)?.created_at ?? "" }),
    ...more,
  }),
  events: [...inSprint, ...closing],
});
const merge = (at: string) => [
  { event: "merged", created_at: at },
  { event: "closed", created_at: at },
];
const close = (at: string) => [{ event: "closed", created_at: at }];

/** GitHub may date the merge a second behind the closing that it is. */
const mergeSeen = [
  { event: "closed", created_at: "2026-03-05T09:00:00Z" },
  { event: "merged", created_at: "2026-03-05T09:00:01Z" },
];

/** Merged, closed without a merge, still open, and opened by the way. */
const pulls = [
  change(11, mergeSeen),
  change(12, close("2026-03-06T09:00:00Z")),
  change(13),
  pull(14, { created: "2026-03-04T09:00:00Z" }),
];
const issues = [member(1, { closed: "2026-03-05T09:00:00Z", events: close("2026-03-05T09:00:00Z") })];

async function teamOf(count: string | null, given: readonly BackupIssue[]): Promise<BackupTeam> {
  const team = backupTeam({ settings: count === null ? "" : `count: ${count}\n` });
  expect((await team.sync("2026-03-20T00:00:00Z", given)).code).toBe(0);
  return team;
}
const reportOf = async (team: BackupTeam): Promise<Report> =>
  JSON.parse((await team.call("report", "1", "--json")).out);
const numbers = (cards: readonly { number: number }[]) => cards.map(({ number }) => number);

test("with count: pulls a merge is done, a closing without one is dropped, and issues are no tasks", async () => {
  const team = await teamOf("pulls", [...issues, ...pulls]);
  const report = await reportOf(team);
  expect(report.effort).toMatchObject({ committed: 1.5, final: 1.5, completed: 0.5, frozen: 0.5 });
  expect(numbers(report.done)).toEqual([11]);
  expect(report.freezebox).toMatchObject([{ number: 12, reason: "closed without a merge" }]);
  expect(numbers(report.carriedOver)).toEqual([13]);
  expect(report.provenance.completed).toBe("replayed");
  const backlog = report.boards.end.lanes.find(({ role }) => role === "backlog");
  expect(numbers(backlog?.cards ?? [])).toEqual([14]);
});

test("with count: both issues and pull requests stand side by side", async () => {
  const report = await reportOf(await teamOf("both", [...issues, ...pulls]));
  expect(report.effort).toMatchObject({ committed: 2, completed: 1, frozen: 0.5 });
  expect(numbers(report.done)).toEqual([1, 11]);
});

test.each([null, "issues"])("with count: %s only issues are tasks", async (count) => {
  const report = await reportOf(await teamOf(count, [...issues, ...pulls]));
  expect(report.effort).toMatchObject({ committed: 0.5, completed: 0.5, frozen: 0 });
  expect(report.notCounted).toBeUndefined();
});

test.each([
  ["issues", pulls, "No issue was in this sprint, only 3 pull requests, and this team counts issues."],
  ["pulls", issues, "No pull request was in this sprint, only 1 issue, and this team counts pull requests."],
])("with count: %s a sprint of the other kind alone says so", async (count, given, sentence) => {
  const team = await teamOf(count, given);
  for (const format of [[], ["--format", "md"]]) {
    const { out } = await team.call("report", "1", ...format);
    expect(out.replace(/\s+/g, " ")).toContain(sentence);
  }
  await team.call("draft", "1");
  expect(team.read("posts/01-review.md")).toContain(sentence);
  const { out } = await team.call("doctor", "--json");
  const { checks } = JSON.parse(out) as {
    checks: { name: string; verdict: string; found: string; hint?: string }[];
  };
  const [kind, other] = count === "issues" ? ["pull request", "pulls"] : ["issue", "issues"];
  expect(checks).toContainEqual(
    expect.objectContaining({
      name: "sprint 1",
      verdict: "look",
      found: expect.stringContaining(`only ${kind}s carry its mark (${given.length === 1 ? 1 : 3})`),
      hint: expect.stringContaining(`count: ${other}`),
    }),
  );
});

test("a day said on a pull request counts once, whatever counts", async () => {
  const spoken = (number: number, body: string | undefined, days: string) => {
    const made = change(number, merge("2026-03-05T09:00:00Z"), body === undefined ? {} : { body });
    return { ...made, events: [...made.events, commented("2026-03-05T10:00:00Z", `/spend ${days}`)] };
  };
  const given = [...issues, spoken(11, "Fixes #1", "1d"), spoken(12, undefined, "2d")];
  const actual = async (count: string) => (await reportOf(await teamOf(count, given))).effort.actual;
  expect(await actual("issues")).toBe(1);
  expect(await actual("both")).toBe(3);
  expect(await actual("pulls")).toBe(3);
});

test("an `actual:` label of a pull request counts for the issue that it closes, not for both", async () => {
  const lent = change(11, merge("2026-03-05T09:00:00Z"), {
    body: "Fixes #1",
    labels: ["size: M", "actual: L"],
  });
  const labelled = { ...lent, events: [...lent.events, labeled("2026-03-05T09:00:00Z", "actual: L")] };
  const report = await reportOf(await teamOf("both", [...issues, labelled]));
  expect(report.effort.actual).toBe(1);
});

test("effort on an issue is named where only pull requests are tasks", async () => {
  const said = member(1, { events: [commented("2026-03-05T10:00:00Z", "/spend 1d")] });
  const team = await teamOf(null, [said, ...pulls]);
  team.write("settings.yml", `${team.read("settings.yml")}count: pulls\n`);
  const { out } = await team.call("doctor");
  expect(out.replace(/\s+/g, " ")).toContain(
    "#1: its effort is not counted, for only pull requests are tasks here",
  );
});

test("sync counts issues and pull requests apart", async () => {
  const team = backupTeam();
  const { out } = await team.sync("2026-03-20T00:00:00Z", [...issues, ...pulls]);
  expect(out).toContain("new: 1 issue, 4 pull requests, ");
  const told = JSON.parse((await team.call("sync", "--backup", "backup", "--db", "other.db", "--json")).out);
  expect(told).toMatchObject({ issues: 1, pulls: 4 });
});
