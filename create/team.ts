import { Temporal } from "temporal-polyfill";
import { CreateError } from "./errors.ts";
import { quoted } from "./safe-text.ts";

/** What the first files say of a team. */
export interface Team {
  /** owner/name on GitHub. */
  repository: string;
  /** That GitHub on the web, where it is not github.com. */
  github: string | null;
  /** IANA time zone. */
  timeZone: string;
  title: string;
  /** YYYY-MM-DD, first and last day of the first sprint. */
  firstDay: string;
  lastDay: string;
  milestone: string;
}

/** As the person typed it; what is left out is guessed. */
export interface TeamWishes {
  github?: string | null;
  title?: string | undefined;
  milestone?: string | undefined;
  firstDay?: string | undefined;
  days?: string | undefined;
}

/** The team's first facts. `now`: epoch ms. Throws CreateError where one of them cannot be used. */
export function teamOf(repository: string, timeZone: string, wishes: TeamWishes, now: number): Team {
  if (!isRepositoryName(repository))
    throw new CreateError(
      "repo-form",
      `${quoted(repository)} is no repository`,
      "Write owner/name, such as octo-org/rocket.",
    );
  if (!isTimeZone(timeZone))
    throw new CreateError(
      "zone-unknown",
      `${quoted(timeZone)} is no IANA time zone`,
      "Write --zone Europe/Vienna, America/New_York, UTC, …",
    );
  const title = (wishes.title ?? `${repository.split("/")[1]}: sprint reviews`).toWellFormed();
  if (title.trim() === "")
    throw new CreateError("title-form", "--title is empty", "Name the website, or leave the option out.");
  const milestone = (wishes.milestone ?? "Sprint 1").toWellFormed();
  if (milestone.trim() === "")
    throw new CreateError(
      "milestone-form",
      "--milestone names no milestone",
      'Write its title, such as --milestone "Sprint 1", or leave the option out.',
    );
  const { github = null } = wishes;
  return { repository, github, timeZone, title, milestone, ...firstSprint(timeZone, wishes, now) };
}

/** Whether `text` can be a repository on GitHub, owner/name. "." and ".." would climb to another address. */
export const isRepositoryName = (text: string): boolean => {
  const [owner, name, ...rest] = text.split("/");
  return rest.length === 0 && [owner, name].every((part) => /^(?!\.{1,2}$)[\w.-]+$/.test(part ?? ""));
};

/** Whether `name` is an IANA zone. A fixed offset is none: it knows no daylight saving, so it is wrong half the year. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

function firstSprint(
  timeZone: string,
  wishes: TeamWishes,
  now: number,
): { firstDay: string; lastDay: string } {
  const days = wishes.days ?? "12";
  const length = Number(days);
  if (!Number.isInteger(length) || length < 1 || length > 365)
    throw new CreateError(
      "days-form",
      `--days ${quoted(days)} is no length of a sprint`,
      "Write a whole number of calendar days, such as 12.",
    );
  const first = wishes.firstDay === undefined ? thisMonday(timeZone, now) : dayNamed(wishes.firstDay);
  return { firstDay: first.toString(), lastDay: first.add({ days: length - 1 }).toString() };
}

function thisMonday(timeZone: string, now: number): Temporal.PlainDate {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return today.subtract({ days: today.dayOfWeek - 1 });
}

function dayNamed(text: string): Temporal.PlainDate {
  try {
    const day = Temporal.PlainDate.from(text, { overflow: "reject" });
    if (day.year >= 1970 && day.year < 9999) return day;
  } catch {
    // Said below, as for a day no calendar of ours reaches.
  }
  throw new CreateError(
    "day-form",
    `--first-day ${quoted(text)} is no day`,
    "Write YYYY-MM-DD, such as 2026-01-05.",
  );
}
