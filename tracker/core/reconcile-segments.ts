/** One instant at which something bore a name, and how ill each reading of who it was would fit. */
export interface Point {
  at: number;
  cost(target: string | null): number;
}

/** From `from` (inclusive) on, up to the next segment, the name meant `target`; null: something since deleted. */
export interface Segment {
  target: string | null;
  /** Times of the first and last point in it. */
  first: number;
  last: number;
  points: number;
}

/** One change of hands must explain more than one odd issue, or a missing event is the better reading. */
const changeOfHands = 1.2;

/**
 * Cuts a name's points (in time order) into the spans in which it had one bearer, at the least total cost.
 * `now` is who bears the name today, undefined where nobody does: then the last span may end as it likes.
 */
export function cutIntoSegments(
  points: readonly Point[],
  targets: readonly (string | null)[],
  now: string | undefined,
): Segment[] {
  if (points.length === 0) return [];
  let costs = targets.map(() => 0);
  const choices: Int32Array[] = [];
  for (const [index, point] of points.entries()) {
    const cheapest = costs.indexOf(Math.min(...costs));
    const chosen = new Int32Array(targets.length);
    costs = targets.map((target, position) => {
      const stays = costs[position]!;
      const changes = index === 0 ? Number.POSITIVE_INFINITY : costs[cheapest]! + changeOfHands;
      chosen[position] = changes < stays ? cheapest : position;
      return Math.min(stays, changes) + point.cost(target);
    });
    choices.push(chosen);
  }
  const final = costs.map((cost, position) =>
    now === undefined || targets[position] === now ? cost : cost + changeOfHands,
  );
  let position = final.indexOf(Math.min(...final));
  const segments: Segment[] = [];
  for (let index = points.length - 1; index >= 0; index--) {
    const target = targets[position]!;
    const { at } = points[index]!;
    const head = segments[0];
    if (head !== undefined && head.target === target) {
      head.first = at;
      head.points++;
    } else {
      segments.unshift({ target, first: at, last: at, points: 1 });
    }
    position = choices[index]![position]!;
  }
  return segments;
}
