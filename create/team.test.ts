import { expect, test } from "vitest";
import { CreateError } from "./errors.ts";
import { teamOf } from "./team.ts";

const at = (instant: string) => Date.parse(instant);

test("the first sprint begins on the Monday of the team's own week", () => {
  const sunday = at("2026-03-08T23:30:00Z");
  expect(teamOf("o/r", "UTC", {}, sunday)).toMatchObject({ firstDay: "2026-03-02", lastDay: "2026-03-13" });
  expect(teamOf("o/r", "Europe/Vienna", {}, sunday)).toMatchObject({ firstDay: "2026-03-09" });
  expect(teamOf("o/r", "UTC", { firstDay: "2026-02-27", days: "3" }, sunday)).toMatchObject({
    firstDay: "2026-02-27",
    lastDay: "2026-03-01",
  });
});

test.each([
  ["repo-form", "rocket", {}],
  ["repo-form", "../..", {}],
  ["repo-form", "octo/..", {}],
  ["repo-form", "a/b/c", {}],
  ["repo-form", 'o/r"; rm', {}],
  ["title-form", "o/r", { title: " " }],
  ["milestone-form", "o/r", { milestone: "\t" }],
  ["days-form", "o/r", { days: "0" }],
  ["days-form", "o/r", { days: "1.5" }],
  ["days-form", "o/r", { days: "x" }],
  ["day-form", "o/r", { firstDay: "2026-02-30" }],
  ["day-form", "o/r", { firstDay: "" }],
  ["day-form", "o/r", { firstDay: "+012026-01-05" }],
  ["day-form", "o/r", { firstDay: "-000001-01-05" }],
])("%s: %s %o", (code, repository, wishes) => {
  expect(() => teamOf(repository, "UTC", wishes, 0)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});

test("what is refused is shown without its control characters", () => {
  const refused = () => teamOf("\u001b[2J\u202Eo/r", "UTC", {}, 0);
  expect(refused).toThrow(CreateError);
  expect(refused).toThrow('"\uFFFD[2J\uFFFDo/r" is no repository');
});
