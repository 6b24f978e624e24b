import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresAccess } from "../app/postgres-access.ts";
import { defaultOptions } from "../options/options.ts";
import { present } from "../testing/present.ts";
import { ndjson, reading, startEater } from "../testing/start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../testing/start-postgres.ts";
import { run } from "./program.ts";

const programs = findPostgres();

async function runWith(...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await run(args, { stdin, stdout, stderr, stopAsked: new Promise(() => {}) });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

describe.runIf(programs)("with --store postgres://", () => {
  let server: TestPostgres;
  let store: string;
  beforeAll(async () => {
    server = await startPostgres(present(programs));
    store = await server.createDatabase();
  });
  afterAll(() => server.close());

  it("tokens are added, listed and removed, before and while eaters work", async () => {
    const token = (...args: string[]) => runWith("eater", "--store", store, "token", ...args);
    const added = await token("add", "hall-7");
    expect(added).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^sct_[\w-]{43}\n$/) });
    expect((await token("list")).out).toBe("hall-7\n");
    for (const wrong of [
      ["add", "hall-7"],
      ["add", "a name"],
      ["remove", "hall-8"],
    ]) {
      expect((await token(...wrong)).code).toBe(2);
    }
    const test = await startEater({ postgres: postgresAccess({ ...defaultOptions(), store }) });
    const post = async () => {
      const authorization = `Bearer ${added.out.trim()}`;
      return (await test.post(ndjson([reading("a", 1)]), { authorization })).statusCode;
    };
    expect(await post()).toBe(200);
    expect((await token("remove", "hall-7")).code).toBe(0);
    await expect.poll(post).toBe(401);
    await test.close();
    expect((await server.query(store, "SELECT * FROM sprintcast.tokens")).length).toBe(0);
  });

  it("all in one process runs on it, and says that the memory bus reaches no other", async () => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    let stop = () => {};
    const stopAsked = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const own = await server.createDatabase();
    const state = join(tmpdir(), `all-${process.pid}.ndjson`);
    const args = [
      "all",
      "--store",
      own,
      "--port",
      "0",
      "--rate",
      "500",
      "--flush-ms",
      "20",
      "--state",
      state,
    ];
    const running = run(args, { stdin, stdout, stderr, stopAsked });
    const logged = text(stderr);
    const stored = async () => {
      const rows = await server
        .query(own, "SELECT committed::int AS n FROM sprintcast.stand")
        .catch(() => []);
      return rows[0]?.n ?? 0;
    };
    await expect.poll(stored).toBeGreaterThan(20);
    stop();
    expect(await running).toBe(0);
    stderr.end();
    expect(await logged).toContain("--bus memory: reaches no other process");
    expect(await logged).not.toContain(decodeURIComponent(new URL(own).password));
    for (const file of [state, `${state}.lock`]) await rm(file, { force: true });
  });

  it("a database that is not there ends with 4, and a backup is left to pg_dump", async () => {
    const nowhere = store.replace(/[^/]+$/, "nowhere");
    const refused = await runWith("eater", "--store", nowhere, "token", "list");
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining("nowhere")]);
    const password = decodeURIComponent(new URL(store).password);
    expect(refused.err).not.toContain(password);
    const backup = await runWith("eater", "--store", store, "backup", "copy.db");
    expect([backup.code, backup.err]).toEqual([2, expect.stringContaining("pg_dump")]);
  });
});
