import { type KalmSection, kalmSections } from "../core/report/parse-kalm.ts";
import type { Post } from "./parse.ts";

/** By post: several readers ask for them, and parsing takes long. */
const known = new WeakMap<Post, KalmSection[]>();

/** A post cut at its headings. */
export function sectionsOf(post: Post): KalmSection[] {
  const sections = known.get(post) ?? kalmSections(post.body);
  known.set(post, sections);
  return sections;
}
