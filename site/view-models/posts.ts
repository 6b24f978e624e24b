/** What the lists of posts need to know of a post. */
export interface Listed {
  slug: string;
  title: string;
  kind: string;
  /** YYYY-MM-DD */
  date: string;
  sprint: number | null;
}

const order = ["review", "planning", "daily", "note"];
const dayOrder = ["planning", "daily", "note", "review"];

/** Oldest first; on one day an earlier sprint's review comes before the next one's planning, and a planning before dailies. */
export function inTime<P extends Listed>(posts: P[]): P[] {
  const rank = (post: Listed) => dayOrder.indexOf(post.kind);
  // Plain comparison of code units: dates and file names need no collation, which is slow.
  const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);
  const sprint = (post: Listed) => post.sprint ?? Number.POSITIVE_INFINITY;
  return [...posts].sort(
    (a, b) =>
      compare(a.date, b.date) ||
      compare(sprint(a), sprint(b)) ||
      compare(rank(a), rank(b)) ||
      compare(a.slug, b.slug),
  );
}

/** All posts by kind, reviews first, each list newest first; kinds without a post are left out. `titles`: of the kinds. */
export function byKind<P extends Listed>(
  posts: P[],
  titles: Readonly<Record<string, string>>,
): { kind: string; title: string; posts: P[] }[] {
  const kinds = [...new Set([...order, ...posts.map((post) => post.kind)])];
  return kinds
    .map((kind) => ({
      kind,
      title: titles[kind] ?? kind,
      posts: inTime(posts.filter((post) => post.kind === kind)).reverse(),
    }))
    .filter((group) => group.posts.length > 0);
}

/** The newest review that has been published, or undefined. */
export function latestReview<P extends Listed>(posts: P[]): P | undefined {
  return inTime(posts.filter((post) => post.kind === "review")).at(-1);
}
