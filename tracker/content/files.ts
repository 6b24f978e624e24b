import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { ContentError } from "../errors.ts";

/** A file that no reader picks up, with what was expected of it. */
export interface UnreadFile {
  file: string;
  /** A sentence without a full stop. */
  why: string;
}

/** Every file below `content/`, by who reads it. */
export interface ContentFiles {
  sprints: string[];
  posts: string[];
  reports: string[];
  /** `reports/flow.json`, or of several teams `reports/flow-web.json` each. */
  flows: string[];
  recordings: string[];
  /** Every other file; texts may link to it. */
  attachments: string[];
  /** Those of them that look as if somebody should read them. */
  unread: UnreadFile[];
}

const markdown = /\.(md|markdown)$/i;
/** What may stand beside a text without being one: pictures, films, sounds, papers. */
const attachment =
  /\.(avif|csv|drawio|excalidraw|gif|ico|jpe?g|m4a|mov|mp3|mp4|ogg|pdf|png|puml|svg|wav|webm|webp|zip)$/i;
/** Texts, and what an editor or a copy makes of one. */
const textual =
  /\.(adoc|bak|docx?|html?|json5?|jsonc|markdown|md|mdown|mdx|mkd|mkdn|ndjson|odt|old|orig|org|rst|rtf|tmp|toml|txt|ya?ml)$|~$/i;
/** For whoever opens the folder. */
const isReadme = (file: string): boolean => /^readme\b/i.test(basename(file));
const readAtTop = new Set(["settings.yml", "about.md"]);

/**
 * Finds what a team wrote. Sprints and posts are Markdown in any folder below `sprints/` and `posts/`, whether their
 * names end in .md, .MD or .markdown. Names that begin with a dot belong to others.
 */
export async function findContent(dir: string, teams: ReadonlySet<string>): Promise<ContentFiles> {
  const found: ContentFiles = {
    sprints: [],
    posts: [],
    reports: [],
    flows: [],
    recordings: [],
    attachments: [],
    unread: [],
  };
  for (const file of await filesBelow(dir)) {
    const [top = "", name = "", ...deeper] = relative(dir, file).split(sep);
    const why = expected[top];
    if (name === "") {
      if (why !== undefined) throw unreadable(file, { code: "ENOTDIR" }, "a folder of files");
      if (readAtTop.has(top)) continue;
      found.attachments.push(file);
      if (textual.test(top) && !isReadme(top)) found.unread.push({ file, why: whyAtTop(top) });
    } else if ((top === "sprints" || top === "posts") && markdown.test(file)) found[top].push(file);
    else if (top === "reports" && isOf([name, ...deeper], /^\d{2,}\.json$/, teams)) found.reports.push(file);
    else if (top === "reports" && deeper.length === 0 && /^flow(-.+)?\.json$/.test(name))
      found.flows.push(file);
    else if (top === "recordings" && isOf([name, ...deeper], /^\d+\.ndjson$/, teams))
      found.recordings.push(file);
    else {
      found.attachments.push(file);
      const looksRead = why === undefined ? textual.test(file) : !attachment.test(file);
      if (looksRead && !isReadme(file))
        found.unread.push({ file, why: why ?? `the folder ${top} is not read` });
    }
  }
  return found;
}

/** A file of one sprint, or that of a team in its folder. */
const isOf = ([name = "", ...deeper]: string[], pattern: RegExp, teams: ReadonlySet<string>): boolean =>
  deeper.length === 0 ? pattern.test(name) : teams.has(name) && isOf(deeper, pattern, new Set());

const expected: Record<string, string> = {
  sprints: "a sprint is a Markdown file whose name ends in .md",
  posts: "a post is a Markdown file whose name ends in .md",
  reports:
    "a report is a file such as reports/03.json, named for its sprint with two digits, of a team that counts its own sprints reports/api/03.json, or flow.json",
  recordings:
    "a recording is a file such as recordings/03.ndjson, named for its sprint, of a team recordings/api/03.ndjson",
};

function whyAtTop(name: string): string {
  if (/^settings\b/i.test(name)) return "the settings are read from settings.yml";
  if (/^about\b/i.test(name)) return "the About page is read from about.md";
  return "sprints are read from sprints/, posts from posts/";
}

/** Linked folders come last: what they show is read where it lies, and a circle of links ends. */
async function filesBelow(dir: string): Promise<string[]> {
  const seen = new Set<string>();
  const links: string[] = [];
  const found = await walk(dir, seen, links);
  for (const link of links) found.push(...(await walk(link, seen, links)));
  return found;
}

/** `seen`: folders walked already, by where they lie. Linked folders are put into `links`. */
async function walk(dir: string, seen: Set<string>, links: string[]): Promise<string[]> {
  const found: string[] = [];
  const real = await realpath(dir).catch(() => dir);
  if (seen.has(real)) return found;
  seen.add(real);
  for (const entry of await entriesOf(dir)) {
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(dir, entry.name);
    // A folder called 03.md is surely meant as a file: whoever reads it says what it is.
    const isWalked = !/\.(md|markdown|json|ndjson|ya?ml)$/i.test(entry.name) && (await isFolder(entry, path));
    if (!isWalked) found.push(path);
    else if (entry.isSymbolicLink()) links.push(path);
    else found.push(...(await walk(path, seen, links)));
  }
  return found;
}

async function entriesOf(dir: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw unreadable(dir, cause, "a folder of files");
  }
}

async function isFolder(entry: Dirent, path: string): Promise<boolean> {
  if (entry.isDirectory()) return true;
  if (!entry.isSymbolicLink()) return false;
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

const reasons: Record<string, string> = {
  EISDIR: "it is a folder",
  ENOTDIR: "it is not a folder",
  ENOENT: "its target does not exist",
  ELOOP: "its links lead in a circle",
  EACCES: "you have no right to read it",
  EPERM: "you have no right to read it",
};

/** The error for something under `content/` that is there and cannot be read. */
export function unreadable(path: string, cause: unknown, wanted: string): ContentError {
  const { code } = cause as NodeJS.ErrnoException;
  const why = reasons[code ?? ""] ?? code ?? String(cause);
  return new ContentError("content-unreadable", path, `cannot be read: ${why}`, {
    hint: `Expected ${wanted} that you have the right to read. Fix it or remove it.`,
    cause,
  });
}
