import { describe, expect, test } from "vitest";
import { memoryCursors as memory } from "../testing/github/scripted-client.ts";
import { forgetMissing, loadMissing, noteMissing } from "./missing.ts";
import { loadOpenListing, openPageOf, saveOpenListing } from "./open-pages.ts";
import { idsOf, saveRecent, vanishedFrom } from "./recent.ts";

const at = (day: number) => `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`;
const issue = (number: number, day: number) => ({ number, updated_at: at(day) });
const comment = (id: number, issueNumber: number, day: number) => ({
  id,
  updated_at: at(day),
  issue_url: `https://api.example.org/repos/a/b/issues/${issueNumber}`,
});

describe("what vanished from the page of the newest updates", () => {
  const vanished = (before: object[], now: object[], isWhole = false) => {
    const kept = memory();
    saveRecent(kept, "issues", before);
    return vanishedFrom(kept, "issues", now, isWhole);
  };

  test("is what stood there and stands there no more, though the page reaches back beyond it", () => {
    expect(
      vanished([issue(1, 9), issue(2, 8), issue(3, 7)], [issue(4, 10), issue(1, 9), issue(3, 7)]),
    ).toEqual([2]);
  });

  test("is not what was pushed off its end, nor what is as old as its last", () => {
    expect(vanished([issue(1, 9), issue(2, 5)], [issue(3, 10), issue(1, 9)])).toEqual([]);
    expect(vanished([issue(1, 9), issue(2, 9)], [issue(3, 10), issue(1, 9)])).toEqual([]);
  });

  test("is not what moved up", () => {
    expect(vanished([issue(1, 9), issue(2, 8)], [issue(2, 11), issue(1, 9), issue(5, 1)])).toEqual([]);
  });

  test("is all that a whole listing lacks, however old, and on an empty page of many nothing", () => {
    expect(vanished([issue(1, 9), issue(2, 1)], [issue(1, 9)], true)).toEqual([2]);
    expect(vanished([issue(1, 9)], [], true)).toEqual([1]);
    expect(vanished([issue(1, 9)], [])).toEqual([]);
  });

  test("is nothing the first time", () => {
    expect(vanishedFrom(memory(), "issues", [issue(1, 9)], true)).toEqual([]);
  });

  test("is told of comments by the issue that they hung on", () => {
    const kept = memory();
    saveRecent(kept, "comments", [comment(70, 7, 9), comment(71, 7, 8), comment(80, 8, 7)]);
    expect(vanishedFrom(kept, "comments", [comment(71, 7, 8), comment(1, 1, 1)], false)).toEqual([7, 8]);
    expect(vanishedFrom(kept, "issues", [], true)).toEqual([]);
  });

  test("what is no object of GitHub's is passed over", () => {
    const odd = [null, "x", {}, { number: "7", updated_at: at(1) }, { number: 7 }];
    const kept = memory();
    saveRecent(kept, "issues", odd);
    expect(vanishedFrom(kept, "issues", [], true)).toEqual([]);
    expect(idsOf("issues", [...odd, issue(3, 1)])).toEqual([7, 3]);
    saveRecent(kept, "comments", [{ ...comment(1, 1, 1), issue_url: "elsewhere" }, comment(2, 5, 1)]);
    expect(vanishedFrom(kept, "comments", [], true)).toEqual([5]);
  });
});

describe("issues to ask for", () => {
  test("are remembered once each, and forgotten one by one", () => {
    const kept = memory();
    noteMissing(kept, [3, 1]);
    noteMissing(kept, new Set([1, 2]));
    expect(loadMissing(kept)).toEqual([3, 1, 2]);
    forgetMissing(kept, 1);
    forgetMissing(kept, 99);
    expect(loadMissing(kept)).toEqual([3, 2]);
    forgetMissing(kept, 3);
    forgetMissing(kept, 2);
    expect([loadMissing(kept), kept.keys()]).toEqual([[], []]);
  });

  test("leave no trace where there are none", () => {
    const kept = memory();
    noteMissing(kept, []);
    expect(kept.keys()).toEqual([]);
  });
});

describe("pages of open issues", () => {
  const answer = (items: unknown[]) => ({ items, next: "/b", etag: '"x"', at: 7, place: null });

  test("are kept with their numbers alone, without what is none", () => {
    const page = openPageOf(
      "/a",
      answer([{ number: 3 }, null, {}, { number: "x" }, { number: 1.5 }, { number: 9 }]),
    );
    expect(page).toEqual({ url: "/a", etag: '"x"', next: "/b", numbers: [3, 9] });
  });

  test("come back as they were, and none where there were none or another version kept them otherwise", () => {
    const kept = memory();
    expect(loadOpenListing(kept)).toEqual({ at: null, pages: [] });
    const listing = { at: 5, pages: [openPageOf("/a", answer([{ number: 3 }]))] };
    saveOpenListing(kept, listing);
    expect(loadOpenListing(kept)).toEqual(listing);
    kept.set("github.open.pages", '[{"url":"/a"}]');
    expect(loadOpenListing(kept)).toEqual({ at: null, pages: [] });
  });
});
