import { expect, it } from "vitest";
import { readKalm } from "../core/report/parse-kalm.ts";
import { headingNames } from "./headings.ts";
import { htmlIn } from "./html.ts";
import { linksIn } from "./links.ts";
import { parsePost } from "./parse.ts";
import { sectionsOf } from "./post-sections.ts";
import { treeOf } from "./tree.ts";

const written = `---
title: A review
kind: review
sprint: 1
date: 2026-03-01
---
# Recap

See [the plan](01-plan.md#goal), <b>bold</b> and ![a chart](chart.png).

## K.A.L.M.

### Keep

- Pair on reviews, #12
`;

it("reads a text once for all that ask, and nobody changes it for the next", () => {
  const post = parsePost(written, "content/posts/01-review.md", "01-review");
  const tree = treeOf(post);
  const before = structuredClone(tree);
  const readers = () => [linksIn(post), htmlIn(post), headingNames(post), readKalm(sectionsOf(post), null)];
  const first = readers();
  expect(first).toMatchObject([
    [{ url: "01-plan.md#goal" }, { url: "chart.png" }],
    { line: 3, tags: ["b"] },
    ["recap", "kalm", "keep"],
    { promises: [{ kind: "keep" }] },
  ]);
  expect(treeOf(post)).toBe(tree);
  expect(tree).toEqual(before);
  expect(readers()).toEqual(first);
  expect(treeOf({ ...post, body: "Another" }).children).toHaveLength(1);
});
