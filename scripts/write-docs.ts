import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildProgram } from "../tracker/program.ts";
import { quietIo } from "../tracker/testing/quiet-io.ts";
import { renderCliDocs } from "./cli-docs.ts";
import { renewFigureDocs } from "./figure-docs.ts";

const docs = join(import.meta.dirname, "../docs");
const io = quietIo({ cwd: docs, now: 0 });
await writeFile(join(docs, "cli.md"), renderCliDocs(await buildProgram(io, "")));
const figures = join(docs, "figures.md");
await writeFile(figures, renewFigureDocs(await readFile(figures, "utf8")));
