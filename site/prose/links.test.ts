import type { Element, Root } from "hast";
import { h } from "hastscript";
import { ContentError } from "sprintcast/errors";
import { describe, expect, it, test } from "vitest";
import { surroundings } from "../testing/surroundings.ts";
import { addressOf, type PublishedFile, resolveLinks, type Surroundings } from "./links.ts";

const source = { file: "posts/01-review.md", line: 4 };
const post = { slug: "02-planning" } as Extract<ReturnType<Surroundings["find"]>, { kind: "post" }>["post"];
const picture: PublishedFile = { path: "/files/chart.png", size: { width: 40, height: 30 }, isPicture: true };

/** Finds what a test's address begins with: post:, site:, file:, missing:, else elsewhere. */
const find: Surroundings["find"] = (url) => {
  const [, kind, path = "", suffix = ""] = /^(post|site|file|missing):([^#?]*)(.*)$/.exec(url) ?? [];
  if (kind === "post") return { kind, post, suffix };
  if (kind === "site") return { kind, path, suffix };
  if (kind === "file") return { kind, file: path, suffix };
  return kind === "missing" ? { kind, near: path === "" ? null : path } : { kind: "elsewhere" };
};
const site = (more: Partial<Surroundings> = {}) =>
  surroundings({ find, fileAt: (file) => (file === "chart.png" ? picture : undefined), ...more });

function resolved(child: Element, more: Partial<Surroundings> = {}): Element["children"] {
  const paragraph = h("p", "before ", child, " after");
  const tree: Root = { type: "root", children: [paragraph] };
  resolveLinks(tree, source, site(more), new Map());
  return paragraph.children.slice(1, -1);
}

describe("where a link leads", () => {
  test.each([
    ["https://a.example/x?y#z", "https://a.example/x?y#z"],
    ["post:#what", "/repo/posts/02-planning/#what"],
    ["site:/debt/?a#b", "/repo/debt/?a#b"],
    ["file:chart.png#x", "/repo/files/chart.png#x"],
    ["file:chart.pn", null],
    ["missing:", null],
    ["#", "#"],
    ["#50%", "#50%25"],
    ["#%C3%BCber uns", "#%C3%BCber%20uns"],
  ])("%j: %j", (url, address) => {
    expect(addressOf(url, source, site())).toBe(address);
  });

  it("is nowhere where a post is not shown, such as a draft", () => {
    expect(addressOf("post:", source, site({ isShown: () => false }))).toBeNull();
  });

  it("is a heading by its name, on its own page in full where a feed takes the text elsewhere", () => {
    const ids = new Map([["done", "done-1"]]);
    expect(addressOf("#done", source, site(), ids)).toBe("#done-1");
    expect(addressOf("#done", source, site({ isAbsolute: true }), ids)).toBe("/repo/posts/01-review/#done-1");
    // Names that every object has are names like any other.
    expect(addressOf("#constructor", source, site(), ids)).toBe("#constructor");
  });
});

describe("links in a text", () => {
  it("that lead nowhere are left out, and their words, links and pictures stay", () => {
    const inner = h("img", { src: "file:chart.png", alt: "c" });
    const left = resolved(h("a", { href: "missing:" }, "see ", h("em", "this"), inner));
    expect(left).toMatchObject([
      { type: "text", value: "see " },
      { tagName: "em" },
      { tagName: "img", properties: { src: "/repo/files/chart.png" } },
    ]);
    expect(resolved(h("a", { href: "missing:" }, h("img", { src: "file:chart.png" })))).toMatchObject([
      { tagName: "img", properties: { src: "/repo/files/chart.png" } },
    ]);
    expect(resolved(h("a", { href: "missing:" }))).toEqual([]);
    expect(resolved(h("a", "no address"))).toMatchObject([{ type: "text", value: "no address" }]);
  });

  it("that are their own words say so, and no others", () => {
    const bare = (href: string, words: string) =>
      resolved(h("a", { href }, words)).map((node) => "properties" in node && node.properties.className);
    expect(bare("https://a.example/", "https://a.example/")).toEqual([["bare"]]);
    expect(bare("https://a.example/", "https://a.example")).toEqual([undefined]);
  });
});

describe("pictures in a text", () => {
  it("have their size, and load late but in a feed", () => {
    const [shown] = resolved(h("img", { src: "file:chart.png" }));
    expect(shown).toMatchObject({
      properties: { src: "/repo/files/chart.png", alt: "", width: 40, height: 30, loading: "lazy" },
    });
    const [inFeed] = resolved(h("img", { src: "file:chart.png" }), { isAbsolute: true });
    expect(inFeed).not.toHaveProperty("properties.loading");
  });

  it("from elsewhere are links, and words within a link", () => {
    const src = "https://a.example/x.png";
    expect(resolved(h("img", { src, alt: "chart" }))).toMatchObject([
      { tagName: "a", properties: { href: src }, children: [{ value: "chart" }] },
    ]);
    expect(resolved(h("img", { src }))).toMatchObject([{ tagName: "a", children: [{ value: src }] }]);
    expect(resolved(h("a", { href: "site:/debt/" }, h("img", { src, alt: "chart" })))).toMatchObject([
      { tagName: "a", properties: { href: "/repo/debt/" }, children: [{ type: "text", value: "chart" }] },
    ]);
  });

  it("that are not there, or are none, are named with file and line", () => {
    const refusedFor = (src: string, more: Partial<Surroundings> = {}): ContentError => {
      const img = h("img", { src });
      img.position = { start: { line: 3, column: 1 }, end: { line: 3, column: 9 } };
      try {
        resolved(img, more);
      } catch (error) {
        if (error instanceof ContentError) return error;
      }
      throw new Error(`${src} was taken`);
    };
    const gone = refusedFor("missing:Chart.png");
    expect([gone.code, gone.file]).toEqual(["picture-missing", "posts/01-review.md"]);
    expect(gone.message).toContain("line 7");
    expect(gone.hint).toContain("Did you mean Chart.png?");
    expect(refusedFor("site:/nothing.png").hint).toContain("public folder");
    const text = { ...picture, isPicture: false };
    expect(refusedFor("file:chart.png", { fileAt: () => text }).code).toBe("picture-form");
  });
});
