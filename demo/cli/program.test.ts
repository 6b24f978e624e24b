import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDemoApp } from "../app/app.ts";
import { RowOutcome } from "../eater/columns.ts";
import { openQueries } from "../eater/reader.ts";
import { present } from "../testing/present.ts";
import { ndjson, reading, startEater } from "../testing/start-eater.ts";
import { run } from "./program.ts";

let folder: string;
let db: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "program-"));
  db = join(folder, "demo.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function runWith(args: string[], input = "", stopAsked: Promise<void> = new Promise(() => {})) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const code = await run(args, { stdin, stdout, stderr, stopAsked });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

describe("tokens", () => {
  it("are printed once, stored hashed, listed by name, and end when removed", async () => {
    const added = await runWith(["eater", "token", "add", "hall-7", "--db", db]);
    expect(added).toMatchObject({ code: 0, err: "" });
    const token = added.out.trim();
    expect(token).toMatch(/^sct_[\w-]{43}$/);
    const again = await runWith(["eater", "token", "add", "hall-7", "--db", db]);
    expect(again).toMatchObject({ code: 2, out: "" });
    expect(again.err).toContain("hall-7");
    expect((await runWith(["eater", "token", "list", "--db", db])).out).toBe("hall-7\n");

    const test = await startEater({ file: db });
    const post = () => test.post(ndjson([reading("a", 1)]), { authorization: `Bearer ${token}` });
    expect((await post()).statusCode).toBe(200);
    expect(await runWith(["eater", "token", "remove", "hall-7", "--db", db])).toMatchObject({ code: 0 });
    expect((await post()).statusCode).toBe(401);
    await test.close();

    const { readFileSync, readdirSync } = await import("node:fs");
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes(token)).toBe(false);
    }
    expect((await runWith(["eater", "token", "remove", "hall-7", "--db", db])).code).toBe(2);
    expect((await runWith(["eater", "token", "add", "a name", "--db", db])).code).toBe(2);
  });
});

describe("what is wrong on the command line", () => {
  it.each([
    [["nope"], "unknown command 'nope'"],
    [["record"], "missing required argument 'out'"],
    [["all", "--prot", "1"], "Did you mean --port?"],
    [["eater", "token", "lst"], "Did you mean list?"],
    [["eater", "token", "add"], "missing required argument 'name'"],
    [["live", "--port", "x"], "--port takes"],
  ])("%j is said, with where the right words are", async (args, said) => {
    const { code, out, err } = await runWith(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(said);
    expect(err).toContain("(sprintcast-demo --help lists every command, and with a command every option)");
  });

  it.each([
    [["feeder"], 2, "eater token add NAME makes one"],
    [["record", "--live-url", "ws://127.0.0.1:1/live", "RUN"], 4, "is a live view running there"],
  ])("%j says what to do next", async (args, code, said) => {
    const told = await runWith(args.map((arg) => (arg === "RUN" ? join(folder, "run.ndjson") : arg)));
    expect(told.code).toBe(code);
    expect(told.err).toContain(said);
  });

  it("is told from an empty list of tokens", async () => {
    await runWith(["eater", "token", "add", "hall-7", "--db", db]);
    await runWith(["eater", "token", "remove", "hall-7", "--db", db]);
    const { code, out, err } = await runWith(["eater", "token", "list", "--db", db]);
    expect([code, out, err]).toEqual([0, "", "no tokens yet; eater token add NAME makes one\n"]);
  });
});

describe("a database that is not there", () => {
  it.each([
    ["token", "list"],
    ["token", "remove", "hall-7"],
    ["backup", "copy.db"],
  ])("is named by eater %s %s, and not made", async (...command) => {
    const { code, out, err } = await runWith(["eater", ...command, "--db", db]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`there is no ${db}`);
    await expect(readFile(db)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("a backup", () => {
  it("is made while an eater works, once, and of a sound database alone", async () => {
    const test = await startEater({ file: db });
    await test.eater.ingest(Array.from({ length: 3000 }, (_, index) => reading(`d-${index % 9}`, index)));
    const copy = join(folder, "copies", "monday.db");
    expect(await runWith(["eater", "backup", copy, "--db", db])).toMatchObject({
      code: 0,
      out: `${copy}: 3000 readings, up to offset 3000\n`,
    });
    const again = await runWith(["eater", "backup", copy, "--db", db]);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("there already")]);
    const { epoch } = test.eater;
    await test.close();
    await damage(db);
    const refused = await runWith(["eater", "backup", `${copy}.2`, "--db", db]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/is damaged/)]);
    expect(await readdir(join(folder, "copies"))).toEqual(["monday.db"]);

    const restored = await startEater({ file: copy });
    expect(restored.eater.epoch()).not.toBe(epoch());
    expect((await restored.eater.ingest([reading("d-0", 0), reading("new", 1)])).fates).toEqual(
      Uint8Array.of(RowOutcome.duplicate, RowOutcome.stored),
    );
    await restored.close();
  });
});

/** Overwrites the pages in the middle of a database that nobody has open. */
async function damage(file: string): Promise<void> {
  const handle = await open(file, "r+");
  const { size } = await handle.stat();
  const middle = Math.floor(size / 8192) * 4096;
  await handle.write(Buffer.alloc(4 * 4096, 0xa5), 0, 4 * 4096, middle);
  await handle.close();
}

describe("usage", () => {
  it.each([
    [["nonsense"], "nonsense"],
    [["eater", "--port", "x"], "--port"],
    [["eater", "--bus", "kafka://x"], "--bus"],
    [["feeder", "--unknown"], "--unknown"],
    [["feeder"], "SPRINTCAST_DEMO_TOKEN"],
    [["play", "/nowhere.ndjson"], "no such file"],
    [["record"], "out"],
    [["record", "--seconds", "0.1", "/dev/null/run.ndjson"], "/dev/null/run.ndjson"],
    [["play", "/"], "EISDIR"],
    [["live", "--log-level", "loud"], "fatal, error, warn"],
    [["live", "--bus", "nats://"], "nats://host:port"],
    [["live", "--snapshot", "memcached://"], "memcached://host:port"],
    [["live", "--host", "203.0.113.7", "--port", "0", "--log-level", "silent"], "--host"],
    [["eater", "--db", "/dev/null/demo.db", "--log-level", "silent"], "--db"],
    [["eater", "token", "list", "--db", "/dev/null/demo.db"], "--db"],
    [["feeder", "--token", "x", "--state", "/dev/null/state", "--log-level", "silent"], "--state"],
    [["feeder", "--token", "x", "--url", "nonsense", "--log-level", "silent"], "--url"],
    [["feeder", "--token", "x", "--url", "ftp://host/", "--log-level", "silent"], "ftp:"],
    [["feeder", "--token", "x", "--from", "/nowhere.csv"], "/nowhere.csv"],
  ])("of %j is refused with exit code 2 and says why", async (args, hint) => {
    const place = args[0] === "eater" && args.includes("--bus") ? ["--db", db] : [];
    const { code, err } = await runWith([...args, ...place]);
    expect(code).toBe(2);
    expect(err).toContain(hint);
  });

  it("never repeats a token or password that cannot be sent", async () => {
    const url = "http://127.0.0.1:9";
    for (const args of [
      ["--token", "sct_hidden…", "--url", url],
      ["--token", "x", "--url", "http://user:hidden@127.0.0.1:9"],
    ]) {
      const { code, out, err } = await runWith(["feeder", ...args, "--log-level", "silent"]);
      expect(code).toBe(2);
      expect(err).toMatch(/^error: --/);
      expect(out + err).not.toContain("hidden");
    }
  });

  it.each(["", "feeder", "eater", "live", "all", "record", "play", "cost", "eater token", "eater backup"])(
    "of %j has examples, with options that there are",
    async (name) => {
      const { code, out } = await runWith([...name.split(" ").filter(Boolean), "--help"]);
      expect(code).toBe(0);
      const [described = "", shown = ""] = out.split("Examples:\n");
      const lines = shown.split("\n").flatMap((line) => /sprintcast-demo (.+)$/.exec(line)?.[1] ?? []);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect((await runWith([...line.split(" "), "--help"])).code).toBe(0);
        for (const flag of line.match(/--[\w-]+/g) ?? []) expect(described).toContain(flag);
      }
    },
  );

  it("is explained", async () => {
    expect(await runWith(["--help"])).toMatchObject({ code: 0, err: "" });
  });
});

describe("a live view", () => {
  const logOf = async (...args: string[]) => {
    const { code, err } = await runWith(["live", "--port", "0", ...args], "", Promise.resolve());
    expect(code).toBe(0);
    return err;
  };

  it("says at its start that alone in its process it can show nothing from memory:", async () => {
    expect(await logOf()).toMatch(/--bus memory: .*can show nothing/);
    expect(await logOf("--bus", "nats://127.0.0.1:9")).not.toContain("can show nothing");
  });
});

describe("recording", () => {
  it("says with exit code 4 that there is nothing to record, and writes no file", async () => {
    const out = join(folder, "run.ndjson");
    const { code, err } = await runWith(["record", "--live-url", "ws://127.0.0.1:9/live", out]);
    expect(code).toBe(4);
    expect(err).toContain("ws://127.0.0.1:9/live");
    await expect(readFile(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("records the demo itself, and plays what it recorded", async () => {
    const app = await createDemoApp({ values: { db, rate: 200, flushMs: 20, dropOuts: 0 } });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const out = join(folder, "run.ndjson");
    const live = `${url.replace("http", "ws")}/live`;
    const recorded = await runWith(["record", "--live-url", live, "--seconds", "1", out]);
    await app.close();
    expect(recorded).toMatchObject({ code: 0 });
    const played = await runWith(["play", out]);
    expect(played).toMatchObject({ code: 0, err: "" });
    expect(played.out).toContain("device-0001");
  });
});

describe("a feeder process", () => {
  it("feeds a file, standard input, and stops with 4 for a wrong token", async () => {
    const test = await startEater({ file: db });
    const url = await test.app.listen({ host: "127.0.0.1", port: 0 });
    const file = join(folder, "some.ndjson");
    await writeFile(file, ndjson([reading("file", 1)]));
    const feeder = ["feeder", "--url", url, "--log-level", "silent"];
    expect(await runWith([...feeder, "--token", test.token, "--from", file])).toMatchObject({ code: 0 });
    const piped = await runWith(
      [...feeder, "--token", test.token, "--from", "-"],
      ndjson([reading("pipe", 1)]),
    );
    expect(piped.code).toBe(0);
    expect((await test.eater.batchAfter(0, 10))?.readings.map(({ source }) => source)).toEqual([
      "file",
      "pipe",
    ]);
    const refused = await runWith([...feeder, "--token", "wrong", "--from", file]);
    expect(refused.code).toBe(4);
    expect(refused.err).toContain("eater token add");
    await test.close();
  });
});

describe("the processes", () => {
  it("start from the command line, and end with 0 when asked, all delivered", async () => {
    const cli = fileURLToPath(new URL("./cli.ts", import.meta.url));
    const env = { ...process.env, SPRINTCAST_DEMO_DB: db, SPRINTCAST_DEMO_PORT: "0" };
    const child: ChildProcess = spawn(process.execPath, [cli, "all", "--rate", "300", "--flush-ms", "50"], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    // The first line of the log says where it listens: the database is there by then.
    await once(present(child.stderr), "data");
    const queries = openQueries(db);
    await expect.poll(() => queries.committed()).toBeGreaterThan(20);
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    queries.close();
  });
});
