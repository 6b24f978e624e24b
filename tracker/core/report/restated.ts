import type { Report, Restatement } from "../model/report.ts";

/** What a restatement says once history agrees with the frozen figures again. */
export const agreesAgain = "Later history agrees with the frozen figures again.";

/** Restatements used to tell changed words, too: what such a one says of figures, null where it says nothing of them. */
export function figuresRestated({ at, note, changes }: Restatement): Restatement | null {
  const figures = changes.filter(({ figure }) => figure !== "kalm.keepRate" && figure !== "goalMet");
  const told = note.replace("Promises or answers in the review were changed after the freeze.", "").trim();
  const isOfWords = told === "" || (figures.length < changes.length && figures.length === 0);
  return isOfWords ? null : { at, note: told, changes: figures };
}

/** What later history says against the report's figures or lists as they are frozen; null where it says nothing. */
export function restatementOf({ restatements }: Pick<Report, "restatements">): Restatement | null {
  const newest = restatements.map(figuresRestated).findLast((one) => one !== null) ?? null;
  return newest?.note === agreesAgain ? null : newest;
}
