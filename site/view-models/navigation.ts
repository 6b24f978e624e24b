/** The items before and after the one that matches, in the list's own order. */
export function neighbours<T>(list: T[], matches: (item: T) => boolean): { previous?: T; next?: T } {
  const index = list.findIndex(matches);
  if (index < 0) return {};
  return { previous: list[index - 1], next: list[index + 1] };
}
