import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "../site/integration/is-running.ts";

const name = "sprintcast-tests-";

/** Stands in for the system's temporary folder while the tests of this process run. */
export const testFolder = join(tmpdir(), `${name}${process.pid}`);

/** Makes the folder, and takes it away when all tests have ended: also what failed or stopped tests left in it. */
export default function provideTestFolder(): () => void {
  for (const other of readdirSync(tmpdir()))
    if (other.startsWith(name) && !isRunning(Number(other.slice(name.length))))
      rmSync(join(tmpdir(), other), { recursive: true, force: true });
  // Others may pass through: PostgreSQL does not run as root, and is run as a user of its own.
  mkdirSync(testFolder, { recursive: true, mode: 0o755 });
  return () => {
    // Each project of the tests that has used it comes by at the end.
    if (!existsSync(testFolder)) return;
    // Programs of ours keep what they compiled there, on purpose.
    const left = readdirSync(testFolder).filter((one) => one !== "node-compile-cache");
    if (left.length > 0) console.warn(`left behind by tests, and removed: ${left.sort().join(", ")}`);
    rmSync(testFolder, { recursive: true, force: true, maxRetries: 3 });
  };
}
