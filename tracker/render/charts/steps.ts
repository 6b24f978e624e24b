import { round } from "./svg.ts";

export type Step = readonly [x: number, y: number];

/**
 * A line that stays level from each point to the next, as SVG path data: half as long as with a corner for each point,
 * since it names only what changes.
 */
export function stepPath(points: readonly Step[]): string {
  const [first] = points;
  if (first === undefined) return "";
  let [x, y] = first.map(round) as [number, number];
  let path = `M${x},${y}`;
  let drawn = x;
  for (const [nextX, nextY] of points.slice(1)) {
    x = round(nextX);
    const level = round(nextY);
    if (level === y) continue;
    path += x === drawn ? `V${level}` : `H${x}V${level}`;
    [drawn, y] = [x, level];
  }
  return drawn === x ? path : `${path}H${x}`;
}

/** The same down to a floor. */
export function stepArea(points: readonly Step[], floor: number): string {
  const [first] = points;
  return first === undefined ? "" : `${stepPath(points)}V${round(floor)}H${round(first[0])}Z`;
}
