import { expect, test } from "vitest";
import type { Mark } from "../core/model/sprint.ts";
import { parseSettings } from "./parse.ts";
import { needsProjects } from "./settings-schema.ts";

const settings = (more = "") =>
  parseSettings(`repository: octo/rocket\ntimeZone: Europe/Vienna\n${more}`, "settings.yml");
const lanes = (when: string) =>
  `lanes: [{ name: Doing, role: progress, when: ${when} }, { name: Done, role: done, when: { state: closed } }]`;

test.each([
  ["one project", "project: 7"],
  ["estimates in its field", "estimate: { from: project-field, name: Size }"],
  ["effort in its field", "actual: { from: project-field, name: Spent }"],
  ["lanes by its status", lanes("{ status: [In progress] }")],
  ["a team's own lanes by its status", `teams: [{ name: A }, { name: B, ${lanes("{ status: [Busy] }")} }]`],
])("Projects v2 are needed for %s, and not without", (_, written) => {
  expect(needsProjects(settings(written), [])).toBe(true);
  expect(needsProjects(settings(), [])).toBe(false);
});

test.each([
  ["estimates in the issue's own field", "estimate: { from: issue-field, name: Size }"],
  ["effort in comments", "actual: { from: comment }"],
  ["lanes by labels", lanes("{ labels: [busy] }")],
  ["a team's own lanes by labels", `teams: [{ name: A, ${lanes("{ labels: [busy] }")} }]`],
  // A status that no sprint asks for: each says by itself what puts issues in it.
  ["a way of membership that no sprint follows", "membership: status"],
])("Projects v2 are not needed for %s", (_, written) => {
  expect(needsProjects(settings(written), [])).toBe(false);
});

test.each([
  ["status", true],
  ["iteration", true],
  ["milestone", false],
  ["label", false],
] as const)("Projects v2 are needed for a sprint by its %s: %s", (by, isNeeded) => {
  const marks = [{ by: "milestone" }, { by }] as Mark[];
  expect(needsProjects(settings(), marks)).toBe(isNeeded);
});
