import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * One digest over the content of all files that these globs match under `root`, and over `extra`: the same inputs
 * give the same digest wherever and whenever they lie there.
 */
export async function digestOfFiles(root: string, patterns: string[], extra: string[] = []): Promise<string> {
  const paths: string[] = [];
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true }))
    if (entry.isFile()) paths.push(join(entry.parentPath, entry.name));
  const digest = createHash("sha256").update(JSON.stringify(extra));
  for (const path of paths.sort())
    digest.update(`\0${path.slice(root.length)}\0`).update(await readFile(path));
  return digest.digest("hex");
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
