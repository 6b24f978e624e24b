import { expect, test } from "vitest";
import {
  added,
  cardIn,
  commandLine,
  elsewhere,
  lanes,
  moved,
  roadmap,
  serveProjects,
  team,
} from "../../testing/project-rig.ts";
import type { Check } from "./check.ts";

const evening = () => Date.parse("2026-01-20T14:00:00Z");

/** What doctor says under these names, after a sync of this board. */
async function doctorOn(
  board: ReturnType<typeof team>,
  content: { settings: string; sprint: string },
  ...names: string[]
): Promise<Check[]> {
  const { call, out } = commandLine(await serveProjects(board, { now: evening }), content);
  expect(await call("sync")).toBe(0);
  await call("doctor", "--json");
  const { checks } = out() as { checks: Check[] };
  return checks.filter(({ name }) => names.includes(name));
}

/** Two issues on the board of the project Roadmap. */
function board() {
  const all = team(2);
  all.told.cards.set(1, [cardIn(roadmap, "In Progress", "Sprint 1")]);
  all.told.changes.set(1, [added(3), moved(7, "", "In Progress")]);
  all.told.cards.set(2, [cardIn(roadmap, "Todo")]);
  all.told.changes.set(2, [added(3), moved(4, "", "Todo")]);
  return all;
}

const teamLanes = (status: string) =>
  `[{ name: Doing, role: progress, when: { status: [${status}] } }, { name: Done, role: done, when: { state: closed } }]`;

test("a status that two teams ask for in vain is told once, and two statuses are told both", async () => {
  const settings = (ofWeb: string) =>
    `teams:\n  - { name: API, lanes: ${teamLanes("In Progess")} }\n  - { name: Web, lanes: ${teamLanes(ofWeb)} }\n`;
  const twice = await doctorOn(board(), { settings: settings("In Progess"), sprint: "" }, "statuses");
  expect(twice).toEqual([
    {
      name: "statuses",
      verdict: "look",
      found: 'the lane Doing asks for the status "In Progess", and no project has it',
      hint: 'Did you mean "In Progress"? There are: Todo, In Progress, Done.',
    },
  ]);
  const apart = await doctorOn(board(), { settings: settings("Building"), sprint: "" }, "statuses");
  expect(apart.map(({ found }) => found.split('"')[1])).toEqual(["In Progess", "Building"]);
});

test("lanes of statuses where no issue is in a project cannot be right", async () => {
  expect(await doctorOn(team(2), { settings: lanes, sprint: "" }, "projects")).toMatchObject([
    {
      verdict: "mend",
      found: expect.stringContaining("no issue was seen in a project"),
      hint: expect.stringContaining("read:project"),
    },
  ]);
});

test("teams that use no project are told nothing of projects", async () => {
  expect(
    await doctorOn(team(2), { settings: "", sprint: "" }, "projects", "statuses", "status events"),
  ).toEqual([]);
});

test.each([
  ["7", "fine", /^statuses and iterations are those of Roadmap$/, null],
  ["roadmap", "fine", /those of Roadmap$/, null],
  ["Roadmp", "mend", /^no issue was seen in the project "Roadmp"$/, /^Did you mean "Roadmap"\? There are: /],
  ["8", "mend", /^no issue was seen in the project 8$/, /^There are: /],
])("project: %s", async (project, verdict, found, hint) => {
  const all = board();
  all.told.cards.set(2, [cardIn(roadmap, "Todo"), cardIn(elsewhere, "Inbox")]);
  const [check, ...more] = await doctorOn(
    all,
    { settings: `project: ${project}\n${lanes}`, sprint: "" },
    "projects",
  );
  expect(check).toMatchObject({ verdict, found: expect.stringMatching(found) });
  if (hint !== null) expect(check?.hint).toMatch(hint);
  expect(more).toEqual([]);
});

test("issues in two projects, none of which is named, are told to choose", async () => {
  const all = board();
  all.told.cards.set(2, [cardIn(elsewhere, "Inbox")]);
  all.told.changes.set(2, [added(3, elsewhere), moved(4, "", "Inbox", elsewhere)]);
  const [check] = await doctorOn(all, { settings: lanes, sprint: "" }, "projects");
  expect(check).toMatchObject({
    verdict: "look",
    found: expect.stringContaining("issues are in 2 projects"),
    hint: expect.stringContaining("`project: NUMBER`"),
  });
  expect(check?.found).toMatch(/Elsewhere \(3\).*Roadmap \(7\)|Roadmap \(7\).*Elsewhere \(3\)/);
});

test.each([
  // The iteration has the fourteen days from 5 January, as the rig's sprint 1.
  ["Sprint 1", "fine", /^iteration "Sprint 1"$/, undefined],
  [
    "Sprint 2",
    "look",
    /has 14 days from 2026-01-19, the sprint 14 from 2026-01-05$/,
    "Correct one of them: the sprint's own days decide its figures.",
  ],
  [
    "Sprnt 1",
    "mend",
    /^no project has the iteration "Sprnt 1"$/,
    'Did you mean "Sprint 1"? There are: Sprint 1, Sprint 2.',
  ],
])("a sprint of the iteration %s", async (iteration, verdict, found, hint) => {
  const [check] = await doctorOn(board(), { settings: "", sprint: `iteration: ${iteration}\n` }, "sprint 1");
  expect(check).toMatchObject({ verdict, found: expect.stringMatching(found) });
  expect(check?.hint).toBe(hint);
});

test("moves of the last 90 days of which GitHub wrote no event are counted, others are fine", async () => {
  expect(await doctorOn(board(), { settings: lanes, sprint: "" }, "status events")).toMatchObject([
    { verdict: "fine", found: "GitHub told all 2 changes of status in 90 days" },
  ]);
  const untold = board();
  untold.told.changes.set(2, [added(3)]);
  expect(await doctorOn(untold, { settings: lanes, sprint: "" }, "status events")).toMatchObject([
    { verdict: "look", found: expect.stringContaining("no event for 1 of 2 changes of status") },
  ]);
});
