import { type KalmSection, kalmSections } from "../core/report/parse-kalm.ts";
import type { Post } from "./parse.ts";
import { treeOf } from "./tree.ts";

/** By post: several readers ask for them. */
const known = new WeakMap<Post, KalmSection[]>();

/** A post cut at its headings. */
export function sectionsOf(post: Post): KalmSection[] {
  const sections = known.get(post) ?? kalmSections(treeOf(post));
  known.set(post, sections);
  return sections;
}
