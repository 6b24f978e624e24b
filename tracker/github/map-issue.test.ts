import { describe, expect, it } from "vitest";
import { mapComment } from "./map-comment.ts";
import { mapCount } from "./map-count.ts";
import { issueAt, numberAtEnd, repositoryOfObject } from "./map-fields.ts";
import { mapIssue } from "./map-issue.ts";
import { mapLabel } from "./map-label.ts";
import { mapMilestone } from "./map-milestone.ts";

const seen = Date.parse("2026-03-01T00:00:00Z");
const created = "2026-01-05T09:00:00Z";
const raw = (rest: object = {}) => ({
  number: 4,
  title: "Pay by card",
  state: "open",
  user: { login: "ana" },
  created_at: created,
  updated_at: created,
  ...rest,
});
const shop = "https://api.github.com/repos/acme/shop";

describe("an issue", () => {
  it("needs little, and what is left out is none", () => {
    expect(mapIssue(raw(), seen)).toMatchObject({
      number: 4,
      observedAt: seen,
      createdAt: Date.parse(created),
      closedAt: null,
      stateReason: null,
      labels: [],
      milestone: null,
      assignees: [],
      author: "ana",
      pullRequest: false,
      url: "",
      body: null,
      parent: null,
    });
  });

  it("has labels as names or as objects; those without a name are left out", () => {
    const labels = ["bug", { name: "docs" }, { name: null }, { id: 3 }, "", null];
    expect(mapIssue(raw({ labels }), seen).labels).toEqual(["bug", "docs"]);
    expect(mapIssue(raw({ labels: null }), seen).labels).toEqual([]);
  });

  it("has all its assignees whose accounts are there, or the one of an old answer", () => {
    const assignees = [{ login: "ana" }, { login: "ben" }];
    expect(mapIssue(raw({ assignees, assignee: { login: "ana" } }), seen).assignees).toEqual(["ana", "ben"]);
    expect(mapIssue(raw({ assignee: { login: "ana" } }), seen).assignees).toEqual(["ana"]);
    expect(mapIssue(raw({ assignees: [], assignee: null }), seen).assignees).toEqual([]);
    expect(mapIssue(raw({ assignees: [null, { login: "ben" }] }), seen).assignees).toEqual(["ben"]);
  });

  it("is a pull request where it says so, or is listed as one", () => {
    expect(mapIssue(raw({ pull_request: { url: "x" } }), seen).pullRequest).toBe(true);
    expect(mapIssue(raw({ pull_request: null }), seen).pullRequest).toBe(false);
    expect(mapIssue(raw(), seen, true).pullRequest).toBe(true);
  });

  it("names a parent of its own repository by number, another's by its whole name", () => {
    const parent = (name: string) => ({ parent_issue_url: `https://api.github.com/repos/${name}/issues/4` });
    const own = { repository_url: shop };
    expect(mapIssue(raw({ ...own, ...parent("acme/shop") }), seen).parent).toBe(4);
    expect(mapIssue(raw({ ...own, ...parent("acme/platform") }), seen).parent).toBe("acme/platform#4");
    expect(mapIssue(raw(parent("acme/platform")), seen, false, "acme/shop").parent).toBe("acme/platform#4");
    expect(mapIssue(raw({ ...own, parent_issue_url: null }), seen).parent).toBeNull();
  });

  it("written by an account that is gone has no author", () => {
    expect(mapIssue(raw({ user: null }), seen).author).toBeNull();
  });

  it.each([
    ["number", 0],
    ["number", "4"],
    ["title", null],
    ["state", "locked"],
    ["updated_at", "2026-13-01T00:00:00Z"],
  ])("is refused with %s %j", (field, value) => {
    expect(() => mapIssue(raw({ [field]: value }), seen)).toThrow();
  });
});

describe("where an object is", () => {
  it.each([
    [{ repository: { full_name: "acme/shop" } }],
    [{ repository: { url: shop } }],
    [{ repository_url: shop }],
    [{ url: `${shop}/issues/4` }],
    [{ html_url: "https://github.com/acme/shop/issues/4" }],
    [{ html_url: "https://git.acme.example/acme/shop/pull/4" }],
  ])("%j is in acme/shop", (object) => {
    expect(repositoryOfObject(object)).toBe("acme/shop");
  });

  it.each([[{}], [null], [{ html_url: "https://github.com/acme" }], [{ url: 5 }]])(
    "%j tells nothing",
    (object) => {
      expect(repositoryOfObject(object)).toBeNull();
    },
  );

  it("is the last number of an address", () => {
    expect(numberAtEnd(`${shop}/issues/12`)).toBe(12);
    expect(numberAtEnd(`${shop}/issues/12/comments`)).toBeNull();
    expect(issueAt("https://example.org/", "acme/shop")).toBeNull();
  });
});

describe("a comment", () => {
  const comment = { id: 2, created_at: created, user: { login: "ana" }, body: "/spend 1d" };

  it("belongs to the issue that its address or its timeline names", () => {
    expect(mapComment({ ...comment, issue_url: `${shop}/issues/12` }).issue).toBe(12);
    expect(mapComment(comment, 4).issue).toBe(4);
    expect(() => mapComment(comment)).toThrow("comment 2 names no issue");
  });

  it("was last written when it was made, where nothing else is said; its text may be missing", () => {
    const at = Date.parse(created);
    expect(mapComment({ ...comment, body: null, user: null }, 4)).toEqual({
      id: 2,
      issue: 4,
      at,
      updatedAt: at,
      author: null,
      body: "",
    });
  });
});

describe("how many comments an issue has", () => {
  it("is said, or is not known", () => {
    expect(mapCount(raw({ comments: 0 }))).toEqual({ issue: 4, at: Date.parse(created), count: 0 });
    for (const comments of [undefined, null, -1, 1.5, "3"]) expect(mapCount(raw({ comments }))).toBeNull();
  });
});

describe("labels and milestones", () => {
  it("need a name and what they are known by", () => {
    expect(mapLabel({ id: 7, name: "bug" }, seen)).toEqual({
      id: 7,
      observedAt: seen,
      name: "bug",
      color: "ededed",
      description: null,
    });
    expect(() => mapLabel({ name: "bug" }, seen)).toThrow();
    expect(() => mapLabel({ id: 7, name: null }, seen)).toThrow();
  });

  it("keep a due date that is there, and say null where none is", () => {
    const milestone = { number: 2, title: "Sprint 2", state: "open" };
    expect(mapMilestone({ ...milestone, due_on: created }, seen).dueOn).toBe(Date.parse(created));
    expect(mapMilestone(milestone, seen)).toMatchObject({ dueOn: null, createdAt: null, closedAt: null });
    expect(() => mapMilestone({ ...milestone, state: "all" }, seen)).toThrow();
  });
});
