import { createHash } from "node:crypto";
import { type Dirent, existsSync } from "node:fs";
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** One digest over the content of all files that these globs match under `root`, wherever that lies. */
export async function digestOfFiles(root: string, patterns: string[]): Promise<string> {
  const paths: string[] = [];
  const exclude = (entry: Dirent) => entry.name === "node_modules";
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true, exclude }))
    if (entry.isFile()) paths.push(join(entry.parentPath, entry.name));
  const digest = createHash("sha256");
  for (const path of paths.sort())
    digest.update(`\0${path.slice(root.length)}\0`).update(await readFile(path));
  return digest.digest("hex");
}

export function digestOfTexts(texts: string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

/** Runs `work` unless the stamp file says that it was done for this digest and `proof` still exists. True: it ran. */
export async function unlessDone(
  stamp: string,
  digest: string,
  proof: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const done = await readFile(stamp, "utf8").catch(() => "");
  if (done === digest && existsSync(proof)) return false;
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, digest);
  return true;
}
