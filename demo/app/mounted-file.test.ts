import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { canMount } from "../testing/own-mounts.ts";

const CLI = fileURLToPath(new URL("../cli/cli.ts", import.meta.url));

it.runIf(canMount())(
  "a database that is mounted alone is refused: its lock and log would be elsewhere",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "mounted alone-"));
    const [real, mounted] = [join(folder, "real.db"), join(folder, "mounted.db")];
    await Promise.all([writeFile(real, ""), writeFile(mounted, "")]);
    const command = 'mount --bind "$1" "$2" && exec "$3" "$4" eater --port 0 --db "$2"';
    const args = ["-Urm", "sh", "-c", command, "sh", real, mounted, process.execPath, CLI];
    let told = "";
    try {
      execFileSync("unshare", args, { stdio: "pipe", encoding: "utf8" });
    } catch (error) {
      told = `${Reflect.get(error as object, "status")} ${Reflect.get(error as object, "stderr")}`;
    }
    expect(told).toMatch(/^2 error: --db: .*mounted\.db is mounted alone/);
    await rm(folder, { recursive: true });
  },
);
