import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "../../store/open.ts";
import { contentOf, sample } from "../../testing/sync-rig.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";

const cli = new URL("../../cli.ts", import.meta.url).pathname;

/** The command line in a process of its own, in which no file may grow past `kibibytes`; null: any may. */
function sprintcast(cwd: string, kibibytes: number | null, ...args: string[]) {
  const limit = kibibytes === null ? "" : `ulimit -f ${kibibytes}; `;
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `${limit}exec "$@"`, "bash", process.execPath, cli, ...args, "--db", "h.db"],
    { cwd, encoding: "utf8", env: { ...process.env, SPRINTCAST_DEBUG: "" } },
  );
  return { code: status, out: stdout, err: stderr };
}

function contentIn(cwd: string): string {
  const store = openStore(join(cwd, "h.db"), { mustExist: true });
  try {
    return contentOf(store);
  } finally {
    store.close();
  }
}

/** What is wrong, what became of what was kept, and no word of SQLite's own. */
const clear =
  /h\.db (cannot be read or written|cannot grow: the disk is full)\n {2}.*what was kept before stays\n$/;

describe.skipIf(process.platform === "win32")("a disk without room", () => {
  const load = ["sync", "--backup", sample];

  test("for the database leaves nothing, and for a part of it what it could take; with room the same command ends it", () => {
    const whole = temporaryFolder();
    expect(sprintcast(whole, null, ...load).code).toBe(0);
    const expected = contentIn(whole);
    const ends: [number, number | null, string[]][] = [];
    for (const room of [4, 60, 150, 220, 280]) {
      const cwd = temporaryFolder();
      const { code, err, out } = sprintcast(cwd, room, ...load);
      ends.push([room, code, readdirSync(cwd)]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(clear);
      expect(sprintcast(cwd, null, ...load)).toMatchObject({ code: 0, err: "" });
      expect(contentIn(cwd)).toBe(expected);
    }
    expect(ends[0]).toEqual([4, 1, []]);
    expect(ends.at(-1)?.[2]).toContain("h.db");
  }, 120_000);

  test("takes nothing from a history that was there", () => {
    const cwd = temporaryFolder();
    sprintcast(cwd, null, ...load);
    const before = contentIn(cwd);
    expect(sprintcast(cwd, 8, ...load, "--full")).toMatchObject({
      code: 1,
      err: expect.stringMatching(clear),
    });
    expect(contentIn(cwd)).toBe(before);
    expect(sprintcast(cwd, null, ...load, "--full").code).toBe(0);
    expect(contentIn(cwd)).toBe(before);
  }, 60_000);
});
