import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stateAt, stateOf } from "../core/history/state-at.ts";
import { simulate } from "../testing/simulate.ts";
import { everyday } from "../testing/weights.ts";
import { openStore } from "./open.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-in-force-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Renames, deletions and silent labels too, so that names and doubts are told. */
const eventful = {
  ...everyday,
  renameLabel: 2,
  renameMilestone: 2,
  deleteLabel: 1,
  deleteMilestone: 1,
  silentLabel: 1,
};

/** A life in which every third number is a pull request's, and numbers have gaps. */
function lifeOf(seed: number, steps: number) {
  const { page, truth } = simulate(seed, steps, eventful);
  const renumbered = (number: number) => number + Math.floor(number / 4) * 150;
  for (const issue of page.issues) {
    issue.pullRequest = issue.number % 3 === 0;
    issue.number = renumbered(issue.number);
  }
  for (const event of page.events) event.issue = renumbered(event.issue);
  return { page, instants: truth.map(({ at }) => at) };
}

describe("what is in force at an instant", () => {
  it("tells the states that whole timelines tell, whatever happened", () => {
    let doubted = 0;
    let renamed = 0;
    const anySize = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(2500));
    fc.assert(
      fc.property(fc.integer({ min: 1 }), anySize, fc.boolean(), (seed, steps, pullRequests) => {
        const { page, instants } = lifeOf(seed, steps);
        const store = openStore(":memory:");
        store.append(page);
        store.refresh();
        const timelines = store.timelines({ pullRequests });
        doubted += timelines.filter((timeline) => timeline.doubts !== undefined).length;
        renamed += timelines.filter((timeline) => timeline.names !== undefined).length;
        const some = instants.filter((_, index) => index % Math.ceil(steps / 6) === 0);
        for (const at of [0, ...some.flatMap((one) => [one - 1, one, one + 1]), 1e15]) {
          const found = [...store.eachInForce(at, { pullRequests })].map((issue) => stateOf(issue, at));
          expect(found).toEqual(timelines.flatMap((timeline) => stateAt(timeline, at) ?? []));
        }
        store.close();
      }),
      // Seeded, for doubts and names are counted.
      { numRuns: 10, seed: 5 },
    );
    expect(doubted).toBeGreaterThan(0);
    expect(renamed).toBeGreaterThan(0);
  });

  it("is of one moment, though another process writes while it is drawn", () => {
    const file = join(folder, "history.db");
    const { page, instants } = lifeOf(7, 2500);
    const now = Math.max(...instants);
    const store = openStore(file);
    store.append(page);
    store.refresh();
    const before = [...store.eachInForce(now)];
    expect(before.length).toBeGreaterThan(200);

    const drawn = store.eachInForce(now)[Symbol.iterator]();
    const found = [drawn.next().value];
    const other = openStore(file);
    const closed = page.issues.map((issue) => ({
      ...issue,
      title: "renamed meanwhile",
      updatedAt: now + 1,
      observedAt: issue.observedAt + 1,
    }));
    other.append({ ...page, issues: closed });
    other.refresh();
    other.close();
    for (let next = drawn.next(); !next.done; next = drawn.next()) found.push(next.value);
    expect(found).toEqual(before);
    expect([...store.eachInForce(now)]).not.toEqual(before);
    store.close();
  });

  it("leaves nothing behind where drawing stops half way", () => {
    const store = openStore(join(folder, "history.db"));
    const { page, instants } = lifeOf(3, 200);
    store.append(page);
    store.refresh();
    for (const _ of store.eachInForce(Math.max(...instants))) break;
    expect(store.append({ ...page, issues: [] }).events).toBe(0);
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
