import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Report } from "../core/model/report.ts";
import { ContentError } from "../errors.ts";
import {
  orderSprints,
  type Post,
  parseFrontMatter,
  parsePost,
  parseReport,
  parseSettings,
  parseSprint,
  type SprintContent,
} from "./parse.ts";
import type { Settings } from "./settings-schema.ts";

export interface Content {
  dir: string;
  settings: Settings;
  /** By start. */
  sprints: SprintContent[];
  /** By date, then file name. */
  posts: Post[];
  /** By sprint number. */
  reports: Report[];
  /** `about.md`, where the team wrote one; plain Markdown, front matter allowed. */
  about: { body: string; file: string } | null;
}

async function namesIn(dir: string, ending: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => name.endsWith(ending) && !name.startsWith(".")).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw unreadable(dir, cause, "a folder of files");
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause, "a file");
  }
}

function unreadable(path: string, cause: unknown, expected: string): ContentError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    { EISDIR: "it is a folder", ENOTDIR: "it is no folder", ENOENT: "it leads nowhere" }[code ?? ""] ?? code;
  return new ContentError("content-unreadable", path, `cannot be read: ${why}`, {
    hint: `Expected ${expected} that you have the right to read. Mend it, or take it away.`,
    cause,
  });
}

/** Reads and checks `settings.yml`. Throws ContentError. */
export async function readSettings(dir: string): Promise<Settings> {
  const file = join(dir, "settings.yml");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw unreadable(file, cause, "a file");
    throw new ContentError("settings-missing", file, "is not there", {
      hint: "Set up a content folder with `npx sprintcast init`, or name one with --content DIR.",
      cause,
    });
  }
  return parseSettings(text, file);
}

async function readAbout(file: string): Promise<Content["about"]> {
  try {
    const text = await readFile(file, "utf8");
    return { body: text.startsWith("---") ? parseFrontMatter(text, file).body : text, file };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (cause instanceof ContentError) throw cause;
    throw unreadable(file, cause, "a file");
  }
}

/** Reads and checks everything a team wrote under `dir`. Throws ContentError at the first file that is wrong. */
export async function readContent(dir: string): Promise<Content> {
  const settings = await readSettings(dir);
  const each = async <T>(
    folder: string,
    ending: string,
    parse: (text: string, file: string) => T,
  ): Promise<T[]> => {
    const found: T[] = [];
    for (const name of await namesIn(join(dir, folder), ending)) {
      const file = join(dir, folder, name);
      found.push(parse(await textOf(file), file));
    }
    return found;
  };
  const sprints = orderSprints(
    await each("sprints", ".md", (text, file) => parseSprint(text, file, settings)),
  );
  const posts = await each("posts", ".md", (text, file) => parsePost(text, file, basename(file, ".md")));
  posts.sort((a, b) => a.date.localeCompare(b.date) || a.slug.localeCompare(b.slug));
  const reports = await each("reports", ".json", parseReport);
  reports.sort((a, b) => a.sprint.number - b.sprint.number);
  return { dir, settings, sprints, posts, reports, about: await readAbout(join(dir, "about.md")) };
}
