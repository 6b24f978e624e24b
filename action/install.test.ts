import { expect, test } from "vitest";
import { namedPackages, ownPackages } from "./install.ts";

test("the lock file's packages; without one those of package.json, and neither file is written", () => {
  expect(ownPackages({ package: true, lock: true })?.[0]).toBe("ci");
  expect(ownPackages({ package: true, lock: false })).toEqual(
    expect.arrayContaining(["install", "--no-package-lock"]),
  );
  expect(ownPackages({ package: false, lock: false })).toBeNull();
});

test("a version is asked for beside them, for all packages that the command needs", () => {
  expect(namedPackages("report", "0.2.0")).toEqual(expect.arrayContaining(["--no-save", "sprintcast@0.2.0"]));
  expect(namedPackages("publish", "next")).toEqual(
    expect.arrayContaining(["sprintcast@next", "@sprintcast/site@next", "@sprintcast/demo@next"]),
  );
});
