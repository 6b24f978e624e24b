import { counted } from "../core/model/counted.ts";
import type { Flow } from "../core/model/flow.ts";
import type { Report } from "../core/model/report.ts";
import { type Sprint, type SprintName, sprintName } from "../core/model/sprint.ts";
import { ContentError } from "../errors.ts";
import { flowSchema } from "./flow-schema.ts";
import { parseFrontMatter, withoutMark } from "./front-matter.ts";
import { type PostFront, postSchema } from "./post-schema.ts";
import { reportSchema } from "./report-schema.ts";
import { type Settings, settingsFrom, settingsOfTeam, settingsSchema } from "./settings-schema.ts";
import { type SprintFront, sprintOf, sprintSchema } from "./sprint-schema.ts";
import { nearest, validate } from "./validate.ts";
import { readYaml, type WrittenYaml } from "./yaml.ts";

/** A post with its front matter read. `line` is where the body begins in the file, 0-based: for errors in the body. */
export interface Post extends PostFront {
  /** Its address: the file's path below posts/ without its ending, as a slug. */
  slug: string;
  body: string;
  file: string;
  line: number;
}

export interface SprintContent {
  front: SprintFront;
  sprint: Sprint;
  body: string;
  file: string;
}

const keysHint = "docs/settings.md lists every key with its meaning and default.";
const keptHint = "It is written by `npx sprintcast freeze`; bring it back from the repository's history.";

export function parseSettings(text: string, file: string): Settings {
  let written: WrittenYaml;
  try {
    written = readYaml(withoutMark(text));
  } catch (cause) {
    throw new ContentError("settings-yaml", file, `is not valid YAML: ${(cause as Error).message}`, {
      hint: 'The least that works: "repository: owner/name" and "timeZone: Europe/Vienna".',
      cause,
    });
  }
  const value = withTitle(written, "project") ?? {};
  const checked = { file, code: "settings-invalid", hint: keysHint, written };
  return settingsFrom(validate(settingsSchema, value, checked));
}

/**
 * What is written, with the number at `key` as a title where it is not one as it stands: a milestone called 1.10 is
 * none called 1.1, and 1.0 is not number 1.
 */
function withTitle({ value, sourceAt }: WrittenYaml, key: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const number: unknown = Reflect.get(value, key);
  const source = sourceAt([key]);
  return typeof number !== "number" || source === null || /^[+-]?\d+$/.test(source)
    ? value
    : { ...value, [key]: source };
}

export function parseSprint(text: string, file: string, settings: Settings): SprintContent {
  const { written, body } = parseFrontMatter(text, file);
  const checked = { file, code: "sprint-invalid", hint: keysHint, written };
  const front = validate(sprintSchema, withTitle(written, "milestone") ?? {}, checked) as SprintFront;
  requireTeam(front.team, file, settings, "sprint-invalid");
  const sprint = sprintOf(front, settingsOfTeam(settings, front.team ?? null));
  if (sprint.grace >= sprint.end - sprint.start)
    throw new ContentError(
      "sprint-invalid",
      file,
      `planGraceHours: ${counted(sprint.grace / 3_600_000, "hour")} is as long as the sprint or longer, so nothing could ever be unexpected`,
      { hint: "Set planGraceHours lower, in the sprint or in settings.yml." },
    );
  return { front, sprint, body, file };
}

export function parsePost(text: string, file: string, slug: string): Post {
  const { written, body, line } = parseFrontMatter(text, file);
  const checked = { file, code: "post-invalid", hint: keysHint, written };
  const front = validate(postSchema, written.value ?? {}, checked) as PostFront;
  return { ...front, slug, body, file, line };
}

export function parseReport(text: string, file: string): Report {
  return validate(reportSchema, jsonIn(text, file), ofReport(file)) as Report;
}

/** `reports/flow.json`. Throws ContentError `report-json` or `report-invalid`. */
export function parseFlow(text: string, file: string): Flow {
  return validate(flowSchema, jsonIn(text, file), ofReport(file));
}

const ofReport = (file: string) => ({ file, code: "report-invalid", hint: keptHint });

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (cause) {
    throw new ContentError("report-json", file, "is not valid JSON", {
      hint: keptHint,
      cause,
    });
  }
}

/** Throws ContentError where the settings list no team of this name. `code`: of the file's kind. */
export function requireTeam(
  team: string | undefined,
  file: string,
  { teams }: Settings,
  code: "sprint-invalid" | "post-invalid",
): void {
  const names = teams.map(({ name }) => name);
  if (team === undefined || names.includes(team)) return;
  const meant = nearest(team, names);
  throw new ContentError(
    code,
    file,
    `team: no team is called ${JSON.stringify(team)}${meant === null ? "" : `; did you mean ${JSON.stringify(meant)}?`}`,
    {
      hint:
        names.length === 0
          ? "List the teams in settings.yml: teams: [{ name: … }, { name: … }]."
          : `settings.yml lists ${names.join(", ")}.`,
    },
  );
}

/** Sprints by start. Throws ContentError where two of one team share a number or a moment. */
export function orderSprints(sprints: readonly SprintContent[]): SprintContent[] {
  const sorted = [...sprints].sort((a, b) => a.sprint.start - b.sprint.start);
  const seen = new Map<SprintName, SprintContent>();
  for (const one of sorted) {
    const twin = seen.get(sprintName(one.sprint));
    if (twin !== undefined)
      throw new ContentError(
        "sprint-number-twice",
        one.file,
        `number ${one.sprint.number} is taken by ${twin.file}`,
        { hint: "Give each sprint of a team a number of its own." },
      );
    seen.set(sprintName(one.sprint), one);
  }
  const newest = new Map<string | undefined, SprintContent>();
  for (const one of sorted) {
    const before = newest.get(one.sprint.team);
    newest.set(one.sprint.team, one);
    if (before !== undefined && before.sprint.end > one.sprint.start)
      throw new ContentError(
        "sprints-overlap",
        one.file,
        `sprint ${one.sprint.number} starts at ${new Date(one.sprint.start).toISOString()}, before sprint ${before.sprint.number} (${before.file}) ends at ${new Date(before.sprint.end).toISOString()}`,
        {
          hint: "A sprint ends at the midnight after its last day; let the next one start then or later. Sprints of different teams may overlap: list the teams in settings.yml, and give each sprint its team.",
        },
      );
  }
  return sorted;
}
