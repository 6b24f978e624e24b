import leven from "leven";
import { Temporal } from "temporal-polyfill";
import { isRepositoryName } from "../core/model/repository-name.ts";
import { type SprintName, sprintArgument, sprintParts } from "../core/model/sprint.ts";
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

interface Choice {
  /** Every sprint there is. */
  names: readonly SprintName[];
  /** Of `--team`. */
  team?: string | undefined;
}

/**
 * The sprint a user typed: `3`, of one of several teams `api/3`, or `3` with `--team api`. A number alone means the sprint
 * without a team, or the only one of that number. Throws UsageError where it is none, or could be several.
 */
export function parseSprint(text: string, { names, team }: Choice): SprintName {
  const all = names.join(", ");
  const hint = all === "" ? "Add sprints in content/sprints/." : `There are: ${all}.`;
  const [, said, digits] = /^(?:(.+)\/)?(\d{1,6})$/.exec(text) ?? [];
  if (digits === undefined)
    throw new UsageError(
      "sprint-number",
      `"${safeText(text)}" is not a sprint number, expected a whole number such as 3`,
      { hint },
    );
  if (said !== undefined && team !== undefined && !isSame(said, team))
    throw new UsageError("two-teams", `"${safeText(text)}" and --team ${safeText(team)} name two teams`, {
      hint: "Leave one of them out.",
    });
  const number = Number(digits);
  const whose = said ?? team;
  const found = names.filter(
    (name) =>
      sprintParts(name).number === number &&
      (whose === undefined || isSame(sprintParts(name).team ?? "", whose)),
  );
  const only = found.length === 1 ? found[0] : found.find((name) => name === number);
  if (only !== undefined) return only;
  if (found.length > 1)
    throw new UsageError("sprint-unclear", `several teams have a sprint ${number}`, {
      hint: `Write ${found.map(sprintArgument).join(" or ")}, or name the team with --team.`,
    });
  const asked = whose === undefined ? number : `${safeText(whose)}/${number}`;
  throw new UsageError("no-such-sprint", `there is no sprint ${asked}`, { hint });
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

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
