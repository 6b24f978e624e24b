import leven from "leven";
import { UsageError } from "../errors.ts";
import { figureWords } from "../render/figure-words.ts";

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");

/** A figure as a user names it: case, blanks and dashes aside. Throws UsageError with the nearest, and all there are. */
export function parseFigure(text: string): string {
  const names = Object.keys(figureWords);
  const found = names.find((name) => folded(name) === folded(text));
  if (found !== undefined) return found;
  const nearest = names
    .map((name) => ({ name, distance: leven(folded(name), folded(text)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const guess =
    nearest && nearest.distance <= Math.max(2, text.length / 3) ? `Did you mean ${nearest.name}? ` : "";
  throw new UsageError("no-such-figure", `there is no figure "${text}"`, {
    hint: `${guess}There are ${names.join(", ")}.`,
  });
}
