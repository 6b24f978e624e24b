import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { counted } from "../core/model/counted.ts";
import { generateBackup } from "./generate.ts";
import { sampleFolder } from "./repository.ts";
import { parseSource } from "./source.ts";

/** Reads `source.yml` and returns the files the folder must hold. */
export async function readExpectedFiles(folder: string = sampleFolder): Promise<Map<string, string>> {
  return generateBackup(parseSource(await readFile(join(folder, "source.yml"), "utf8")));
}

/** Paths of the generated files that are there now. */
export async function listGenerated(folder: string = sampleFolder): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".json")).map((name) => name.replaceAll("\\", "/"));
}

/** Regenerates the folder from its source; files of issues that are gone are removed. */
export async function writeSample(folder: string = sampleFolder): Promise<number> {
  const expected = await readExpectedFiles(folder);
  for (const path of await listGenerated(folder)) if (!expected.has(path)) await rm(join(folder, path));
  for (const [path, text] of expected) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return expected.size;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(`${counted(await writeSample(), "file")} written to tracker/sample from source.yml`);
