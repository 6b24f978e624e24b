import { expect, it } from "vitest";
import { present } from "../core/model/present.ts";
import { repositoriesOf } from "../core/model/repositories.ts";
import { openStore } from "../store/open.ts";
import { storyContent } from "../testing/random-stories.ts";
import { close, type EventSpec, on, sprintOf, toldIssue } from "../testing/timelines.ts";
import { openArchive } from "./archive.ts";
import { closingPulls } from "./closing-pulls.ts";

const merge = (at: string | number): EventSpec[] => [{ at, kind: "merged" }, close(at)];
const before = (days: number) => on("06") - days * 86_400_000;

interface Pull {
  number: number;
  body: string;
  events: EventSpec[];
  created?: string | number;
  author?: string | null;
}

/** The pull requests that close issues 1 and 2, for sprint 1 from 6 to 10 May. */
async function closing(pulls: Pull[], links = true) {
  const told = [
    ...[1, 2].map((number) => toldIssue(number, "01", [])),
    ...pulls.map(({ number, body, events, created = before(200), author = "ben" }) =>
      toldIssue(number, created, events, { pullRequest: true, body, author }),
    ),
  ];
  const store = openStore(":memory:");
  store.setRepository("a/b");
  store.append({
    issues: told.map(({ observation }) => observation),
    events: told.flatMap(({ events }) => events),
    comments: [],
    labels: [],
    milestones: [],
  });
  store.refresh();
  const content = await storyContent();
  const archive = openArchive(
    { history: store, repositories: repositoriesOf(["a/b"]), standings: [] },
    { ...content, settings: { ...content.settings, links } },
    on("31"),
  );
  const { byIssue, authors } = closingPulls(archive, sprintOf(1));
  store.close();
  return { byIssue: Object.fromEntries(byIssue), authors: Object.fromEntries(authors) };
}

const names = (found: Awaited<ReturnType<typeof closing>>) =>
  Object.fromEntries(
    Object.entries(found.byIssue).map(([issue, pulls]) => [issue, pulls.map(({ name }) => name)]),
  );

it("a merged pull request stands at each issue that it closes, with its author", async () => {
  const found = await closing([{ number: 5, body: "Fixes #1, fixes #2", events: merge("08") }]);
  const pull = { name: "#5", url: "https://github.com/a/b/issues/5", author: "ben" };
  expect(found).toEqual({ byIssue: { "#1": [pull], "#2": [pull] }, authors: { "#5": "ben" } });
});

it.each<[string, Partial<Pull>, string[]]>([
  ["closed without a merge", { events: [close("08")] }, []],
  ["still open", { events: [] }, []],
  ["merged at the sprint's end, which is after it", { events: merge("11") }, []],
  ["merged an instant before the end", { events: merge(on("11") - 1000) }, ["#5"]],
  ["merged 89 days before the sprint, its issue closed by hand", { events: merge(before(89)) }, ["#5"]],
  ["merged 91 days before it", { events: merge(before(91)) }, []],
  ["that closes an issue of another repository", { body: "Fixes other/repo#1", events: merge("08") }, []],
  ["that only speaks of the issue", { body: "See #1", events: merge("08") }, []],
])("one %s", async (_, more, expected) => {
  const found = await closing([{ number: 5, body: "Fixes #1", events: [], ...more }]);
  expect(names(found)["#1"] ?? []).toEqual(expected);
});

it("of several all stand there, by number, and one whose author is gone has none", async () => {
  const found = await closing([
    { number: 7, body: "Closes #1", events: merge("07") },
    { number: 6, body: "Closes #1", events: merge("08"), author: null },
  ]);
  expect(names(found)).toEqual({ "#1": ["#6", "#7"] });
  expect(found.authors).toEqual({ "#7": "ben" });
  expect(present(found.byIssue["#1"])[0]?.author).toBeNull();
});

it("has no address where the team wants no links", async () => {
  const { byIssue } = await closing([{ number: 5, body: "Fixes #1", events: merge("08") }], false);
  expect(byIssue["#1"]?.map(({ url }) => url)).toEqual([""]);
});
