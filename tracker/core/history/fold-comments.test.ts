import { expect, test } from "vitest";
import type { Deletion, IssueEvent } from "../model/event.ts";
import { deletionsOf, type ListedComment } from "./fold-comments.ts";

const comment = (id: number, at: number, listedAt: number | null = null): ListedComment => ({
  id,
  seenAt: at,
  listedAt,
});
const deletedAt = (...instants: number[]): IssueEvent[] =>
  instants.map((at, id) => ({ id, issue: 1, at, actor: null, kind: "comment_deleted" }));
const found = (deletions: Map<number, Deletion>) =>
  [...deletions].map(([id, { at, provenance }]) => [id, at, provenance]);

test("a comment that a later listing lacks is gone from then on, at some time since it was last seen", () => {
  const [one] = deletionsOf([comment(1, 10, 20)], { live: [20, 30, 40], kept: [] }, []).values();
  expect(one).toEqual({ at: 30, since: 20, provenance: "observed" });
});

test("what the newest listing shows is there, and what was never listed was there when it was written", () => {
  const listings = { live: [20, 30], kept: [] };
  expect(found(deletionsOf([comment(1, 10, 30), comment(2, 31)], listings, []))).toEqual([]);
  expect(found(deletionsOf([comment(3, 25)], listings, []))).toEqual([[3, 30, "observed"]]);
});

test("the one event between the two looks dates it", () => {
  const listings = { live: [30], kept: [] };
  expect(found(deletionsOf([comment(1, 10, 20)], listings, deletedAt(5, 25, 35)))).toEqual([
    [1, 25, "replayed"],
  ]);
});

test("of several events it cannot be told which is whose, and an author's own deletion may leave none", () => {
  const two = [comment(1, 10), comment(2, 12)];
  const listings = { live: [30], kept: [] };
  expect(found(deletionsOf(two, listings, deletedAt(20, 25)))).toEqual([
    [1, 20, "inferred"],
    [2, 25, "inferred"],
  ]);
  expect(found(deletionsOf(two, listings, deletedAt(20)))).toEqual([
    [1, 30, "observed"],
    [2, 30, "observed"],
  ]);
  expect(found(deletionsOf([comment(1, 10)], listings, deletedAt(20, 25)))).toEqual([[1, 25, "inferred"]]);
});

test("an event dates no two deletions that were found by different looks", () => {
  const listings = { live: [20, 40], kept: [] };
  expect(found(deletionsOf([comment(1, 10, 11), comment(2, 12, 20)], listings, deletedAt(15)))).toEqual([
    [1, 15, "replayed"],
    [2, 40, "observed"],
  ]);
});

test("a backup's file speaks only of comments that a backup had", () => {
  const listings = { live: [], kept: [20, 30] };
  expect(found(deletionsOf([comment(1, 10, 20), comment(2, 10)], listings, []))).toEqual([
    [1, 30, "observed"],
  ]);
});
