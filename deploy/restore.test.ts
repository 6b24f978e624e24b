import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { postgresAccess } from "../demo/app/postgres-access.ts";
import { createMemoryBus } from "../demo/bus/memory.ts";
import { RowOutcome } from "../demo/eater/columns.ts";
import { usePostgresTokens } from "../demo/eater/postgres/store.ts";
import { defaultOptions } from "../demo/options/options.ts";
import { present } from "../demo/testing/present.ts";
import { NOW, reading, startEater } from "../demo/testing/start-eater.ts";
import { findPostgres, startPostgres } from "../demo/testing/start-postgres.ts";

const run = promisify(execFile);
const programs = findPostgres();

describe.runIf(programs)("a copy that pg_dump made while an eater worked (needs PostgreSQL)", () => {
  it("is put back as the runbook says, and goes on in a new epoch", async () => {
    const folder = await mkdtemp(join(tmpdir(), "restore-"));
    const bin = present(programs);
    const server = await startPostgres(bin);
    const on = (store: string) => postgresAccess({ ...defaultOptions(), store });
    const bus = { ...createMemoryBus({ keepReadings: 10_000 }), close: async () => {} };
    const [original, restored] = [await server.createDatabase(), await server.createDatabase()];
    const first = await startEater({ postgres: on(original), bus });
    const all = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => reading(`d-${index % 5}`, from + index));
    await first.eater.ingest(all(1, 500));
    await first.eater.derive();
    const dump = join(folder, "demo.dump");
    const ingesting = first.eater.ingest(all(501, 600));
    await run(join(bin, "pg_dump"), ["--format=custom", `--file=${dump}`, original]);
    await ingesting;
    await first.eater.ingest(all(601, 700));
    const epoch = first.eater.epoch();
    await expect.poll(() => bus.latest()).toEqual({ epoch, offset: 700 });
    await first.close();

    await run(join(bin, "pg_restore"), ["--no-owner", `--dbname=${restored}`, dump]);
    const second = await startEater({ postgres: on(restored), bus });
    await expect.poll(() => second.eater.epoch()).not.toBe(epoch);
    const { fates, offset } = await second.eater.ingest([...all(1, 500), reading("new", 1)]);
    expect([...fates.slice(0, 500)].every((fate) => fate === RowOutcome.duplicate)).toBe(true);
    expect(fates[500]).toBe(RowOutcome.stored);
    const batch = await second.eater.batchAfter(0, 1000);
    expect([batch?.from, batch?.to]).toEqual([1, offset]);
    await second.eater.derive();
    const { rollups } = await second.eater.questions.rollups({
      step: "minute",
      from: 0,
      to: NOW,
      limit: 100,
    });
    expect(rollups.reduce((sum, { n }) => sum + n, 0)).toBe(offset);
    const now = { epoch: second.eater.epoch(), offset };
    await expect.poll(() => bus.latest()).toEqual(now);
    await second.close();

    // It takes the name that every setting has, with the runbook's own statements.
    const nameOf = (url: string) => new URL(url).pathname.slice(1);
    const runbook = await readFile(new URL("runbook.md", import.meta.url), "utf8");
    const renames = [...runbook.matchAll(/-c '(ALTER DATABASE [^']+)'/g)].map(([, sql = ""]) => sql);
    expect(renames).toHaveLength(2);
    for (const sql of renames) {
      const named = sql
        .replace(/\bsprintcast_restored\b/, nameOf(restored))
        .replace(/\bsprintcast\b/, nameOf(original));
      await server.query(original.replace(nameOf(original), "postgres"), named);
    }
    // Its tokens are listed and removed while no eater runs, with the runbook's own statements as well.
    await usePostgresTokens(present(on(original)), async (tokens) => {
      await tokens.add("hall-7", NOW);
    });
    const listing = present(/psql .*-c '(SELECT [^']+)'/.exec(runbook)?.[1]);
    expect(await server.query(original, listing)).toEqual([{ name: "hall-7" }]);
    const removal = present(/psql .*-c "(DELETE [^"]+)"/.exec(runbook)?.[1]);
    await server.query(original, removal.replace("'NAME'", "'hall-7'"));
    expect(await server.query(original, listing)).toEqual([]);
    const third = await startEater({ postgres: on(original), bus });
    expect(third.eater.epoch()).toBe(now.epoch);
    await third.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
});
