import { describe, expect, test } from "vitest";
import { ownNumber, referenceTo, resolveReference } from "./issue-reference.ts";
import { isRepositoryName } from "./repository-name.ts";

test.each([
  ["7", 7],
  ["120", 120],
  ["0", null],
  ["07", null],
  ["-7", null],
  ["7.5", null],
  ["7e3", null],
  [" 7", null],
  ["", null],
  ["acme/shop#7", null],
])("%j as a number of our own is %j", (text, number) => {
  expect(ownNumber(text)).toBe(number);
});

describe("an issue, as one of acme/shop names it", () => {
  test.each<[string | null, number | string]>([
    ["acme/shop", 7],
    ["ACME/Shop", 7],
    [null, 7],
    ["acme/shop2", "acme/shop2#7"],
    ["acme/sho", "acme/sho#7"],
  ])("of %j is %j", (repository, expected) => {
    expect(referenceTo(repository, 7, "acme/shop")).toBe(expected);
  });

  test.each<[number | string, number | string]>([
    [7, 7],
    ["acme/shop#7", 7],
    ["Acme/Shop#7", 7],
    ["acme/infra#7", "acme/infra#7"],
    ["acme/shop#x", "acme/shop#x"],
    ["acme/shop", "acme/shop"],
    ["a#b/c#7", "a#b/c#7"],
  ])("%j is read again as %j", (reference, expected) => {
    expect(resolveReference(reference, "acme/shop")).toBe(expected);
  });

  test("stays as it is while nobody knows whose it is", () => {
    expect(resolveReference("acme/shop#7", null)).toBe("acme/shop#7");
    expect(referenceTo("acme/shop", 7, null)).toBe("acme/shop#7");
  });
});

describe("a repository's name", () => {
  test.each(["acme/shop", "a/b", "acme-2/shop.github.io", "acme/.github", "a_b/..c", "1/2"])("%s", (name) => {
    expect(isRepositoryName(name)).toBe(true);
  });

  test.each([
    "",
    "acme",
    "acme/",
    "/shop",
    "acme/shop/",
    "acme/shop/issues",
    "acme/..",
    "../shop",
    "./shop",
    "acme/sh op",
    "acme/shop?x",
    "acme/shop#1",
    "acme\\shop",
    "https://github.com/acme/shop",
    "acme/shop\n",
    "acme/läden",
  ])("not %j", (name) => {
    expect(isRepositoryName(name)).toBe(false);
  });
});
