import { describe, expect, test } from "vitest";
import type { IssueObservation } from "../core/model/issue.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { day, history } from "../testing/history-builder.ts";
import type { BackupFileMark } from "./backup-files.ts";
import { openStore } from "./open.ts";

const asOf = day(5);
const issue = (number: number, more: Partial<IssueObservation> = {}): IssueObservation => ({
  ...(history([{ number }]).issues[0] as IssueObservation),
  observedAt: day(10),
  updatedAt: asOf,
  kept: true,
  ...more,
});
/** Issue 1 as GitHub itself shows it. */
const shown = (more: Partial<IssueObservation> = {}): IssueObservation => {
  const { kept: _, ...one } = issue(1, more);
  return one;
};
/** What a file of issue `number` holds, read as of its last update. */
const pageOf = (one: IssueObservation, at = asOf): HistoryPage => ({
  ...history([]),
  issues: [one],
  whole: [{ issue: one.number, at }],
});
const mark = (number: number, more: Partial<BackupFileMark> = {}): BackupFileMark => ({
  file: `issues/${number}.json`,
  issue: number,
  size: 100,
  digest: "abc",
  reader: "1",
  repository: "a/b",
  updatedAt: asOf,
  asOf,
  ...more,
});

/** A store that has read the files of issues 1 and 2. */
function read() {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  for (const number of [1, 2]) {
    store.append(pageOf(issue(number)));
    store.backupFiles.note(mark(number), issue(number));
  }
  const known = () => [1, 2].filter((number) => store.backupFiles.find(`issues/${number}.json`) !== null);
  return { store, known };
}

describe("a file of a backup need not be read again", () => {
  test("while it is the last that was learned of its issue", () => {
    const { store, known } = read();
    expect(known()).toEqual([1, 2]);
    expect(store.backupFiles.find("issues/1.json")).toMatchObject(mark(1));
    expect(store.backupFiles.find("issues/3.json")).toBe(null);
  });

  test.each<[string, Partial<HistoryPage>]>([
    ["the issue itself", { issues: [shown({ title: "Another" })] }],
    ["an event", { events: [{ id: 9, issue: 1, at: day(6), actor: null, kind: "closed" }] }],
    [
      "a comment",
      { comments: [{ id: 9, issue: 1, at: day(6), updatedAt: day(6), author: null, body: "x" }] },
    ],
    ["that it is gone", { sightings: [{ issue: 1, at: day(9), since: day(6), found: "deleted" }] }],
    ["how many comments it has", { commentCounts: [{ issue: 1, at: day(9), count: 3 }] }],
    ["that its comments were listed", { commentListings: [{ issue: 1, at: day(9) }] }],
    ["where it stands in projects", { placements: [{ number: 1, observedAt: day(9), placements: [] }] }],
  ])("but for %s, which makes it be read once more; the others stay", (_, more) => {
    const { store, known } = read();
    store.append({ ...history([]), ...more });
    expect(known()).toEqual([2]);
  });

  test("not where an older version of the issue was read: a newer one is known", () => {
    const { store, known } = read();
    store.append(pageOf(issue(1, { updatedAt: day(7), title: "Newer" }), day(7)));
    expect(known()).toEqual([2]);
    store.backupFiles.note(mark(1), issue(1));
    expect(known()).toEqual([2]);
  });

  test("not where GitHub itself has shown the issue", () => {
    const { store, known } = read();
    store.append({ ...history([]), issues: [shown()] });
    store.backupFiles.note(mark(1), issue(1));
    expect(known()).toEqual([2]);
  });

  test("no longer once everything is to be read again", () => {
    const { store, known } = read();
    store.startOver();
    expect(known()).toEqual([]);
  });
});

test("a file that is skipped was seen again when its backup was written, as if it had been read", () => {
  const [skipped, readAgain] = [read(), read()];
  skipped.store.backupFiles.seeAgain("issues/1.json", day(20));
  readAgain.store.append(pageOf(issue(1, { observedAt: day(20) })));
  expect(skipped.store.issue(1)).toEqual(readAgain.store.issue(1));
  expect(skipped.store.issue(1)?.observedAt).toBe(day(20));
  expect(skipped.store.knownUntil()).toBe(readAgain.store.knownUntil());
});
