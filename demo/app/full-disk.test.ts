import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../eater/database.ts";
import { openJournal } from "../feeder/journal.ts";
import { canMount } from "../testing/own-mounts.ts";
import { ndjson, reading } from "../testing/start-eater.ts";

const CLI = fileURLToPath(new URL("../cli/cli.ts", import.meta.url));

/** A disk of its own for one process, which goes with it. */
const ownDisk = (folder: string, size: string, command: string) => [
  ...["-Urm", "sh", "-c"],
  `mount -t tmpfs -o size=${size} tmpfs ${folder} && exec ${command}`,
];

let folder: string;
let child: ChildProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "disk-"));
});
afterEach(async () => {
  const ended = once(child, "exit");
  if (child.kill("SIGKILL")) await ended;
  await rm(folder, { recursive: true, force: true });
});

describe.runIf(canMount())("an eater on a full disk", () => {
  it("is not ready, says why, and is ready again when there is room", async () => {
    const port = await getPort({ host: "127.0.0.1" });
    const token = `"$NODE" "$CLI" eater token add hall --db ${folder}/demo.db`;
    const eater = `"$NODE" "$CLI" eater --port ${port} --db ${folder}/demo.db --store-check-ms 100`;
    child = spawn("unshare", ownDisk(folder, "4m", `sh -c '${token} && exec ${eater}'`), {
      env: { ...process.env, NODE: process.execPath, CLI },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    child.stdout?.on("data", (data) => {
      printed += data;
    });
    const disk = `/proc/${child.pid}/root${folder}`;
    const url = `http://127.0.0.1:${port}`;
    const probe = async (path: string) => {
      const response = await fetch(`${url}${path}`).catch(() => null);
      return response && { status: response.status, ...((await response.json()) as object) };
    };
    await expect.poll(() => probe("/readyz")).toMatchObject({ status: 200, ready: true });
    const post = async (seq: number) => {
      const response = await fetch(`${url}/ingest`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${printed.trim()}` },
        body: ndjson([reading("device-1", seq)]),
      });
      return response.status;
    };
    expect(await post(1)).toBe(200);

    await expect(writeFile(join(disk, "ballast"), Buffer.alloc(8_000_000))).rejects.toThrow(/ENOSPC/);
    await expect
      .poll(() => probe("/readyz"))
      .toMatchObject({
        status: 503,
        ready: false,
        reasons: [expect.stringMatching(/^the store cannot commit/)],
      });
    expect(await probe("/healthz")).toMatchObject({ status: 200 });
    expect(await post(2)).toBe(503);

    await rm(join(disk, "ballast"));
    await expect.poll(() => probe("/readyz")).toMatchObject({ status: 200, ready: true, reasons: [] });
    expect(await post(2)).toBe(200);
  });
});

describe.runIf(canMount())("a backup onto a full disk", () => {
  it("says that it is the copy that cannot be written, and leaves none", async () => {
    const own = await mkdtemp(join(tmpdir(), "source-"));
    onTestFinished(() => rm(own, { recursive: true }));
    openDatabase(join(own, "demo.db")).close();
    const copy = join(folder, "copy.db");
    const command = `sh -c '"$NODE" "$CLI" eater backup ${copy} --db ${own}/demo.db; code=$?; ls ${folder}; exit $code'`;
    child = spawn("unshare", ownDisk(folder, "16k", command), {
      env: { ...process.env, NODE: process.execPath, CLI },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout as Readable),
      text(child.stderr as Readable),
      once(child, "exit"),
    ]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/copy\.db cannot be written \(.*full.*\); make room/);
  });
});

describe.runIf(canMount())("a feeder that is started on a full disk", () => {
  it.each([
    { what: "that has never run", before: "true" },
    { what: "that has readings to send", before: 'cp "$FORMER" "$STATE"' },
  ])("$what ends as one that is to be started again, and says what is full", async ({ before }) => {
    const elsewhere = await mkdtemp(join(tmpdir(), "former-"));
    onTestFinished(() => rm(elsewhere, { recursive: true }));
    const former = join(elsewhere, "state.ndjson");
    const journal = await openJournal(former);
    const body = ndjson([reading("device-1", 1)]);
    await journal.write({ put: [{ id: "f:1", body, readings: 1, notBefore: 0 }], cursor: 1, nextBatch: 2 });
    await journal.close();

    const state = join(folder, "state.ndjson");
    const fill = '! dd if=/dev/zero of="$DISK/ballast" bs=4k 2>&-';
    const feeder = '"$NODE" "$CLI" feeder --token t --url http://127.0.0.1:9 --state "$STATE"';
    child = spawn("unshare", ownDisk(folder, "64k", `sh -c '${before}; ${fill}; exec ${feeder}'`), {
      env: { ...process.env, NODE: process.execPath, CLI, DISK: folder, STATE: state, FORMER: former },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const [err, [code]] = await Promise.all([text(child.stderr as Readable), once(child, "exit")]);
    expect(err).toMatch(/--state: .*state\.ndjson has no room \(.*ENOSPC.*\)/);
    expect(code).toBe(1);
  });
});
