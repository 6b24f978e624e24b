import leven from "leven";

/** One thing that was looked at. `mend`: figures are wrong or missing until it is mended. */
export interface Check {
  name: string;
  verdict: "fine" | "look" | "mend";
  found: string;
  hint?: string;
}

/** The name most like the one that is not there, as a question; nothing where none is near. */
export function didYouMean(wanted: string, names: string[]): string {
  const near = names
    .map((name) => ({ name, distance: leven(name.toLowerCase(), wanted.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.max(2, wanted.length / 3) ? `Did you mean "${near.name}"? ` : "";
}

/** What there is instead, the newest where they are many. */
export function newestOf(titles: readonly string[]): string {
  if (titles.length <= 8) return `There are: ${titles.join(", ") || "none"}.`;
  return `The newest of ${titles.length} are: ${titles.slice(-8).join(", ")}.`;
}
