import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createRig } from "./testing/rig.ts";
import { version } from "./versions.ts";

const rig = createRig();
const cli = new URL("./cli.ts", import.meta.url).pathname;

/** Runs the program as a process of its own. */
async function call(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = { cwd: rig.folder, env: { ...process.env, TZ: "Asia/Tokyo" } };
  return promisify(execFile)(process.execPath, [cli, ...args], options).then(
    (ended) => ({ code: 0, ...ended }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test("it ends with the code that scripts branch on, and speaks where it belongs", async () => {
  expect(await call("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  const wrong = await call("--frob");
  expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, "", expect.stringContaining("--frob")]);
  // Without a terminal nobody is asked.
  expect(await call()).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("--repo owner/name"),
  });
  const made = await call("reviews", "--repo", "octo/rocket", "--json");
  expect([made.code, made.stderr, JSON.parse(made.stdout).folder]).toEqual([0, "", "reviews"]);
  expect(rig.files()["reviews/content/settings.yml"]).toContain("timeZone: Asia/Tokyo\n");
});

test("whoever stops reading its words ends it without a fault", async () => {
  const child = spawn(process.execPath, [cli, "--repo", "octo/rocket"], { cwd: rig.folder });
  child.stdout.destroy();
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  const [code] = await once(child, "close");
  expect([code, said]).toEqual([0, ""]);
  expect(Object.keys(rig.files())).toContain("content/settings.yml");
});

const hasTerminals = spawnSync("script", ["--version"]).status === 0;
if (!hasTerminals) console.warn("SKIPPED: no program called script, so nothing is asked on a terminal.");

test.skipIf(!hasTerminals).each([
  ["an answer", "octo/asked\r", 0, "octo/asked"],
  ["the end of input", "\u0004", 2, "no repository is given"],
  ["Ctrl-C", "\u0003", 5, "interrupted"],
])("on a terminal it asks, and takes %s", async (_, keys, expected, said) => {
  const command = `'${process.execPath}' '${cli}'`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: rig.folder });
  let shown = "";
  child.stdout.on("data", (chunk) => {
    const before = shown;
    shown += chunk;
    const isAsked = (text: string) => text.includes("(owner/name): ");
    if (isAsked(shown) && !isAsked(before)) child.stdin.write(keys);
  });
  const [code] = await once(child, "close");
  expect([code, shown]).toEqual([expected, expect.stringContaining(said)]);
  expect("content/settings.yml" in rig.files()).toBe(expected === 0);
});
