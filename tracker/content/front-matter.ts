import { ContentError } from "../errors.ts";
import { readYaml, type WrittenYaml } from "./yaml.ts";

/** Some editors begin a file with a byte order mark, which is none of its words. */
export const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

const opening = /^\uFEFF?---[ \t]*\r?\n/;
const closing = /\n---[ \t]*(?=\r?\n|$)/;

/** Whether a Markdown file begins with a line of three dashes. */
export const hasFrontMatter = (text: string): boolean => opening.test(text);

export interface FrontMatter {
  /** Its keys, with the lines of the file. */
  written: WrittenYaml;
  body: string;
  /** Where the body begins in the file, 0-based. */
  line: number;
}

/**
 * Splits a Markdown file into front matter and body. Throws ContentError where there is none, it never ends or does not
 * parse.
 */
export function parseFrontMatter(raw: string, file: string): FrontMatter {
  const text = withoutMark(raw);
  if (!hasFrontMatter(text)) {
    throw new ContentError("front-matter-missing", file, "has no front matter", {
      hint: 'Begin the file with a line "---", then keys such as "title: …", then a line "---".',
    });
  }
  const begin = text.indexOf("\n");
  const close = closing.exec(text.slice(begin));
  if (close === null)
    throw new ContentError("front-matter-open", file, "has front matter that never ends", {
      hint: 'Put a line "---" after its last key; the text comes below.',
    });
  const end = begin + close.index;
  const body = text.slice(end + close[0].length).replace(/^\r?\n/, "");
  const line = text.slice(0, text.length - body.length).split("\n").length - 1;
  try {
    // From the end of the opening line on, so that the lines of YAML are those of the file.
    const written = readYaml(text.slice(begin, end).replace(/\r$/, ""));
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
