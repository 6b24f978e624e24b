import { describe, expect, test } from "vitest";
import type { Content } from "./read.ts";
import { createFindTarget } from "./targets.ts";

const post = (slug: string, file = `/c/posts/${slug}.md`) => ({ slug, file });
const posts = [post("01-review"), post("02-plan"), post("über-uns", "/c/posts/u\u0308ber-uns.md")];
const find = createFindTarget({
  dir: "/c",
  posts,
  sprints: [
    { file: "/c/sprints/01.md", sprint: { number: 1 } },
    { file: "/c/sprints/02.md", sprint: { number: 2 } },
  ],
  settings: { teams: [] },
  reports: [{ sprint: { number: 1 } }],
  attachments: [
    "/c/posts/chart.png",
    "/c/slides/Demo Day.pdf",
    "/c/posts/caf\u00e9.png",
    "/c/posts/100%.png",
  ],
} as unknown as Pick<Content, "dir" | "posts" | "sprints" | "settings" | "reports" | "attachments">);
const from = "/c/posts/01-review.md";
const missing = { kind: "missing", near: null };

describe("a link of a text", () => {
  test.each(["https://a.example/x", "mailto:a@b.example", "//a.example", "#part", "?q=1", "", "tel:+43"])(
    "%j leads elsewhere, or to a place on its own page",
    (url) => {
      expect(find(url, from)).toEqual({ kind: "elsewhere" });
    },
  );

  test.each<[string, object]>([
    ["02-plan.md", { kind: "post", post: posts[1], suffix: "" }],
    ["./02-plan.md#tasks", { kind: "post", post: posts[1], suffix: "#tasks" }],
    ["02-plan.md?x=1#y", { kind: "post", post: posts[1], suffix: "?x=1#y" }],
    ["chart.png", { kind: "file", file: "/c/posts/chart.png", suffix: "" }],
    ["../slides/Demo%20Day.pdf#2", { kind: "file", file: "/c/slides/Demo Day.pdf", suffix: "#2" }],
    ["../slides/Demo Day.pdf", { kind: "file", file: "/c/slides/Demo Day.pdf", suffix: "" }],
    ["100%.png", { kind: "file", file: "/c/posts/100%.png", suffix: "" }],
    ["../sprints/01.md", { kind: "site", path: "/sprints/1/", suffix: "" }],
    ["../about.md#us", { kind: "site", path: "/about/", suffix: "#us" }],
  ])("%s is found by the file", (url, target) => {
    expect(find(url, from)).toEqual(target);
  });

  test("finds letters with accents, written together or apart, on either side", () => {
    expect(find("cafe\u0301.png", from)).toMatchObject({ kind: "file", file: "/c/posts/caf\u00e9.png" });
    expect(find("\u00fcber-uns.md", from)).toMatchObject({ kind: "post", post: { slug: "über-uns" } });
  });

  test.each<[string, object]>([
    ["/sprints/1/", { kind: "site", path: "/sprints/1/", suffix: "" }],
    ["/sprints/1", { kind: "site", path: "/sprints/1", suffix: "" }],
    ["/sprints/2/", missing],
    ["/sprints/", { kind: "site", path: "/sprints/", suffix: "" }],
    ["/posts/02-plan/#x", { kind: "post", post: posts[1], suffix: "#x" }],
    ["/posts/%C3%BCber-uns/", { kind: "post", post: posts[2], suffix: "" }],
    ["/posts/03-none/", missing],
    ["/posts/", { kind: "site", path: "/posts/", suffix: "" }],
    ["/rss.xml", { kind: "site", path: "/rss.xml", suffix: "" }],
    ["../02-plan/", { kind: "post", post: posts[1], suffix: "" }],
    ["../../debt/", { kind: "site", path: "/debt/", suffix: "" }],
  ])("%s is found by the address on the site", (url, target) => {
    expect(find(url, from)).toEqual(target);
  });

  test.each<[string, string | null]>([
    ["Chart.PNG", "chart.png"],
    ["chrat.png", "chart.png"],
    ["02-plam.md", "02-plan.md"],
    ["nothing-like-it.svg", null],
    ["../sprints/02.md", null],
  ])("%s leads nowhere; what is surely meant is %j", (url, near) => {
    expect(find(url, from)).toEqual({ kind: "missing", near });
  });

  test("means another page in another text", () => {
    expect(find("posts/02-plan.md", "/c/about.md")).toMatchObject({
      kind: "post",
      post: { slug: "02-plan" },
    });
    expect(find("../sprints/1/", "/c/about.md")).toMatchObject({ kind: "site", path: "/sprints/1/" });
    expect(find("02-plan.md", "/c/about.md")).toMatchObject({ kind: "missing" });
  });
});
