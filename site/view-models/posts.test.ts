import fc from "fast-check";
import { english } from "sprintcast/words";
import { describe, expect, it } from "vitest";
import { neighbours } from "./navigation.ts";
import { byKind, inTime, type Listed, latestReview } from "./posts.ts";

const anyPost: fc.Arbitrary<Listed> = fc
  .record({
    kind: fc.constantFrom("review", "planning", "daily", "note"),
    date: fc.constantFrom("2026-01-06", "2026-01-16", "2025-12-31"),
    sprint: fc.constantFrom(null, 1, 2, 10),
  })
  .map((one) => ({ ...one, slug: "", title: "" }));
const anyPosts = fc
  .array(anyPost, { maxLength: 12 })
  .map((list) => list.map((post, index) => ({ ...post, slug: `p${index}` })));
const shuffledBy = (posts: Listed[], order: number[]) =>
  posts
    .map((post, index) => ({ post, place: order[index] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ post }) => post);

describe("posts in time", () => {
  it("are in one order whatever order they were read in, and none is lost", () => {
    fc.assert(
      fc.property(anyPosts, fc.array(fc.nat(50), { maxLength: 12 }), (posts, order) => {
        const before = [...posts];
        const sorted = inTime(posts);
        expect(inTime(shuffledBy(posts, order))).toEqual(sorted);
        expect(posts).toEqual(before);
        expect(sorted.map(({ slug }) => slug).sort()).toEqual(posts.map(({ slug }) => slug).sort());
        const days = sorted.map(({ date }) => date);
        expect(days).toEqual([...days].sort());
      }),
      { seed: 41, numRuns: 200 },
    );
  });

  it("of one day go by sprint as numbers, those of none last, and by kind within a sprint", () => {
    const post = (slug: string, kind: string, sprint: number | null): Listed => ({
      slug,
      title: slug,
      kind,
      date: "2026-01-16",
      sprint,
    });
    const posts = [
      post("loose", "planning", null),
      post("ten", "planning", 10),
      post("two-review", "review", 2),
      post("two-note", "note", 2),
      post("two-daily", "daily", 2),
    ];
    expect(inTime(posts).map(({ slug }) => slug)).toEqual([
      "two-daily",
      "two-note",
      "two-review",
      "ten",
      "loose",
    ]);
  });
});

describe("posts by kind", () => {
  it("hold every post once, newest first, and have no empty kind", () => {
    fc.assert(
      fc.property(anyPosts, (posts) => {
        const groups = byKind(posts, english.texts.pages.posts.kinds);
        for (const { kind, posts: own } of groups) {
          expect(own).toEqual(inTime(posts.filter((post) => post.kind === kind)).reverse());
          expect(own.length).toBeGreaterThan(0);
        }
        expect(groups.flatMap((group) => group.posts).length).toBe(posts.length);
        const reviews = groups.find(({ kind }) => kind === "review");
        expect(latestReview(posts)).toEqual(reviews?.posts[0]);
      }),
      { seed: 42, numRuns: 200 },
    );
  });

  it("show a kind that nobody named under its own name, behind the others", () => {
    const post = (kind: string): Listed => ({ slug: kind, title: "", kind, date: "2026-01-06", sprint: 1 });
    const groups = byKind([post("retro"), post("note")], english.texts.pages.posts.kinds);
    expect(groups.map(({ title }) => title)).toEqual([english.texts.pages.posts.kinds.note, "retro"]);
  });
});

it("the ends of a list have a neighbour on one side alone", () => {
  const list = ["a", "b", "a"];
  expect(neighbours(list, (one) => one === "a")).toEqual({ previous: undefined, next: "b" });
  expect(neighbours(list, (one) => one === "b")).toEqual({ previous: "a", next: "a" });
  expect(neighbours([], () => true)).toEqual({});
});
