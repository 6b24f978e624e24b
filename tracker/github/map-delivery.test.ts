import { describe, expect, test } from "vitest";
import { present } from "../core/model/present.ts";
import { wholeComment, wholeIssue, wholeMilestone } from "../testing/github/objects.ts";
import { mapDelivery } from "./map-delivery.ts";

const arrival = Date.parse("2026-03-05T12:00:00Z");
const updated = "2026-03-05T11:59:58Z";
const sender = { login: "ana" };
const map = (event: string, payload: object, id = "one") =>
  mapDelivery({ id, event, at: arrival, payload: { sender, ...payload } });
const issueWith = (more: object = {}) => ({
  ...wholeIssue(
    { number: 7, title: "Now", state: "open", created_at: "2026-03-01T00:00:00Z", updated_at: updated },
    false,
  ),
  node_id: "I_7",
  ...more,
});

describe("a change of an issue", () => {
  const told: [action: string, payload: object, event: object][] = [
    ["labeled", { label: { name: "bug" } }, { kind: "labeled", label: "bug" }],
    ["unlabeled", { label: { name: "bug" } }, { kind: "unlabeled", label: "bug" }],
    ["milestoned", { milestone: { title: "S1" } }, { kind: "milestoned", milestone: "S1" }],
    ["demilestoned", { milestone: { title: "S1" } }, { kind: "demilestoned", milestone: "S1" }],
    ["assigned", { assignee: { login: "ben" } }, { kind: "assigned", assignee: "ben" }],
    ["unassigned", { assignee: { login: "ben" } }, { kind: "unassigned", assignee: "ben" }],
    ["typed", { type: { name: "Bug" } }, { kind: "issue_type_added", type: { from: null, to: "Bug" } }],
    ["untyped", { type: { name: "Bug" } }, { kind: "issue_type_removed", type: { from: "Bug", to: null } }],
    ["reopened", {}, { kind: "reopened" }],
    [
      "edited",
      { changes: { title: { from: "Before" } } },
      { kind: "renamed", rename: { from: "Before", to: "Now" } },
    ],
  ];
  test.each(told)("%s is the event of that name, at the instant of the update", (action, payload, event) => {
    const { milestone, ...rest } = payload as { milestone?: { title: string } };
    const whole = milestone && {
      milestone: wholeMilestone({ number: 1, title: milestone.title, updated_at: updated }),
    };
    const delivery = present(map("issues", { action, issue: issueWith(), ...rest, ...whole }));
    expect(delivery.events).toEqual([
      { id: expect.any(Number), issue: 7, at: Date.parse(updated), actor: "ana", ...event },
    ]);
    expect(delivery.nodes).toEqual([{ id: "I_7", means: { issue: 7 } }]);
  });

  test("a closing is dated by the closing itself, with its reason", () => {
    const issue = issueWith({
      state: "closed",
      closed_at: "2026-03-05T11:59:50Z",
      state_reason: "not_planned",
    });
    expect(present(map("issues", { action: "closed", issue })).events).toMatchObject([
      { kind: "closed", at: Date.parse("2026-03-05T11:59:50Z"), stateReason: "not_planned" },
    ]);
  });

  test("its text is evidence where it is opened or edited, and of no later instant than its update", () => {
    const pageOf = (action: string) =>
      map("issues", { action, issue: issueWith(), changes: {} })?.page.issues;
    for (const action of ["opened", "edited"])
      expect(pageOf(action), action).toMatchObject([{ number: 7, observedAt: Date.parse(updated) }]);
    expect(pageOf("reopened")).toEqual([]);
  });

  test.each([
    ["transferred", "transferred"],
    ["deleted", "deleted"],
  ])("%s takes it off the board when the delivery came, and tells nothing else", (action, found) => {
    const delivery = present(map("issues", { action, issue: issueWith() }));
    expect(delivery.page.sightings).toEqual([{ issue: 7, at: arrival, since: Date.parse(updated), found }]);
    expect([delivery.events, delivery.page.issues]).toEqual([[], []]);
  });

  test("an update later than its own arrival does not begin the window after its end", () => {
    const issue = issueWith({ updated_at: "2026-03-05T13:00:00Z" });
    expect(present(map("issues", { action: "deleted", issue })).page.sightings).toMatchObject([
      { at: arrival, since: arrival },
    ]);
  });

  test.each(["pinned", "locked", "labeled", "milestoned", "assigned", "typed"])(
    "%s without what it is about tells nothing",
    (action) => {
      expect(map("issues", { action, issue: issueWith() })).toBeNull();
    },
  );

  test("the same delivery is the same event, another one another, above every number of GitHub's", () => {
    const idOf = (id: string) =>
      present(map("issues", { action: "reopened", issue: issueWith() }, id)?.events[0]).id;
    expect(idOf("a")).toBe(idOf("a"));
    expect(idOf("a")).not.toBe(idOf("b"));
    expect(idOf("a")).toBeGreaterThan(2 ** 52 + 2 ** 51);
    expect(Number.isSafeInteger(idOf("a"))).toBe(true);
  });

  test("no number, or no date, is refused, not guessed", () => {
    for (const issue of [
      { ...issueWith(), number: 0 },
      { ...issueWith(), updated_at: "soon" },
    ])
      expect(() => map("issues", { action: "reopened", issue })).toThrow();
  });
});

describe("a comment", () => {
  const raw = { id: 5, created_at: updated, updated_at: updated, user: sender, body: "/spend 1h" };
  const comment = wholeComment(raw, "https://api.github.com/repos/a/b/issues/7");

  test.each(["created", "edited"])("that was %s is kept", (action) => {
    const delivery = present(map("issue_comment", { action, issue: issueWith(), comment }));
    expect(delivery.page.comments).toMatchObject([{ id: 5, issue: 7, body: "/spend 1h" }]);
    expect(delivery.suspects).toEqual([]);
  });

  test("that was deleted makes its issue suspect: which ones are left is asked", () => {
    const delivery = present(map("issue_comment", { action: "deleted", issue: issueWith(), comment }));
    expect([delivery.page.comments, delivery.suspects]).toEqual([[], [7]]);
  });
});

describe("labels and milestones", () => {
  const label = { id: 3, name: "size: M", color: "ededed" };

  test("a label is new, or renamed from the name that it had", () => {
    expect(map("label", { action: "created", label })?.labels).toMatchObject([
      { label: { id: 3, name: "size: M" }, from: null },
    ]);
    const changes = { name: { from: "medium" } };
    expect(map("label", { action: "edited", label, changes })?.labels).toMatchObject([{ from: "medium" }]);
  });

  test("a label whose colour changed tells nothing", () => {
    expect(map("label", { action: "edited", label, changes: { color: { from: "000000" } } })).toBeNull();
  });

  test("a milestone that was edited is seen as of its update", () => {
    const milestone = wholeMilestone({ number: 1, title: "S1", updated_at: updated });
    expect(map("milestone", { action: "edited", milestone })?.page.milestones).toMatchObject([
      { number: 1, title: "S1", observedAt: Date.parse(updated) },
    ]);
  });

  test("what was deleted is told by its name, at the arrival, and is seen no more", () => {
    expect(map("label", { action: "deleted", label })).toMatchObject({
      deletions: [{ kind: "label", name: "size: M", at: arrival, bornAt: null }],
      labels: [],
    });
    const milestone = wholeMilestone({ number: 1, title: "S1", updated_at: updated });
    expect(map("milestone", { action: "deleted", milestone })).toMatchObject({
      deletions: [{ kind: "milestone", name: "S1", at: arrival }],
      page: { milestones: [] },
    });
  });
});

describe("relations", () => {
  const end = (number: number, updated_at?: string) => ({
    number,
    repository_url: "https://api.github.com/repos/acme/web",
    ...(updated_at === undefined ? {} : { updated_at }),
  });
  const repository = { full_name: "acme/web" };

  test.each([
    ["sub_issues", "parent_issue_added", { sub_issue: end(2), parent_issue: end(1) }],
    ["issue_dependencies", "blocked_by_removed", { blocked_issue: end(2), blocking_issue: end(1) }],
  ])("of %s are told of the issue at which GitHub keeps the event", (event, action, ends) => {
    expect(map(event, { action, repository, ...ends })?.events).toEqual([
      { id: expect.any(Number), issue: 2, at: arrival, actor: "ana", kind: action, relation: 1 },
    ]);
  });

  test("the later update of both ends dates it, never one after the arrival", () => {
    const at = (one?: string, two?: string) =>
      map("sub_issues", {
        action: "parent_issue_added",
        repository,
        sub_issue: end(2, one),
        parent_issue: end(1, two),
      })?.events[0]?.at;
    expect(at("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z")).toBe(Date.parse("2026-03-05T11:00:00Z"));
    expect(at("2026-03-05T10:00:00Z")).toBe(Date.parse("2026-03-05T10:00:00Z"));
    expect(at("2026-03-05T13:00:00Z")).toBe(arrival);
  });

  test("what is told to the other end, and one without an end, tell nothing more", () => {
    const ends = { sub_issue: end(2), parent_issue: end(1) };
    expect(map("sub_issues", { action: "sub_issue_added", repository, ...ends })).toBeNull();
    expect(map("sub_issues", { action: "parent_issue_added", repository, sub_issue: end(2) })).toBeNull();
  });

  test("an issue of another repository is that issue's, never the same number here", () => {
    const parent = { number: 1, repository_url: "https://api.github.com/repos/acme/api" };
    const payload = { action: "parent_issue_added", repository, sub_issue: end(2), parent_issue: parent };
    expect(map("sub_issues", payload)?.events).toMatchObject([{ relation: "acme/api#1" }]);
  });
});

describe("a card", () => {
  const item = (more: object = {}) => ({
    content_node_id: "I_7",
    content_type: "Issue",
    project_node_id: "P_1",
    updated_at: updated,
    ...more,
  });
  const move = (action: string, field?: object, more: object = {}) =>
    map("projects_v2_item", {
      action,
      projects_v2_item: item(more),
      changes: field && { field_value: field },
    })?.moves[0];

  const anyStatus = { field_type: "single_select", field_name: "Status" };

  test("is put on a board and taken off", () => {
    expect(move("created")).toMatchObject({
      issueNode: "I_7",
      projectNode: "P_1",
      at: Date.parse(updated),
      actor: "ana",
      change: { kind: "added" },
    });
    expect(move("deleted")?.change).toEqual({ kind: "removed" });
  });

  test("changes its status, from none and to none, too", () => {
    expect(move("edited", { ...anyStatus, from: null, to: { name: "Todo" } })?.change).toEqual({
      kind: "status",
      from: null,
      to: "Todo",
    });
    expect(move("edited", { ...anyStatus, from: { name: "Todo" }, to: null })?.change).toMatchObject({
      from: "Todo",
      to: null,
    });
  });

  test("changes its iteration, whose day is cut out of an instant", () => {
    const to = { id: "a1", title: "S1", start_date: "2026-03-02T00:00:00Z", duration: 14 };
    const field = { field_type: "iteration", field_name: "Sprint", from: null, to };
    expect(move("edited", field)?.change).toEqual({
      kind: "iteration",
      field: "Sprint",
      from: null,
      to: { id: "a1", field: "Sprint", title: "S1", start: "2026-03-02", days: 14 },
    });
  });

  test.each<[string, Parameters<typeof move>]>([
    [
      "another choice than Status",
      ["edited", { field_type: "single_select", field_name: "Size", from: null, to: null }],
    ],
    ["a text", ["edited", { field_type: "text", field_name: "Status", from: null, to: null }]],
    ["an edit without values", ["edited", { field_type: "single_select", field_name: "Status" }]],
    ["an edit that says from what, not to what", ["edited", { ...anyStatus, from: null }]],
    ["an edit that says to what, not from what", ["edited", { ...anyStatus, to: null }]],
    ["a move that names a field", ["reordered", { ...anyStatus, from: null, to: null }]],
    ["a draft", ["created", undefined, { content_type: "DraftIssue" }]],
    ["a reordering", ["reordered"]],
  ])("%s tells nothing", (_, args) => {
    expect(move(...args)).toBeUndefined();
  });

  test("that looks old is dated by its arrival, one of the last hour by itself", () => {
    const at = (updated_at: string) => move("created", undefined, { updated_at })?.at;
    expect(at("2026-03-05T11:00:00Z")).toBe(Date.parse("2026-03-05T11:00:00Z"));
    expect(at("2026-03-05T10:59:59Z")).toBe(arrival);
    expect(at("2026-03-05T12:00:01Z")).toBe(arrival);
  });
});

test("other kinds of deliveries tell nothing, whatever they hold", () => {
  for (const event of ["push", "ping", "pull_request", ""]) expect(map(event, {})).toBeNull();
});
