import { expect, test } from "vitest";
import { keyAt, repositoriesOf } from "./repositories.ts";

test("of one repository keys are numbers, and names are as ever", () => {
  const one = repositoriesOf(["acme/api"]);
  expect([one.keyOf("ACME/api", 12), one.issueName(12), one.refOf(12)]).toEqual([12, "#12", undefined]);
  expect(one.keyOf("acme/web", 12)).toBeNull();
});

test("of several each issue has a key and a name of its own", () => {
  const three = repositoriesOf(
    ["acme/api", "acme/web", "other/Web", "acme/infra"],
    [["acme/core"], [], ["acme/api"]],
  );
  expect(
    ["acme/web#1", "infra#1", "other/web#1", "API#1"].map((text) => three.keyOf(text.split("#")[0] ?? "", 1)),
  ).toEqual([keyAt(1, 1), keyAt(3, 1), keyAt(2, 1), 1]);
  // Two are called alike, so that their owners tell them apart.
  expect([0, 1, 2, 3].map((place) => three.issueName(keyAt(place, 7)))).toEqual([
    "api#7",
    "acme/web#7",
    "other/Web#7",
    "infra#7",
  ]);
  expect(three.keyOf("web", 1)).toBeNull();
  // A former name is found, unless another bears it now.
  expect([three.keyOf("acme/core", 1), three.keyOf("acme/api", 1)]).toEqual([1, 1]);
  expect(three.repositoryOf(keyAt(2, 7))).toBe("other/Web");
});
