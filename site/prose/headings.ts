import type { Element, Root } from "hast";
import { h } from "hastscript";
import { headingNamer, isPageOwn } from "sprintcast/content";
import type { Words } from "sprintcast/words";
import { visit } from "unist-util-visit";
import { textOf } from "./nodes.ts";

const isHeading = ({ tagName }: Element): boolean => /^h[1-6]$/.test(tagName);

/** The id of a heading by the name that GitHub gives it. */
export const idOf = (name: string): string => (isPageOwn(name) ? `text-${name}` : name);

/**
 * Gives headings the ids that GitHub gives them, and an anchor where `hasAnchors`. The page has its title as its one h1:
 * where a text has some of its own, all its headings move one level down. Returns the id for each name that a link may
 * use: another where the page has that id already.
 */
export function nameHeadings(tree: Root, hasAnchors: boolean, words: Words): Map<string, string> {
  const nameOf = headingNamer();
  const ids = new Map<string, string>();
  const headings: Element[] = [];
  visit(tree, "element", (node) => {
    if (isHeading(node) && node.properties.id !== "footnote-label") headings.push(node);
  });
  const down = headings.some(({ tagName }) => tagName === "h1") ? 1 : 0;
  for (const heading of headings) {
    heading.tagName = `h${Math.min(6, Number(heading.tagName.slice(1)) + down)}`;
    const text = textOf(heading);
    const name = nameOf(text);
    const id = idOf(name);
    ids.set(name, id);
    heading.properties.id = id;
    if (hasAnchors)
      heading.children.push(
        anchorTo(id, words.say(words.texts.frame.prose.anchor, { heading: text.trim() })),
      );
  }
  return ids;
}

const anchorTo = (id: string, ariaLabel: string): Element =>
  h("a", { className: ["anchor"], href: `#${encodeURIComponent(id)}`, ariaLabel });
