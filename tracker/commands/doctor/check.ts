import { nearest } from "../../content/validate.ts";

/** One thing that was looked at. `mend`: figures are wrong or missing until it is mended. */
export interface Check {
  name: string;
  verdict: "fine" | "look" | "mend";
  found: string;
  hint?: string;
}

/** Each once: several teams may have the same fault, and one mend is enough. */
export function eachOnce(checks: readonly Check[]): Check[] {
  const told = new Map(
    checks.map((check) => [JSON.stringify([check.name, check.verdict, check.found]), check]),
  );
  return [...told.values()];
}

/** The name most like the one that is not there, as a question; nothing where none is near. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const near = nearest(wanted, names);
  return near === null ? "" : `Did you mean "${near}"? `;
}

/** What there is instead, the newest where they are many. */
export function newestOf(titles: readonly string[]): string {
  if (titles.length <= 8) return `There are: ${titles.join(", ") || "none"}.`;
  return `The newest of ${titles.length} are: ${titles.slice(-8).join(", ")}.`;
}
