import { hash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { deserialize, serialize } from "node:v8";

export interface KeptFile {
  path: string;
  content: Uint8Array;
}

const length = hash("sha256", "").length;

/**
 * Keeps files as one, in the place of what was kept there; whoever reads meanwhile gets all of either. Where nothing
 * can be written there, nothing is kept.
 */
export async function keepFiles(file: string, key: string, files: readonly KeptFile[]): Promise<void> {
  const body = serialize({ key, files });
  const unfinished = `${file}-${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, Buffer.concat([Buffer.from(hash("sha256", body)), body]));
    await rename(unfinished, file);
  } catch {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** The files that were kept under this key; null where it is another, or where what is there is not what was kept. */
export async function keptFiles(file: string, key: string): Promise<KeptFile[] | null> {
  try {
    const bytes = await readFile(file);
    const body = bytes.subarray(length);
    if (hash("sha256", body) !== bytes.subarray(0, length).toString("latin1")) return null;
    const kept = deserialize(body) as { key: string; files: KeptFile[] };
    return kept.key === key ? kept.files : null;
  } catch {
    return null;
  }
}
