import { expect, test } from "vitest";
import { keyAt, repositoriesOf } from "../model/repositories.ts";
import { issuesClosed } from "./closing.ts";

const closed = (title: string, body: string | null = null) =>
  issuesClosed({ number: 90, title, body }, repositoriesOf(["octo/rocket"]));

test.each([
  ["Fix #1", null, [1]],
  ["fixes: #12 and more", null, [12]],
  ["Tidy", "Closes octo/rocket#3.", [3]],
  ["Tidy", "Resolved https://github.com/Octo/Rocket/issues/4", [4]],
  ["Tidy", "closes GH-5\n\nFixes #6, fixes #5", [5, 6]],
  ["Fix the prefix #1", null, []],
  ["Prefix #1", null, []],
  ["Tidy", "closes other/rocket#3, see #4", []],
  ["Tidy", "`closes #3`\n\n> fixes #4\nfixes #6\n\n<!-- resolves #5 -->", []],
  ["Tidy", null, []],
])("%j with the text %j closes %j", (title, body, numbers) => {
  expect(closed(title, body)).toEqual(numbers);
});

test("of several repositories a bare number is the pull request's own, and others are told by name", () => {
  const repositories = repositoriesOf(["octo/rocket", "octo/pad"]);
  const body = "closes #3, closes octo/rocket#3, fixes other/pad#3, fixes OCTO/pad#4";
  const of = (place: number) => issuesClosed({ number: keyAt(place, 9), title: "", body }, repositories);
  expect(of(0)).toEqual([3, keyAt(1, 4)]);
  expect(of(1)).toEqual([keyAt(1, 3), 3, keyAt(1, 4)]);
});
