import { expect, test } from "vitest";
import { issuesClosed } from "./closing.ts";

const closed = (title: string, body: string | null = null) => issuesClosed({ title, body }, "octo/rocket");

test.each([
  ["Fix #1", null, [1]],
  ["fixes: #12 and more", null, [12]],
  ["Tidy", "Closes octo/rocket#3.", [3]],
  ["Tidy", "Resolved https://github.com/Octo/Rocket/issues/4", [4]],
  ["Tidy", "closes GH-5\n\nFixes #6, fixes #5", [5, 6]],
  ["Fix the prefix #1", null, []],
  ["Prefix #1", null, []],
  ["Tidy", "closes other/rocket#3, see #4", []],
  ["Tidy", "`closes #3`\n\n> fixes #4\n\n<!-- resolves #5 -->", []],
  ["Tidy", null, []],
])("%j with the text %j closes %j", (title, body, numbers) => {
  expect(closed(title, body)).toEqual(numbers);
});
