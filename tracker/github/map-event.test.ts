import { describe, expect, it } from "vitest";
import { mapEvent } from "./map-event.ts";

const at = "2026-01-07T09:00:00Z";
const raw = (event: string, rest: object = {}) => ({
  id: 1,
  event,
  created_at: at,
  actor: { login: "ana" },
  issue: { number: 4 },
  ...rest,
});
const shop = "https://api.github.com/repos/acme/shop";

it("reads who did what when, to which issue", () => {
  expect(mapEvent(raw("labeled", { label: { name: "bug", color: "ff0000" } }))).toEqual({
    id: 1,
    issue: 4,
    at: Date.parse(at),
    actor: "ana",
    kind: "labeled",
    label: "bug",
  });
});

it.each([
  ["milestoned", { milestone: { title: "Sprint 1" } }, { milestone: "Sprint 1" }],
  ["assigned", { assignee: { login: "ben" } }, { assignee: "ben" }],
  ["renamed", { rename: { from: "a", to: "b" } }, { rename: { from: "a", to: "b" } }],
  ["issue_type_added", { issue_type: { name: "Bug" } }, { type: { from: null, to: "Bug" } }],
  [
    "issue_type_changed",
    { issue_type: { name: "Bug" }, prev_issue_type: { name: "Task" } },
    { type: { from: "Task", to: "Bug" } },
  ],
  ["issue_type_removed", { prev_issue_type: { name: "Task" } }, { type: { from: "Task", to: null } }],
])("reads the payload of %s", (kind, payload, expected) => {
  expect(mapEvent(raw(kind, payload))).toMatchObject(expected);
});

describe("accounts", () => {
  it("may be gone: null, or left out by a backup", () => {
    expect(mapEvent(raw("closed", { actor: null }))?.actor).toBeNull();
    expect(mapEvent(raw("closed", { actor: undefined }))?.actor).toBeNull();
    expect(mapEvent(raw("assigned", { assignee: null }))).not.toHaveProperty("assignee");
  });
});

describe("why an issue was closed", () => {
  it.each([
    ["completed", "completed"],
    ["not_planned", "not_planned"],
    ["duplicate", "duplicate"],
    [null, null],
    ["a_reason_of_next_year", "a_reason_of_next_year"],
    ["NOT_PLANNED", "not_planned"],
    ["", null],
  ])("%s is read as %s", (state_reason, stateReason) => {
    expect(mapEvent(raw("closed", { state_reason }))).toMatchObject({ stateReason });
  });

  it("is unknown where the field is left out, and of no other event", () => {
    expect(mapEvent(raw("closed"))).not.toHaveProperty("stateReason");
    expect(mapEvent(raw("reopened", { state_reason: "completed" }))).not.toHaveProperty("stateReason");
  });
});

describe("relations", () => {
  const other = { number: 4, repository: { full_name: "acme/platform" } };

  it("name an issue of the same repository by its number", () => {
    const near = { number: 9, repository_url: shop };
    expect(mapEvent(raw("sub_issue_added", { sub_issue: near }), 4, "acme/shop")?.relation).toBe(9);
    expect(mapEvent(raw("parent_issue_added", { parent_issue: near }), 4, "Acme/Shop")?.relation).toBe(9);
  });

  it("never take another repository's issue for the one of that number", () => {
    for (const [kind, field] of [
      ["sub_issue_added", "sub_issue"],
      ["parent_issue_removed", "parent_issue"],
      ["blocked_by_added", "blocked_by"],
    ] as const)
      expect(mapEvent(raw(kind, { [field]: other }), 4, "acme/shop")?.relation).toBe("acme/platform#4");
  });

  it("learn their own repository from the event's issue, where a listing is of many", () => {
    const event = raw("sub_issue_added", {
      issue: { number: 4, repository_url: shop },
      sub_issue: { number: 9, url: `${shop}/issues/9` },
    });
    expect(mapEvent(event)?.relation).toBe(9);
  });

  it("are left out where the payload names none", () => {
    expect(mapEvent(raw("sub_issue_added", { sub_issue: null }), 4, "acme/shop")).not.toHaveProperty(
      "relation",
    );
  });
});

describe("a change of status in a project", () => {
  it("is read where the answer tells the statuses, and kept without where it does not", () => {
    const kind = "project_v2_item_status_changed";
    expect(mapEvent(raw(kind))).not.toHaveProperty("status");
    const told = { previous_projects_v2_item_status: "Todo", projects_v2_item_status: "Done" };
    expect(mapEvent(raw(kind, { ...told, project_v2: { title: "Board" } }))?.status).toEqual({
      project: "Board",
      from: "Todo",
      to: "Done",
    });
  });
});

describe("what is no issue event", () => {
  it.each(["commented", "committed", "reviewed", "line-commented", "commit-commented", "cross-referenced"])(
    "%s is none, whatever else it holds",
    (event) => {
      expect(mapEvent({ event }, 4)).toBeNull();
    },
  );

  it("is an event of no issue", () => {
    expect(mapEvent(raw("labeled", { issue: null }))).toBeNull();
  });

  it("keeps kinds that nobody knows yet", () => {
    expect(mapEvent(raw("teleported"))).toMatchObject({ kind: "teleported", issue: 4 });
  });
});

it.each([
  ["no id", { id: undefined }],
  ["an id that is not whole", { id: 1.5 }],
  ["an id too large to be exact", { id: 2 ** 53 }],
  ["no time", { created_at: undefined }],
  ["a time that is none", { created_at: "soon" }],
])("refuses %s", (_, rest) => {
  expect(() => mapEvent(raw("labeled", rest))).toThrow();
});
