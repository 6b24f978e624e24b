import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { readContent } from "../content/read.ts";
import { contentWarnings, warningText } from "../content/warnings.ts";
import { exampleContent } from "./example-content.ts";

/** Before each test of a file a copy of the bundled content, and what a team is warned of on 13 March 2026. */
export function warnedContent() {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "sprintcast-warnings-"));
    cpSync(exampleContent(), dir, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));
  const at = (path: string): string => join(dir, path);
  return {
    /** A path within the copy, as the system has it. */
    at,
    put(path: string, text = "x"): void {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
    move(from: string, to: string): void {
      mkdirSync(dirname(at(to)), { recursive: true });
      renameSync(at(from), at(to));
    },
    warnings: async (): Promise<string[]> =>
      contentWarnings(await readContent(dir), "2026-03-13").map(warningText),
    read: () => readContent(dir),
    /** A post with this front matter and body. */
    post: (front: string, body: string): string =>
      `---\ntitle: A post\ndate: 2019-11-20\n${front}\n---\n\n${body}\n`,
  };
}
