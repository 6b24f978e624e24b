import { execFile } from "node:child_process";
import { glob, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { present } from "../demo/testing/present.ts";
import type { KubernetesObject } from "./testing/kustomize.ts";

const run = promisify(execFile);
const read = (file: string) => readFile(join(import.meta.dirname, file), "utf8");
const [runbook, readme] = await Promise.all([read("runbook.md"), read("README.md")]);
const blocksOf = (text: string) => [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
const sectionOf = (title: string) => present(runbook.split(/^## /m).find((text) => text.startsWith(title)));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "runbook-"));
  const programs = ["sudo", "ln", "mv", "systemctl", "curl", "docker", "kubectl"].map(
    (name) => `bin/${name}`,
  );
  for (const program of [...programs, "deploy/container/build.sh"]) {
    const file = join(folder, program);
    await mkdir(dirname(file), { recursive: true });
    // Says what it was told to do, and fails if it is the step that is to.
    const lines = ["#!/bin/sh", "n=1", `while read -r _; do n=$((n + 1)); done < "$LOG"`];
    const stub = [...lines, `echo "\${0##*/} $*" >> "$LOG"`, '[ "$n" != "$FAILS" ] || exit 22', ""];
    await writeFile(file, stub.join("\n"), { mode: 0o755 });
  }
  await writeFile(join(folder, "FILE"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a block does where its step `fails` does not succeed, each step as its command line. */
async function stepsOf(block: string, fails = 0): Promise<{ ok: boolean; steps: string[] }> {
  const LOG = join(folder, "log");
  await writeFile(LOG, "");
  const env = { PATH: join(folder, "bin"), LOG, FAILS: `${fails}` };
  const ok = await run("/bin/bash", ["-c", block], { cwd: folder, env }).then(
    () => true,
    () => false,
  );
  return { ok, steps: (await readFile(LOG, "utf8")).trim().split("\n") };
}

const upgrades = blocksOf(sectionOf("Upgrade"));
const restores = blocksOf(sectionOf("Restore")).filter((block) => block.includes("pg_restore"));

it.each([
  ...upgrades.map((block, index) => [`upgrade, block ${index + 1}`, block]),
  ...restores.map((block) => ["restore", block]),
  ["installation", present(/^release=.*?ln [^\n]*$/ms.exec(readme)?.[0])],
])("steps that need each other stop at the first that fails: %s", async (_, block = "") => {
  const { ok, steps } = await stepsOf(block);
  expect(ok).toBe(true);
  expect(steps.length).toBeGreaterThan(2);
  for (const [index] of steps.entries()) {
    const stopped = await stepsOf(block, index + 1);
    expect(stopped).toEqual({ ok: false, steps: steps.slice(0, index + 1) });
  }
});

describe("an upgrade", () => {
  it("is of live views, then eaters, then feeders, each ready before the next", async () => {
    const done: string[][] = [];
    for (const block of upgrades) done.push((await stepsOf(block)).steps);
    const [units = [], compose = [], cluster = []] = done;
    const ready = (port: number) =>
      expect.stringMatching(new RegExp(`^curl .*-f.* http://127.0.0.1:1${port}/readyz$`));
    const restarted = (part: string, port: number) => [
      `systemctl restart sprintcast-${part}@${port}`,
      ready(port),
    ];
    const programs = [restarted("live", 8788), restarted("live", 8789)];
    programs.push(restarted("eater", 8787), restarted("eater", 8786));
    expect(units.slice(units.indexOf("systemctl restart sprintcast-live@8788"))).toEqual([
      ...programs.flat(),
      "systemctl try-restart sprintcast-feeder",
    ]);
    const services = ["live-1", "live-2", "eater-1", "eater-2", "feeder"];
    const up = services.map((name) => `docker compose up -d --no-deps --wait ${name}`);
    expect(compose).toEqual(["docker compose build", ...up]);
    expect(Object.keys(parse(await read("container/compose.yaml"), { merge: true }).services)).toEqual(
      expect.arrayContaining(services),
    );
    const overlay = "kubectl apply -k deploy/kubernetes/overlays/production -l";
    const rolled = (part: string) => [
      `${overlay} app.kubernetes.io/name=sprintcast-${part}`,
      `kubectl -n sprintcast rollout status deploy/sprintcast-${part} --timeout=10m`,
    ];
    expect(cluster).toEqual([`${overlay} !app.kubernetes.io/name`, ...rolled("live"), ...rolled("eater")]);
  });

  it.each([
    ["a link", async (place: string) => symlink("elsewhere", place)],
    ["a folder, as it was once", async (place: string) => mkdir(join(place, "demo"), { recursive: true })],
  ])("puts its release in the place of %s", async (_, occupy) => {
    const opt = await mkdtemp(join(folder, "opt-"));
    const release = join(opt, "sprintcast-releases", "v0.2.0");
    await mkdir(release, { recursive: true });
    await occupy(join(opt, "sprintcast"));
    const lines = present(upgrades[0]).split("\n");
    const placing = lines.filter((line) => /^ *(set -|release=|\[ |ln |mv )/.test(line));
    await run("/bin/sh", ["-c", placing.join("\n").replaceAll("/opt/", `${opt}/`)]);
    expect(await readlink(join(opt, "sprintcast"))).toBe(release);
  });
});

it("an installation makes no link inside a folder that is in its place", async () => {
  const opt = await mkdtemp(join(folder, "opt-"));
  await mkdir(join(opt, "sprintcast"));
  const line = present(/^ *ln .*$/m.exec(readme)?.[0]);
  const linked = run("/bin/sh", ["-c", `release=${opt}/release\n${line.replaceAll("/opt/", `${opt}/`)}`]);
  await expect(linked).rejects.toThrow();
  expect(await readdir(join(opt, "sprintcast"))).toEqual([]);
});

describe("in a cluster", () => {
  const objects: KubernetesObject[] = [];
  beforeAll(async () => {
    for await (const file of glob("kubernetes/**/*.yaml", { cwd: import.meta.dirname })) {
      for (const document of parseAllDocuments(await read(file))) objects.push(document.toJS());
    }
  });

  it("each program can be applied alone, by a label that only its Deployment has", () => {
    const programs = objects.filter(
      ({ kind, spec }) =>
        kind === "Deployment" && spec.template.spec.containers[0].image === "sprintcast-demo",
    );
    expect(programs.map(({ metadata }) => metadata.name).sort()).toEqual(
      ["eater", "feeder", "live"].map((part) => `sprintcast-${part}`),
    );
    const labelled = objects.flatMap(({ kind, metadata }) => {
      const label = metadata?.labels?.["app.kubernetes.io/name"];
      return label === undefined ? [] : [`${kind} ${metadata.name} ${label}`];
    });
    const own = programs.map(({ metadata: { name } }) => `Deployment ${name} ${name}`);
    expect(labelled.sort()).toEqual(own.sort());
  });

  it("what was ended for a restore is started again, for no apply and no autoscaler does that", () => {
    const scalings = [...runbook.matchAll(/kubectl -n sprintcast scale deploy\/(\S+) --replicas=(\d+)/g)];
    const last = new Map(scalings.map(([, name = "", count]) => [name, Number(count)]));
    expect([...last.keys()]).toEqual(["sprintcast-eater"]);
    for (const [name, count] of last) {
      const scaler = objects.find(
        ({ kind, metadata }) => kind === "HorizontalPodAutoscaler" && metadata.name === name,
      );
      expect(count).toBe(present(scaler).spec.minReplicas);
    }
    expect(runbook).not.toMatch(/delete hpa/);
  });
});

it("tokens are listed and removed while no eater runs, by what needs none", () => {
  const tokens = blocksOf(sectionOf("Restore")).find((block) => block.includes("token list"));
  const compose = present(tokens).match(/docker compose .*/g) ?? [];
  expect(compose).toEqual([expect.stringMatching(/^docker compose run --rm eater-1 eater token list\b/)]);
  expect(present(tokens)).not.toMatch(/exec deploy\//);
});
