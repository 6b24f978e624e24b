import { hash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeBundle } from "./make.ts";

/** What a bundle was made of, and what it holds. */
interface Kept {
  /** Its folder's name. */
  name: string;
  inputs: string[];
  outputs: string[];
  /** Of all these files' contents. */
  digest: string;
}

const note = "bundle.json";
/** Builds that are still running read older bundles. */
const outdatedAfter = 3_600_000;

/**
 * The folder of the bundle of what `site` loads, made anew where a file of it is not what it was, or of the bundle.
 * null: there can be none, and `told` why.
 */
export async function bundleFor(
  site: string,
  cache: string,
  told: (cause: unknown) => void,
  make = makeBundle,
): Promise<string | null> {
  const folder = join(cache, "bundle");
  const former = noteIn(folder);
  if (former !== null && isIntact(folder, former)) return join(folder, former.name);
  try {
    const name = randomUUID();
    const { inputs, outputs } = await make(site, join(folder, name));
    const digest = digestOf(filesOf(folder, { name, inputs, outputs }));
    await writeFile(
      join(folder, name, note),
      JSON.stringify({ name, inputs, outputs, digest } satisfies Kept),
    );
    await rename(join(folder, name, note), join(folder, note));
    await removeOutdated(folder, [note, name, former?.name]);
    return join(folder, name);
  } catch (cause) {
    told(cause);
    return null;
  }
}

function noteIn(folder: string): Kept | null {
  try {
    return JSON.parse(readFileSync(join(folder, note), "utf8")) as Kept;
  } catch {
    return null;
  }
}

function isIntact(folder: string, kept: Kept): boolean {
  try {
    return digestOf(filesOf(folder, kept)) === kept.digest;
  } catch {
    // One of the files is gone, or the note is no note.
    return false;
  }
}

const filesOf = (folder: string, { name, inputs, outputs }: Omit<Kept, "digest">): string[] => [
  ...inputs,
  ...outputs.map((file) => join(folder, name, file)),
];

/** By content: who installs anew has the same files with other times. */
function digestOf(files: readonly string[]): string {
  const each = files.map((file) => `${file}\0${hash("sha256", readFileSync(file))}`);
  return hash("sha256", [process.version, ...each].join("\n"));
}

async function removeOutdated(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  for (const one of await readdir(folder)) {
    if (kept.includes(one)) continue;
    const { mtimeMs } = await stat(join(folder, one));
    if (Date.now() - mtimeMs > outdatedAfter) await rm(join(folder, one), { recursive: true, force: true });
  }
}
