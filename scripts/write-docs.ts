import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { settingsTables } from "../tracker/content/settings-table.ts";
import { buildProgram } from "../tracker/program.ts";
import { quietIo } from "../tracker/testing/quiet-io.ts";
import { renderCliDocs } from "./cli-docs.ts";
import { renewFigureDocs } from "./figure-docs.ts";

const docs = join(import.meta.dirname, "../docs");
const io = quietIo({ cwd: docs, now: 0 });
await writeFile(join(docs, "cli.md"), renderCliDocs(await buildProgram(io, "")));
const figures = join(docs, "figures.md");
await writeFile(figures, renewFigureDocs(await readFile(figures, "utf8")));
const settings = join(docs, "settings.md");
await writeFile(settings, renewSettingsDocs(await readFile(settings, "utf8")));

/** The page with its tables as the schemas have them now; each stands right under its heading. */
function renewSettingsDocs(page: string): string {
  return settingsTables().reduce((text, { heading, table }) => {
    const start = `## \`${heading}\`\n\n`;
    const from = text.indexOf(start) + start.length;
    const end = text.indexOf("\n\n", from);
    return text.slice(0, from) + table + (end < 0 ? "\n" : text.slice(end));
  }, page);
}
