import GithubSlugger, { slug } from "github-slugger";
import { toString as textOf } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { treeOf } from "./tree.ts";

/**
 * Names the headings of one text in their order, as GitHub does: by their words, the second of a name with `-1`. One
 * without words is called `section`.
 */
export function headingNamer(): (words: string) => string {
  const slugger = new GithubSlugger();
  return (words) => slugger.slug(slug(words) === "" ? "section" : words);
}

/** The names by which links reach the headings of a text. */
export function headingNames(text: { body: string }): string[] {
  const nameOf = headingNamer();
  const names: string[] = [];
  visit(treeOf(text), "heading", (heading) => {
    names.push(nameOf(textOf(heading, { includeImageAlt: false, includeHtml: false })));
  });
  return names;
}

/** Ids that a page has of its own, and beginnings of such: figures, footnotes. No heading gets one. */
export const isPageOwn = (id: string): boolean =>
  /^(content|restated|footnote-label)$|^(figure|user-content)-/.test(id);
