import { slugOf } from "sprintcast/content";

/** The posts of one tag or author. */
export interface Topic<P> {
  slug: string;
  /** As most of the posts spell it. */
  name: string;
  posts: P[];
}

/** Posts by tag or author, by name. Names of one address are one: `API`, `api`. */
export function topicsOf<P>(posts: readonly P[], namesOf: (post: P) => readonly string[]): Topic<P>[] {
  const topics = new Map<string, { spellings: Map<string, number>; posts: Set<P> }>();
  for (const post of posts)
    for (const name of namesOf(post)) {
      const topic = topics.get(slugOf(name)) ?? { spellings: new Map<string, number>(), posts: new Set<P>() };
      topic.spellings.set(name, (topic.spellings.get(name) ?? 0) + 1);
      topic.posts.add(post);
      topics.set(slugOf(name), topic);
    }
  return [...topics]
    .map(([slug, topic]) => ({ slug, name: mostUsed(topic.spellings), posts: [...topic.posts] }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/** A post's names in their order, each address once, as it is spelt first. */
export const oneOfEach = (names: readonly string[]): { slug: string; name: string }[] =>
  names
    .map((name) => ({ slug: slugOf(name), name }))
    .filter(({ slug }, index, all) => all.findIndex((one) => one.slug === slug) === index);

function mostUsed(spellings: ReadonlyMap<string, number>): string {
  const [first = ["", 0]] = [...spellings].sort(([, a], [, b]) => b - a);
  return first[0];
}
