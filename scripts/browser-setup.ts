import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sparticuz from "@sparticuz/chromium";
import Database from "better-sqlite3";

/**
 * Unpacks Chromium before any test asks for it. Its package does so on demand and takes a file that another process
 * is still writing for a whole one; the lock keeps two test runs apart, and a file that was left half written goes.
 */
export default async function unpackBrowser(): Promise<void> {
  const lock = new Database(join(tmpdir(), "sprintcast-chromium.lock"), { timeout: 300_000 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    if (!runs(await sparticuz.executablePath())) {
      rmSync(await sparticuz.executablePath(), { force: true });
      const path = await sparticuz.executablePath();
      if (!runs(path)) throw new Error(`${path} does not start`);
    }
  } finally {
    lock.close();
  }
}

function runs(browser: string): boolean {
  try {
    execFileSync(browser, ["--no-sandbox", "--headless", "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
