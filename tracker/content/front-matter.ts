import { ContentError } from "../errors.ts";
import { readYaml, type WrittenYaml } from "./yaml.ts";

/** Some editors begin a file with a byte order mark, which is none of its words. */
export const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

const opening = /^\uFEFF?---[ \t]*\r?\n/;
/** Three dashes; or three dots, which end a document of YAML, with dashes below them or without. */
const closing = /\n(?:\.\.\.[ \t]*(?:\r?\n---[ \t]*)?|---[ \t]*)(?=\r?\n|$)/;

/** Whether a Markdown file begins with a line of three dashes. */
export const hasFrontMatter = (text: string): boolean => opening.test(text);

export interface FrontMatter {
  /** Its keys, with the lines of the file. */
  written: WrittenYaml;
  body: string;
  /** Where the body begins in the file, 0-based. */
  line: number;
}

/** Whether a file is keys to its end. What looks like a comment below the last of them may be a heading of the text. */
function isAllKeys(rest: string): boolean {
  const lines = rest.split("\n");
  const lastKey = lines.findLastIndex((line) => /^[^\s#-]/.test(line));
  if (lines.slice(lastKey + 1).some((line) => line.startsWith("#"))) return false;
  try {
    const { value } = readYaml(rest);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Splits a Markdown file into front matter and body; a file of keys alone needs no last line. Throws ContentError where
 * there is none, it never ends or does not parse.
 */
export function parseFrontMatter(raw: string, file: string): FrontMatter {
  const text = withoutMark(raw);
  if (!hasFrontMatter(text)) {
    throw new ContentError("front-matter-missing", file, "has no front matter", {
      hint: 'Begin the file with a line "---", then keys such as "title: …", then a line "---".',
    });
  }
  const begin = text.indexOf("\n");
  const rest = text.slice(begin);
  const close = closing.exec(rest);
  if (close === null && !isAllKeys(rest))
    throw new ContentError("front-matter-open", file, "has front matter that never ends", {
      hint: 'Put a line "---" after its last key; the text comes below.',
    });
  const end = close?.index ?? rest.length;
  const body = rest.slice(end + (close?.[0].length ?? 0)).replace(/^\r?\n/, "");
  const line = text.slice(0, text.length - body.length).split("\n").length - 1;
  try {
    // From the end of the opening line on, so that the lines of YAML are those of the file.
    const written = readYaml(rest.slice(0, end).replace(/\r$/, ""));
    return { written, body, line };
  } catch (cause) {
    throw new ContentError(
      "front-matter-yaml",
      file,
      `the front matter is not valid YAML: ${(cause as Error).message}`,
      {
        hint: "Values with a colon, a quote or a leading symbol need quotes around them.",
        cause,
      },
    );
  }
}
