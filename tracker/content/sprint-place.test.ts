import { expect, test } from "vitest";
import { sprintPage, sprintPlace } from "./sprint-place.ts";

test.each([
  [{ number: 3 }, "03", "/sprints/3/", "03", "/sprints/3/"],
  [{ number: 12 }, "12", "/sprints/12/", "12", "/sprints/12/"],
  [{ number: 123_456 }, "123456", "/sprints/123456/", "123456", "/sprints/123456/"],
  [{ number: 3, team: "API" }, "03", "/sprints/3/", "api/03", "/teams/api/sprints/3/"],
  [
    { number: 3, team: "Größe & Co/X" },
    "03",
    "/sprints/3/",
    "groesse-co-x/03",
    "/teams/groesse-co-x/sprints/3/",
  ],
])("%j alone, and where numbers are shared", (sprint, place, page, sharedPlace, sharedPage) => {
  expect([sprintPlace(sprint, false), sprintPage(sprint, false)]).toEqual([place, page]);
  expect([sprintPlace(sprint, true), sprintPage(sprint, true)]).toEqual([sharedPlace, sharedPage]);
});

test("no name of a team leads out of its folder", () => {
  for (const team of ["..", "/", "../../etc", "a/../..", ".", "\\..\\"]) {
    const [folder = "", file, ...more] = sprintPlace({ number: 1, team }, true).split("/");
    expect([file, more]).toEqual(["01", []]);
    expect(folder).toMatch(/^[^./\\]+$/);
  }
});
