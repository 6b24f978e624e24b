import { expect, it } from "vitest";
import { oneOfEach, topicsOf } from "./topics.ts";

const posts = [
  { id: 1, tags: ["Zürich", "api"] },
  { id: 2, tags: ["API", "api "] },
  { id: 3, tags: ["Api", "API"] },
  { id: 4, tags: [] },
];

it("gathers posts under names of one address, spelt as most do", () => {
  const topics = topicsOf(posts, ({ tags }) => tags);
  expect(topics.map(({ slug, name, posts: of }) => [slug, name, of.map(({ id }) => id)])).toEqual([
    ["api", "API", [1, 2, 3]],
    ["zuerich", "Zürich", [1]],
  ]);
});

it("names each of a post's tags once, as it is spelt first", () => {
  expect(oneOfEach(["Übermut", "API", "übermut", "@ana", "ana"])).toEqual([
    { slug: "uebermut", name: "Übermut" },
    { slug: "api", name: "API" },
    { slug: "ana", name: "@ana" },
  ]);
});

it("finds none where no post has any", () => {
  expect(topicsOf(posts.slice(3), ({ tags }) => tags)).toEqual([]);
});
