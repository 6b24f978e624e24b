import leven from "leven";
import { Temporal } from "temporal-polyfill";
import { isRepositoryName } from "../core/model/repository-name.ts";
import { UsageError } from "../errors.ts";
import { type FigureKey, figureKeys, figures, nameOf } from "../render/figures/figures.ts";
import { safeText } from "../render/safe-text.ts";

/** owner/name as `option` gave it. Errors: UsageError `repo-form`. */
export function parseRepository(option: string, text: string): string {
  if (isRepositoryName(text)) return text;
  throw new UsageError("repo-form", `${option} ${JSON.stringify(safeText(text))} is not a repository`, {
    hint: "Write owner/name, such as octocat/hello-world.",
  });
}

/** An ISO instant with Z or its offset, to epoch milliseconds. Errors: UsageError `bad-instant`. */
export function parseInstant(text: string): number {
  const at = instantIn(text);
  if (at !== null) return at;
  throw new UsageError("bad-instant", `--at ${JSON.stringify(text)} is not a valid time`, {
    hint: "expected ISO 8601 with Z or an offset, such as 2024-03-01T00:00:00Z or 2024-03-01T09:30:00+01:00",
  });
}

/**
 * An instant as a user writes it, epoch ms: with an offset (2019-10-25T12:00Z), or as local time or day in the
 * team's zone (2019-10-25T12:00, 2019-10-25: the midnight with which it begins). Throws UsageError `bad-instant`.
 */
export function parseTeamInstant(text: string, timeZone: string): number {
  const at = instantIn(text);
  if (at !== null) return at;
  try {
    // A zone in brackets would be read past, and the time taken for one of the team's.
    if (text.includes("[")) return Temporal.ZonedDateTime.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text, { overflow: "reject" }).toZonedDateTime(timeZone)
      .epochMilliseconds;
  } catch (cause) {
    throw new UsageError("bad-instant", `--at ${JSON.stringify(text)} is not a valid time`, {
      hint: `Write one such as 2026-03-05T14:30:00Z, or 2026-03-05T14:30 for the time in ${timeZone}.`,
      cause,
    });
  }
}

/** null where the text does not say how far from UTC it is, or is no time at all. */
function instantIn(text: string): number | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** A whole number in [from, to]. Throws UsageError `bad-number`. */
export function parseWhole(text: string, option: string, { from, to }: { from: number; to: number }): number {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number >= from && number <= to) return number;
  throw new UsageError("bad-number", `${option} ${JSON.stringify(text)} is no number that it takes`, {
    hint: `Write a whole number from ${from} to ${to}.`,
  });
}

/** The number a user typed. Throws UsageError where it is none, or no sprint of this team. */
export function parseSprintNumber(text: string, known: number[]): number {
  const hint = known.length === 0 ? "Add sprints in content/sprints/." : `There are: ${known.join(", ")}.`;
  if (!/^\d{1,6}$/.test(text))
    throw new UsageError(
      "sprint-number",
      `"${text}" is not a sprint number, expected a whole number such as 3`,
      { hint },
    );
  const number = Number(text);
  if (!known.includes(number))
    throw new UsageError("no-such-sprint", `there is no sprint ${number}`, { hint });
  return number;
}

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");

/**
 * A figure as a user names it, by its name, its key in the report or its label: case, blanks and dashes aside.
 * Throws UsageError with the nearest, and all there are.
 */
export function parseFigure(text: string): FigureKey {
  const found = figureKeys.find((key) =>
    [nameOf(key), key, figures[key].label].some((name) => folded(name) === folded(text)),
  );
  if (found !== undefined) return found;
  const names = figureKeys.map(nameOf);
  const nearest = names
    .map((name) => ({ name, distance: leven(folded(name), folded(text)) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const guess =
    nearest && nearest.distance <= Math.max(2, text.length / 3) ? `Did you mean ${nearest.name}? ` : "";
  throw new UsageError("no-such-figure", `there is no figure "${text}"`, {
    hint: `${guess}There are ${names.join(", ")}.`,
  });
}
