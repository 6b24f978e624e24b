import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StorageError } from "../errors.ts";

/**
 * Makes a folder and those that it lies in. Node's own way of it has no end, and hears no signal, where a folder can
 * hold none (/proc). Errors: StorageError there; what else the system refuses, as it says it.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  // A path without any folder that is there has a root that is its own parent.
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another process was quicker.
    if (code === "EEXIST" && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (code !== "ENOENT") throw error;
    throw new StorageError(`${folder}: no folder can be made there`, {
      hint: "Use another location.",
      cause: error,
    });
  }
}
