import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresAccess } from "../../demo/app/postgres-access.ts";
import { buildProgram } from "../../demo/cli/program.ts";
import { defaultOptions } from "../../demo/options/options.ts";
import type { Program } from "../../demo/options/spec.ts";
import { present } from "../../demo/testing/present.ts";
import { startEater } from "../../demo/testing/start-eater.ts";
import { findPostgres, startPostgres } from "../../demo/testing/start-postgres.ts";
import { findProgram } from "../../demo/testing/start-process.ts";
import { wrongVariables } from "../testing/deployed-options.ts";

const run = promisify(execFile);
const here = (file: string) => new URL(file, import.meta.url);
const analyze = findProgram("systemd-analyze", "systemd");
const postgres = findPostgres();

/** The lines `Key=value` of a unit, in order. */
const linesOf = async (unit: string): Promise<[string, string][]> =>
  [...(await readFile(here(unit), "utf8")).matchAll(/^(\w+)=(.*)$/gm)].map(([, key = "", value = ""]) => [
    key,
    value,
  ]);

let units: string[];
let folder: string;
beforeAll(async () => {
  units = (await readdir(here("."))).filter((name) => /\.(service|timer)$/.test(name));
  folder = await mkdtemp(join(tmpdir(), "systemd-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the units", () => {
  it("start programs with options and settings that they have", async () => {
    const started: string[] = [];
    for (const unit of units.filter((name) => !/backup/.test(name))) {
      const lines = await linesOf(unit);
      const settingOf = (key: string) => lines.find(([name]) => name === key)?.[1] ?? "";
      const [node, cli, program, ...args] = settingOf("ExecStart").replaceAll("%i", "8787").split(" ");
      expect([node, cli]).toEqual(["/usr/bin/node", "/opt/sprintcast/demo/cli/cli.js"]);
      started.push(present(program));
      const io = {
        stdin: process.stdin,
        stdout: process.stdout,
        stderr: process.stderr,
        stopAsked: Promise.resolve(),
      };
      const command = buildProgram(io, () => {}).commands.find((known) => known.name() === program);
      const { unknown, operands } = present(command).parseOptions(args);
      expect([unit, unknown, operands]).toEqual([unit, [], []]);
      for (const [, file] of lines.filter(([key]) => key === "EnvironmentFile")) {
        const text = await readFile(here(file.replace("/etc/sprintcast/", "./")), "utf8");
        const variables = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [
          name,
          value,
        ]);
        const wrong = wrongVariables(program as Program, Object.fromEntries(variables));
        // What all programs share, a feeder has no use for.
        expect(wrong.filter((fault) => program !== "feeder" || !fault.endsWith("none of feeder"))).toEqual(
          [],
        );
      }
      // Started again for as long as it takes, but for what no new start can mend.
      const tries = ["Restart", "StartLimitIntervalSec", "RestartPreventExitStatus"].map(settingOf);
      expect([unit, ...tries]).toEqual([unit, "always", "0", "2"]);
      expect(Number(settingOf("TimeoutStopSec")) * 1000).toBeGreaterThan(defaultOptions().drainMs);
    }
    expect(started.sort()).toEqual(["eater", "feeder", "live"]);
    const store = /^SPRINTCAST_DEMO_STORE=(.*)$/m.exec(await readFile(here("store.env"), "utf8"))?.[1] ?? "";
    expect(postgresAccess({ ...defaultOptions(), store })).toMatchObject({ host: "/var/run/postgresql" });
  });

  it.runIf(analyze)("are units, and leave little open (needs systemd-analyze)", async () => {
    const copies = join(folder, "units");
    await mkdir(copies);
    for (const unit of units) {
      const text = await readFile(here(unit), "utf8");
      // Where a program is not installed, systemd says so; that is not what is looked for.
      const there = text.replace("/usr/bin/node", process.execPath).replaceAll("%i", "8787");
      await writeFile(join(copies, unit.replace("@", "-")), there);
    }
    const files = (await readdir(copies)).map((name) => join(copies, name));
    const { stdout, stderr } = await run(present(analyze), ["verify", "--man=no", ...files]);
    expect(`${stdout}${stderr}`.split("\n").filter((line) => line.includes(copies))).toEqual([]);
    for (const file of files.filter((name) => /-(eater|live|feeder)/.test(name))) {
      const options = ["security", "--offline=yes", "--no-pager", "--threshold=20"];
      await expect(run(present(analyze), [...options, file])).resolves.toBeDefined();
    }
    await writeFile(join(copies, "bad.service"), "[Service]\nExecStart=/nowhere/at/all\nTypo=yes\n");
    const bad = await run(present(analyze), ["verify", "--man=no", join(copies, "bad.service")]).catch(
      (error) => error,
    );
    expect(`${bad.stderr}`).toMatch(/bad\.service/);
  });
});

describe("README and runbook", () => {
  it("name units that are set up, on ports that are", async () => {
    const readme = await readFile(here("../README.md"), "utf8");
    const instances = (text: string) => new Set(text.match(/sprintcast-\w+@\d+/g));
    const started = instances(/^systemctl enable --now .*@.*$/m.exec(readme)?.[0] ?? "");
    expect(started.size).toBe(4);
    const named = `${readme}${await readFile(here("../runbook.md"), "utf8")}`;
    expect(instances(named)).toEqual(started);
    const whole = new Set(named.match(/sprintcast-\w+\.(?:service|timer)/g));
    for (const unit of whole) expect(units).toContain(unit);
    for (const [, file = ""] of readme.matchAll(/^install -m \d+ (?:-g \w+ )?([\w. -]+) \//gm))
      for (const name of file.split(" ")) expect(await readdir(here("."))).toContain(name);
  });
});

describe("the command", () => {
  it("runs as the units do: their user, program and settings", async () => {
    const etc = join(folder, "etc");
    await mkdir(etc);
    for (const file of ["demo.env", "store.env"])
      await writeFile(join(etc, file), await readFile(here(file)));
    const text = (await readFile(here("command.sh"), "utf8"))
      .replaceAll("/etc/sprintcast", etc)
      .replace("/var/lib/sprintcast", folder);
    // In place of the one that asks for root: prints what it was asked to run, and with which settings.
    const told = 'runuser() { echo "$*"; env | grep ^SPRINTCAST_DEMO_ | sort; pwd; }\n';
    const shell = text.replace("set -eu\n", `set -eu\n${told}`).replace("exec runuser", "runuser");
    const { stdout } = await run("/bin/sh", [
      "-c",
      shell,
      "sprintcast-demo",
      "eater",
      "token",
      "add",
      "hall 7",
    ]);
    const lines = stdout.trim().split("\n");
    const [unit] = (await linesOf("sprintcast-eater@.service")).filter(([key]) => key === "ExecStart");
    const [node, cli] = present(unit)[1].split(" ");
    expect(lines[0]).toBe(`-u sprintcast -- ${node} ${cli} eater token add hall 7`);
    expect(lines.at(-1)).toBe(folder);
    expect(lines).toContain(
      "SPRINTCAST_DEMO_STORE=postgres://sprintcast@/sprintcast?host=/var/run/postgresql",
    );
    expect(lines).toContain("SPRINTCAST_DEMO_BUS=nats://127.0.0.1:4222");
  });
});

describe.runIf(postgres)("the daily copy (needs PostgreSQL)", () => {
  it("is made whole, and the fifteenth oldest goes", async () => {
    const copies = join(folder, "copies");
    await mkdir(copies);
    for (let day = 1; day <= 15; day += 1) {
      await writeFile(join(copies, `2020-01-${`${day}`.padStart(2, "0")}.dump`), "");
    }
    const bin = present(postgres);
    const server = await startPostgres(bin);
    const store = await server.createDatabase();
    const eater = await startEater({ postgres: postgresAccess({ ...defaultOptions(), store }) });
    const [, line = ""] =
      (await linesOf("sprintcast-backup.service")).find(([key]) => key === "ExecStart") ?? [];
    const script = /^\/bin\/sh -c '(.*)'$/.exec(line)?.[1] ?? "";
    const shell = script
      .replaceAll("$$", "$")
      .replaceAll("%%", "%")
      .replace("/var/backups/sprintcast", copies);
    const PATH = `${bin}${delimiter}${process.env.PATH}`;
    await run("/bin/sh", ["-c", shell], { env: { PATH, SPRINTCAST_DEMO_STORE: store } });
    const left = (await readdir(copies)).sort();
    expect(left).toHaveLength(14);
    expect(left[0]).toBe("2020-01-03.dump");
    const { stdout } = await run(join(bin, "pg_restore"), ["--list", join(copies, present(left.at(-1)))]);
    expect(stdout).toContain("TABLE DATA sprintcast stand");
    // A database that is away leaves no copy that could be taken for one.
    await eater.close();
    await server.close();
    const failed = await run("/bin/sh", ["-c", shell], { env: { PATH, SPRINTCAST_DEMO_STORE: store } }).catch(
      (error) => error,
    );
    expect(failed.code).not.toBe(0);
    expect((await readdir(copies)).filter((name) => name.endsWith(".dump"))).toHaveLength(14);
  });
});
