import { readdirSync, readlinkSync } from "node:fs";

/** What this process holds open below a folder; null where the system does not tell (Linux does). */
export function openFilesIn(folder: string): string[] | null {
  if (process.platform !== "linux") return null;
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
}
