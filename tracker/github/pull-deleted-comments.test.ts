import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, type Scripted, scriptedClient } from "../testing/github/scripted-client.ts";
import { pullDeletedComments } from "./pull-deleted-comments.ts";

const commentsOf = (issue: number) => `/repos/a/b/issues/${issue}/comments?per_page=100`;
const listing = "/repos/a/b/issues?state=all&per_page=1";

/** Asks for the comments of issues 1, 2 and 3, of which GitHub gives those of 1 and 3; `left`: for good. */
function pull(second: Scripted, repository: Scripted) {
  const { client, asked } = scriptedClient((url) => {
    if (url === commentsOf(2)) return second;
    if (url === listing || url === "/repos/a/b") return repository;
    return { data: [{ id: url === commentsOf(1) ? 1 : 3 }] };
  });
  const left: number[] = [];
  const known = { commentsToAsk: () => [1, 2, 3], leaveComments: (issue: number) => left.push(issue) };
  const pulled = keptOf(
    pullDeletedComments({ client, repository: "a/b", memory: memoryCursors(), isMoved: () => false }, known),
  );
  return { pulled, left, asked };
}

const there = { data: [] };

describe("the comments of an issue that are not to be had", () => {
  test.each([404, 410, 422, 451, 301])(
    "(%i) are left, and all others are read, where the repository is there",
    async (status) => {
      const { pulled, left } = pull({ status }, there);
      expect(await pulled).toEqual([{ id: 1 }, { id: 3 }]);
      expect(left).toEqual([2]);
    },
  );

  test.each([
    [404, 404],
    [410, 410],
    [451, 451],
    [404, 403],
    [404, 500],
    [403, 403],
  ])("(%i) are asked for again where the repository answers %i itself", async (status, repository) => {
    const { pulled, left } = pull({ status }, { status: repository });
    await expect(pulled).rejects.toMatchObject({ status: repository });
    expect(left).toEqual([]);
  });
});

test("comments that are closed to the token stop nothing, and are asked for again by the next sync", async () => {
  const { pulled, left } = pull({ status: 403 }, there);
  expect(await pulled).toEqual([{ id: 1 }, { id: 3 }]);
  expect(left).toEqual([]);
});

test("a limit is no word on the comments, and stops them", async () => {
  const { pulled, left } = pull({ status: 403, headers: { "x-ratelimit-remaining": "0" } }, there);
  await expect(pulled).rejects.toMatchObject({ status: 403 });
  expect(left).toEqual([]);
});

test("comments that are all given cost no question for the repository", async () => {
  const { pulled, asked } = pull({ data: [{ id: 2 }] }, there);
  expect(await pulled).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(asked).toEqual([1, 2, 3].map(commentsOf));
});
