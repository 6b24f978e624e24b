import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import type { Flow } from "../core/model/flow.ts";
import type { Report } from "../core/model/report.ts";
import type { SprintName } from "../core/model/sprint.ts";
import { ContentError } from "../errors.ts";
import { throwTogether } from "./faults.ts";
import { findContent, type UnreadFile, unreadable } from "./files.ts";
import { hasFrontMatter, parseFrontMatter, withoutMark } from "./front-matter.ts";
import { misplaced, reportedSprint } from "./kept-reports.ts";
import {
  orderSprints,
  type Post,
  parseFlow,
  parsePost,
  parseReport,
  parseSettings,
  parseSprint,
  requireTeam,
  type SprintContent,
} from "./parse.ts";
import { withTeam } from "./post-team.ts";
import type { Settings } from "./settings-schema.ts";
import { slugOf } from "./slug.ts";

export interface Content {
  dir: string;
  settings: Settings;
  /** By start. */
  sprints: SprintContent[];
  /** By date, then file name. */
  posts: Post[];
  /** By sprint number. */
  reports: Report[];
  /** Where each of them lies, by what its sprint is called today. */
  reportFiles: ReadonlyMap<SprintName, string>;
  /** How work flowed when it was last written down, team by team. */
  flows: Flow[];
  /** Recorded runs of the live demo. */
  recordings: string[];
  /** All other files, which texts may show or link to. */
  attachments: string[];
  /** Files that nobody reads. */
  unread: UnreadFile[];
  /** `about.md`, where the team wrote one; plain Markdown, front matter allowed. */
  about: { body: string; file: string; line: number } | null;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function textOf(file: string): Promise<string> {
  try {
    return utf8.decode(await readFile(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA")
      throw unreadable(file, cause, "a file");
    throw new ContentError("content-encoding", file, "is not UTF-8", {
      hint: "Save it as UTF-8: in another encoding its letters would be guessed.",
      cause,
    });
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof ContentError && (error.cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT";

/** Reads and checks `settings.yml`. Throws ContentError. */
export async function readSettings(dir: string): Promise<Settings> {
  const file = join(dir, "settings.yml");
  let text: string;
  try {
    text = await textOf(file);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    const other = (await readdir(dir).catch(() => [])).find((name) => /^settings\.ya?ml$/i.test(name));
    const [told, hint] =
      other === undefined
        ? [
            "is not there",
            "Set up a content folder with `npx sprintcast init`, or name one with --content DIR.",
          ]
        : [`is not there, but ${other} is`, `Rename it: mv ${other} settings.yml`];
    throw new ContentError("settings-missing", file, told, { hint, cause });
  }
  return parseSettings(text, file);
}

/** A README without front matter is for whoever opens the folder, and neither sprint nor post. */
const isReadme = (file: string, text: string): boolean =>
  /^readme\b/i.test(basename(file)) && !hasFrontMatter(text);

async function readAbout(file: string): Promise<Content["about"]> {
  try {
    const text = await textOf(file);
    if (!hasFrontMatter(text)) return { body: withoutMark(text), file, line: 0 };
    const { body, line } = parseFrontMatter(text, file);
    return { body, file, line };
  } catch (cause) {
    if (isMissing(cause)) return null;
    throw cause;
  }
}

/**
 * Reads and checks everything a team wrote under `dir`. Throws ContentError that names every file that is wrong; what
 * no reader picks up is in `unread`.
 */
export async function readContent(dir: string): Promise<Content> {
  const settings = await readSettings(dir);
  const files = await findContent(dir, new Set(settings.teams.map(({ name }) => slugOf(name))));
  const faults: ContentError[] = [];
  const each = async <T>(
    found: readonly string[],
    parse: (text: string, file: string) => T,
  ): Promise<T[]> => {
    const parsed: T[] = [];
    for (const file of found) {
      try {
        const text = await textOf(file);
        if (isReadme(file, text)) files.attachments.push(file);
        else parsed.push(parse(text, file));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        faults.push(error);
      }
    }
    return parsed;
  };
  const planned = await each(files.sprints, (text, file) => parseSprint(text, file, settings));
  const written = await each(files.posts, (text, file) => {
    const post = parsePost(text, file, addressOf(join(dir, "posts"), file));
    requireTeam(post.team, file, settings, "post-invalid");
    return post;
  });
  const kept = await each(files.reports, (text, file) => ({ file, report: parseReport(text, file) }));
  const flown = await each(files.flows, (text, file) => ({ file, flow: parseFlow(text, file) }));
  throwTogether(faults);
  const sprints = orderSprints(planned);
  requireOwnAddresses(written);
  const unread = [...files.unread];
  const { reports, reportFiles } = reportsInPlace(dir, kept, { sprints, settings }, unread);
  const named = [...sprints, ...reports].map(({ sprint }) => sprint);
  const posts = written.map((post) => withTeam(post, named));
  posts.sort((a, b) => a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug));
  const flows = flowsOfTeams(flown, sprints, unread);
  return {
    dir,
    settings,
    sprints,
    posts,
    reports,
    reportFiles,
    flows,
    recordings: files.recordings,
    attachments: files.attachments,
    unread,
    about: await readAbout(join(dir, "about.md")),
  };
}

/** `2026/03 Review.markdown` below posts/ has the address `2026-03-review`. */
const addressOf = (posts: string, file: string): string =>
  slugOf(relative(posts, file).replace(/\.(md|markdown)$/i, ""));

function requireOwnAddresses(posts: readonly Post[]): void {
  const taken = new Map<string, Post>();
  for (const post of posts) {
    const twin = taken.get(post.slug);
    if (twin !== undefined)
      throw new ContentError(
        "post-address-twice",
        post.file,
        `has the address of ${twin.file}: ${post.slug}`,
        {
          hint: "Rename one of the two files. Capitals, accents, blanks and signs make no difference in an address.",
        },
      );
    taken.set(post.slug, post);
  }
}

/** The reports that lie where they are looked for; the others are named in `unread`. */
function reportsInPlace(
  dir: string,
  found: readonly { file: string; report: Report }[],
  written: Pick<Content, "sprints" | "settings">,
  unread: UnreadFile[],
): Pick<Content, "reports" | "reportFiles"> {
  const reportFiles = new Map<SprintName, string>();
  const reports = found.flatMap(({ file, report }) => {
    const name = reportedSprint(report, written);
    const twin = reportFiles.get(name);
    const why =
      misplaced(file, dir, report) ??
      (twin === undefined ? null : `the report of sprint ${name} is read from ${relative(dir, twin)}`);
    if (why === null) reportFiles.set(name, file);
    else unread.push({ file, why });
    return why === null ? [report] : [];
  });
  const hasTeams = reports.some(({ sprint }) => sprint.team !== undefined);
  // Of several teams each counts for itself: only time has one order.
  const day = ({ sprint }: Report) => (hasTeams ? Date.parse(sprint.start) : 0);
  reports.sort((a, b) => day(a) - day(b) || a.sprint.number - b.sprint.number);
  return { reports, reportFiles };
}

/** The flows of teams that have sprints; the others are named in `unread`. */
function flowsOfTeams(
  found: readonly { file: string; flow: Flow }[],
  sprints: readonly SprintContent[],
  unread: UnreadFile[],
): Flow[] {
  const teams = new Set(sprints.map(({ sprint }) => sprint.team));
  return found.flatMap(({ file, flow }) => {
    if (teams.size === 0 || teams.has(flow.team)) return [flow];
    const why =
      flow.team === undefined ? "every sprint names a team" : `no sprint is of the team ${flow.team}`;
    unread.push({ file, why });
    return [];
  });
}
