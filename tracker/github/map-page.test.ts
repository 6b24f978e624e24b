import { describe, expect, it } from "vitest";
import type { RawPage } from "../core/model/page.ts";
import { mapPage } from "./map-page.ts";

const seen = Date.parse("2026-03-01T00:00:00Z");
const kept = Date.parse("2026-02-01T00:00:00Z");
const issue = (number: number, rest: object = {}) => ({
  number,
  title: `Task ${number}`,
  state: "open",
  user: { login: "ana" },
  labels: [],
  created_at: "2026-01-05T09:00:00Z",
  updated_at: "2026-01-06T09:00:00Z",
  ...rest,
});
const comment = (id: number, rest: object = {}) => ({
  id,
  issue_url: "https://api.github.com/repos/acme/shop/issues/4",
  created_at: "2026-01-07T09:00:00Z",
  user: null,
  body: "/spend 1d",
  ...rest,
});
const event = (id: number, rest: object = {}) => ({
  id,
  event: "labeled",
  created_at: "2026-01-07T09:00:00Z",
  actor: { login: "ana" },
  label: { name: "bug" },
  ...rest,
});
const page = (kind: RawPage["kind"], items: unknown[], rest: Partial<RawPage> = {}) =>
  mapPage({ kind, items, observedAt: seen, ...rest });

describe("a page of issues", () => {
  const label = { id: 7, name: "size: M", color: "00ff00" };
  const milestone = { number: 2, title: "Sprint 2", state: "open" };

  it("brings the labels, milestones and counts that its issues carry", () => {
    const { page: found, problems } = page("issues", [issue(4, { labels: [label], milestone, comments: 3 })]);
    expect(problems).toEqual([]);
    expect(found.issues).toMatchObject([{ number: 4, labels: ["size: M"], observedAt: seen }]);
    expect(found.labels).toMatchObject([{ id: 7, name: "size: M", observedAt: seen }]);
    expect(found.milestones).toMatchObject([{ number: 2, title: "Sprint 2" }]);
    expect(found.commentCounts).toEqual([{ issue: 4, at: Date.parse("2026-01-06T09:00:00Z"), count: 3 }]);
    expect(found.issues[0]).not.toHaveProperty("kept");
  });

  it("of a backup speaks as of the issue's own time, and never of the listing's", () => {
    const { page: found } = page("issues", [issue(4, { labels: [label], milestone })], { asOf: kept });
    expect(found.issues).toMatchObject([{ number: 4, kept: true }]);
    expect([found.labels, found.milestones]).toEqual([[], []]);
    expect(found.carried).toMatchObject([
      { issue: 4, labels: [{ id: 7, observedAt: kept }], milestone: { number: 2, observedAt: kept } },
    ]);
    expect(found.commentCounts).toBeUndefined();
  });
});

describe("a timeline", () => {
  it("brings comments and events of the issue it stands under, and leaves the rest", () => {
    const { page: found, problems } = page(
      "events",
      [
        event(1),
        comment(2, { event: "commented", issue_url: undefined }),
        { event: "cross-referenced", created_at: "2026-01-07T09:00:00Z" },
        { event: "reviewed", id: 9 },
      ],
      { issueNumber: 4 },
    );
    expect(problems).toEqual([]);
    expect(found.events.map(({ id, issue: of }) => [id, of])).toEqual([[1, 4]]);
    expect(found.comments.map(({ id, issue: of }) => [id, of])).toEqual([[2, 4]]);
    expect(found.whole).toBeUndefined();
  });

  it("of a backup is all that its issue had", () => {
    const { page: found } = page("events", [event(1)], { issueNumber: 4, asOf: kept });
    expect(found.whole).toEqual([{ issue: 4, at: kept }]);
  });
});

describe("a listing that was fetched whole", () => {
  it("names labels in its own right", () => {
    const { page: found } = page("labels", [{ id: 7, name: "bug" }], { whole: true });
    expect(found.labels).toEqual([]);
    expect(found.listings).toMatchObject([{ kind: "label", at: seen, things: [{ id: 7, name: "bug" }] }]);
  });

  it("of one issue's comments says that there are no others", () => {
    const { page: found } = page("comments", [comment(2)], { whole: true, issueNumber: 4 });
    expect(found.comments).toHaveLength(1);
    expect(found.commentListings).toEqual([{ issue: 4, at: seen }]);
    expect(found.listings).toBeUndefined();
  });
});

describe("what cannot be read", () => {
  it("is named, each by kind, number and reason, and the rest goes on", () => {
    const { page: found, problems } = page("issues", [
      issue(4, { title: null }),
      issue(5),
      null,
      "text",
      issue(6, { created_at: "yesterday" }),
    ]);
    expect(found.issues.map(({ number }) => number)).toEqual([5]);
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(/^issue 4: title: /);
    expect(problems[1]).toMatch(/^an entry of issues without a number: /);
    expect(problems[3]).toBe('issue 6: created_at: not an instant: "yesterday"');
  });

  it("of events is named by the event's id", () => {
    const { page: found, problems } = page("events", [event(1, { created_at: 5 }), event(2)], {
      issueNumber: 4,
    });
    expect(found.events.map(({ id }) => id)).toEqual([2]);
    expect(problems).toEqual([expect.stringMatching(/^event 1: created_at: /)]);
  });
});
