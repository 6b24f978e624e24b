import { forever } from "../../model/interval.ts";
import { present } from "../../model/present.ts";

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
  /** When the next bearer took the name over, or `forever`. */
  until: number;
  /** How ill the points fit, in sum. */
  misfit: number;
}

/** Something bore the name throughout [from, to], so it changed hands at no time in between. */
export interface Hold {
  from: number;
  to: number;
}

/** One change of hands must explain more than one odd issue, or missing events are the better reading. */
const changeOfHands = 2.5;

/** Added where no free instant for the change lies between two points: some issue contradicts it. */
const contradiction = 2;

/**
 * Cuts a name's points (in time order) into the spans in which it had one bearer, at the least total cost.
 * `now` is who bears the name today, undefined where nobody does: then the last span may end as it likes.
 */
export function cutIntoSegments(
  points: readonly Point[],
  targets: readonly (string | null)[],
  now: string | undefined,
  holds: readonly Hold[],
): Segment[] {
  if (points.length === 0) return [];
  const changes = points.map((point, index) =>
    index === 0 ? null : freeInstant(holds, present(points[index - 1]).at, point.at),
  );
  let costs = targets.map(() => 0);
  const choices: Int32Array[] = [];
  for (const [index, point] of points.entries()) {
    const cheapest = costs.indexOf(Math.min(...costs));
    const chosen = new Int32Array(targets.length);
    const price = changeOfHands + (changes[index] === null ? contradiction : 0);
    costs = targets.map((target, position) => {
      const stays = present(costs[position]);
      const comes = index === 0 ? Number.POSITIVE_INFINITY : present(costs[cheapest]) + price;
      chosen[position] = comes < stays ? cheapest : position;
      return Math.min(stays, comes) + point.cost(target);
    });
    choices.push(chosen);
  }
  const final = costs.map((cost, position) =>
    now === undefined || targets[position] === now ? cost : cost + changeOfHands,
  );
  let position = final.indexOf(Math.min(...final));
  const segments: Segment[] = [];
  for (let index = points.length - 1; index >= 0; index--) {
    // Of all targets, none is one, too.
    const target = targets[position] ?? null;
    const { at, cost } = present(points[index]);
    const head = segments[0];
    if (head !== undefined && head.target === target) {
      head.first = at;
      head.points++;
      head.misfit += cost(target);
    } else {
      const until = head === undefined ? forever : (changes[index + 1] ?? head.first);
      segments.unshift({ target, first: at, last: at, points: 1, until, misfit: cost(target) });
    }
    position = present(present(choices[index])[position]);
  }
  const last = present(segments.at(-1));
  if (now !== undefined && last.target !== now) {
    last.until = freeInstant(holds, last.last, forever) ?? last.last + 1;
  }
  return segments;
}

/** The first instant in (after, upTo] at which no hold is under way; null where there is none. */
function freeInstant(holds: readonly Hold[], after: number, upTo: number): number | null {
  let instant = after + 1;
  for (const hold of holds) {
    if (instant > upTo) return null;
    // Holds come in order of their start: one that begins later cannot reach back.
    if (hold.from < instant && instant <= hold.to) instant = hold.to + 1;
  }
  return instant <= upTo ? instant : null;
}
