import { expect, test } from "vitest";
import { mapEvent } from "./map-event.ts";
import { mapIssue } from "./map-issue.ts";

const api = "https://api.github.com/repos";
const issue = (repository: string, number: number, more: object = {}) => ({
  number,
  title: "A task",
  state: "open",
  url: `${api}/${repository}/issues/${number}`,
  repository_url: `${api}/${repository}`,
  html_url: `https://github.com/${repository}/issues/${number}`,
  created_at: "2026-01-05T09:00:00Z",
  updated_at: "2026-01-05T09:00:00Z",
  ...more,
});
const event = (kind: string, payload: object) => ({
  id: 1,
  event: kind,
  created_at: "2026-02-01T09:00:00Z",
  actor: { login: "ana" },
  issue: issue("acme/shop", 10),
  ...payload,
});
const reference = (repository: string) => ({
  number: 5,
  title: "Above",
  state: "open",
  repository: { full_name: repository, url: `${api}/${repository}` },
  issue_type: null,
});

test.each([
  ["parent_issue_added", "parent_issue"],
  ["parent_issue_removed", "parent_issue"],
  ["sub_issue_added", "sub_issue"],
  ["sub_issue_removed", "sub_issue"],
  ["blocked_by_added", "blocked_by"],
  ["blocked_by_removed", "blocked_by"],
])("%s names the issue at its other end with the repository it is in", (kind, field) => {
  const relation = (repository: string) =>
    mapEvent(event(kind, { [field]: reference(repository) }))?.relation;
  expect(relation("acme/shop")).toBe(5);
  expect(relation("Acme/Shop")).toBe(5);
  expect(relation("acme/platform")).toBe("acme/platform#5");
  expect(mapEvent(event(kind, { [field]: null }))).not.toHaveProperty("relation");
  expect(mapEvent(event(kind, {}))).not.toHaveProperty("relation");
});

test("an issue that stands for itself is known by any of its addresses", () => {
  const addressed = (payload: object) => mapEvent(event("sub_issue_added", { sub_issue: payload }))?.relation;
  for (const repository of ["acme/shop", "acme/platform"]) {
    const own = repository === "acme/shop" ? 5 : "acme/platform#5";
    expect(addressed({ number: 5, repository_url: `${api}/${repository}` })).toBe(own);
    expect(addressed({ number: 5, url: `https://ghe.example/api/v3/repos/${repository}/issues/5` })).toBe(
      own,
    );
    expect(addressed({ number: 5, html_url: `https://github.com/${repository}/issues/5` })).toBe(own);
  }
});

test("a backup's timeline entry does not name its issue; the file's own repository stands in", () => {
  const { issue: _, ...entry } = event("parent_issue_added", { parent_issue: reference("acme/shop") });
  expect(mapEvent(entry, 10, "acme/shop")?.relation).toBe(5);
  expect(mapEvent(entry, 10, "acme/other")?.relation).toBe("acme/shop#5");
  expect(mapEvent(entry, 10)?.relation).toBe("acme/shop#5");
});

test("the parent that an issue shows is ours only under our repository's address", () => {
  const parentIn = (repository: string) =>
    mapIssue(issue("acme/shop", 10, { parent_issue_url: `${api}/${repository}/issues/5` }), 0).parent;
  expect(parentIn("acme/shop")).toBe(5);
  expect(parentIn("acme/platform")).toBe("acme/platform#5");
  expect(parentIn("other/shop")).toBe("other/shop#5");
  expect(mapIssue(issue("acme/shop", 10, { parent_issue_url: null }), 0).parent).toBeNull();
});

test("types are read from events", () => {
  const type = (name: string) => ({ id: 1, name, color: null });
  const changed = event("issue_type_changed", { prev_issue_type: type("Bug"), issue_type: type("Task") });
  expect(mapEvent(changed)?.type).toEqual({ from: "Bug", to: "Task" });
  expect(mapEvent(event("issue_type_removed", { prev_issue_type: type("Bug") }))?.type).toEqual({
    from: "Bug",
    to: null,
  });
});
