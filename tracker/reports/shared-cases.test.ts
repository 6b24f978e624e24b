import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { present } from "../core/model/present.ts";
import type { Report } from "../core/model/report.ts";
import { run } from "../program.ts";
import { quietIo } from "../testing/quiet-io.ts";
import { sharedCases } from "../testing/shared-data.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const cases = sharedCases();
const now = Date.parse("2026-11-01T09:00:00Z");

/** Imports one situation into a database that ends with the test, to be asked by command lines. */
async function situation(name: string) {
  const folder = temporaryFolder();
  const place = join(present(cases), name);
  const call = async (...args: string[]) => {
    const io = quietIo({ cwd: folder, now });
    const code = await run([...args, "--db", join(folder, "history.db")], io, "0.0.0");
    return { code, ...io.printed };
  };
  const synced = await call("sync", "--backup", join(place, "backup"));
  expect(synced.code).toBe(0);
  const read = (...args: string[]) => call(...args, "--content", join(place, "content"));
  const report = async (sprint: number): Promise<Report> =>
    JSON.parse((await read("report", `${sprint}`, "--json")).out);
  return { synced, read, report };
}
const numbers = (cards: readonly { number: number }[]) =>
  cards.map(({ number }) => number).sort((a, b) => a - b);

describe.skipIf(cases === null)("what public trackers taught", () => {
  it("another repository's issue is never ours of that number", async () => {
    const { report } = await situation("parent-in-another-repository");
    expect((await report(1)).effort).toMatchObject({ committed: 1.1, completed: 1.1 });
  });

  it("what is reopened inside a sprint and left open is carried over; a conversion is dropped", async () => {
    const { report } = await situation("boundaries");
    const { carriedOver, freezebox } = await report(1);
    expect(numbers(carriedOver)).toContain(6);
    expect(freezebox).toContainEqual(
      expect.objectContaining({ number: 10, reason: "converted to a discussion" }),
    );
  });

  it("what is thawed or reopened into a running sprint is unexpected, and its effort counts", async () => {
    const { report } = await situation("out-of-the-freezebox");
    const { effort, unexpected, carriedOver } = await report(1);
    expect(effort).toMatchObject({ added: 2, completed: 2, actual: 2 });
    expect([numbers(unexpected), numbers(carriedOver)]).toEqual([[1, 2], [2]]);
  });

  it("what is done between two sprints is listed", async () => {
    const { report } = await situation("finished-between-sprints");
    expect(numbers((await report(1)).finishedOutside ?? [])).toEqual([1]);
  });

  it("effort is counted once, wherever it was said", async () => {
    const outside = await situation("effort-outside-the-sprint");
    expect((await outside.report(1)).effort.spentElsewhere).toBe(3);
    const thawed = await situation("effort-counted-in-no-sprint");
    const actuals = [(await thawed.report(1)).effort.actual, (await thawed.report(2)).effort.actual];
    expect(actuals).toEqual([2, 1]);
    const silent = await situation("carried-over-without-a-word");
    expect((await silent.report(2)).effort).toMatchObject({ actual: null, actualShare: 0 });
    for (const [name, days] of [
      ["spend-in-the-issue-text", 0.5],
      ["effort-on-the-pull-request", 1],
    ] as const)
      expect((await (await situation(name)).report(1)).effort.actual).toBe(days);
  });

  it("a corrected actual is never below nothing, and is named", async () => {
    const { report, read } = await situation("negative-actual");
    expect((await report(2)).effort.actual).toBe(0);
    expect((await read("explain", "2", "actual")).out).toMatch(/0\.9/);
  });

  it("debts balance", async () => {
    const { report } = await situation("debt-ledger");
    for (const { debt } of [await report(1), await report(2)]) {
      const { openAtStart = 0, opened, paid, dropped = [], open } = debt;
      expect(openAtStart + opened.length - paid.length - dropped.length).toBe(open);
    }
    const again = await situation("reopened-and-closed-in-one-second");
    expect((await again.report(1)).debt.paid).toHaveLength(1);
  });

  it("what looks like effort, a size, a promise or a content file is read or named", async () => {
    const spend = await situation("spend-forms");
    for (const text of ["/spend 1.5", "/remove_time_spent", "/spend 1mo"])
      expect(`${spend.synced.out}${spend.synced.err}`).toContain(JSON.stringify(text));
    const sizes = await situation("size-labels");
    const told = await sizes.read("doctor");
    expect(`${told.out}${told.err}`).toContain("1,000");
    const files = await situation("file-names");
    for (const number of [1, 2, 3, 4]) expect((await files.report(number)).sprint.number).toBe(number);
    const headings = await situation("kalm-headings");
    const kalm = await headings.read("doctor");
    expect(`${kalm.out}${kalm.err}`).toMatch(/Keeping/);
  });
});
