import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postgresAccess } from "../../app/postgres-access.ts";
import { createMemoryBus } from "../../bus/memory.ts";
import { defaultOptions } from "../../options/options.ts";
import type { Batch, Reading } from "../../protocol.ts";
import { present } from "../../testing/present.ts";
import { NOW, ndjson, reading, startEater, type TestEater } from "../../testing/start-eater.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../testing/start-postgres.ts";
import { findProgram } from "../../testing/start-process.ts";
import { RowOutcome } from "../columns.ts";

const programs = findPostgres();
const openssl = findProgram("openssl");

describe.runIf(programs)("eaters on one PostgreSQL database", () => {
  let server: TestPostgres;
  let store: string;
  let eaters: TestEater[];
  let warnings: string[];
  beforeAll(async () => {
    server = await startPostgres(present(programs));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    store = await server.createDatabase();
    eaters = [];
    warnings = [];
  });
  afterEach(async () => {
    for (const test of eaters) await test.close();
  });

  const start = async (changes: Parameters<typeof startEater>[0] = {}) => {
    const test = await startEater({
      postgres: postgresAccess({ ...defaultOptions(), store }),
      warn: (error, message) => warnings.push(`${message} ${error}`),
      ...changes,
    });
    eaters.push(test);
    return test;
  };
  /** How many eaters say of themselves that they lead. */
  const leads = async (test: TestEater) => {
    test.eater.degraded();
    const metric = await test.eater.metrics.leads.get();
    return metric.values[0]?.value === 1;
  };
  const endConnections = (of: string) =>
    server.query(store, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${of}`);
  const LEADERS = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";

  async function collect() {
    const bus = createMemoryBus({ keepReadings: 100_000 });
    const batches: Batch[] = [];
    await bus.subscribe(null, (batch) => batches.push(batch));
    const offsets = () =>
      batches.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
    return { bus: { ...bus, close: async () => {} }, batches, offsets };
  }
  const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

  it("store what comes to several at once, once, and one of them publishes all of it in order", async () => {
    const { bus, batches, offsets } = await collect();
    const [one, two] = [await start({ bus }), await start({ bus })];
    expect([await leads(one), await leads(two)]).toEqual([true, false]);
    const group = (seed: number) =>
      Array.from({ length: 40 }, (_, index) => reading(`d-${(index + seed) % 9}`, (index * 7 + seed) % 60));
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : two).eater.ingest(group(index))),
    );
    const stored = outcomes.flatMap(({ fates }) => [...fates]).filter((fate) => fate === RowOutcome.stored);
    const sent = new Set(
      Array.from({ length: 30 }, (_, index) => group(index)).flatMap((readings) =>
        readings.map(({ source, seq }) => `${source} ${seq}`),
      ),
    );
    expect(stored).toHaveLength(sent.size);
    await expect.poll(() => offsets().length).toBe(sent.size);
    expect(offsets()).toEqual(upTo(sent.size));
    const keys = batches.flatMap(({ readings }) => readings.map(({ source, seq }) => `${source} ${seq}`));
    expect(new Set(keys)).toEqual(sent);
    expect(keys).toHaveLength(sent.size);
  });

  it("go on where the one that published was cut off, without a gap and without a word twice", async () => {
    const { bus, offsets } = await collect();
    const [one, two] = [await start({ bus }), await start({ bus })];
    await one.eater.ingest([reading("a", 1)]);
    await two.eater.ingest([reading("a", 2)]);
    await expect.poll(offsets).toEqual([1, 2]);
    await one.eater.derive();
    await one.close();
    eaters.shift();
    await expect.poll(() => leads(two)).toBe(true);
    await two.eater.ingest([reading("a", 3, { value: 7 })]);
    await expect.poll(offsets).toEqual([1, 2, 3]);
    await two.eater.derive();
    const { rollups } = await two.eater.questions.rollups({ step: "minute", from: 0, to: NOW, limit: 9 });
    expect(rollups).toMatchObject([{ n: 3 }]);
  });

  it("lose the lead with its connection, and one of them has it again", async () => {
    const { bus, offsets } = await collect();
    const [one, two] = [await start({ bus }), await start({ bus })];
    await endConnections(LEADERS);
    await two.eater.ingest([reading("a", 1)]);
    await expect.poll(offsets).toEqual([1]);
    await expect.poll(async () => [await leads(one), await leads(two)].filter(Boolean)).toHaveLength(1);
  });

  it("answer 503 while the server is away, and then take the same batch, once", async () => {
    const { bus, offsets } = await collect();
    const test = await start({ bus, storeCheckMs: 50 });
    await test.post(ndjson([reading("a", 1)]));
    await server.kill();
    const refused = await test.post(ndjson([reading("a", 2)]));
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([503, "1"]);
    await expect.poll(() => test.eater.troubles()).toEqual([expect.stringContaining("cannot commit")]);
    expect(test.eater.fatal()).toEqual([]);
    await server.start();
    await expect.poll(() => test.eater.troubles()).toEqual([]);
    expect((await test.post(ndjson([reading("a", 1), reading("a", 2)]))).json()).toMatchObject({
      stored: 1,
      duplicates: 1,
      offset: 2,
    });
    await expect.poll(offsets).toEqual([1, 2]);
  });

  it("take again what was cut off before it was answered, once", async () => {
    const test = await start();
    for (let round = 0; round < 8; round += 1) {
      const readings = Array.from({ length: 200 }, (_, index) => reading("a", round * 200 + index));
      const first = test.eater.ingest(readings).catch(() => null);
      await endConnections("application_name = 'sprintcast-eater' AND query NOT LIKE 'LISTEN%'");
      await first;
      await expect
        .poll(() => test.eater.ingest(readings).catch(() => null))
        .toMatchObject({
          offset: (round + 1) * 200,
        });
    }
    expect((await test.eater.batchAfter(0, 10_000))?.readings.map(({ seq }) => seq)).toEqual(
      upTo(1600).map((n) => n - 1),
    );
  });

  it("begin a new epoch on a server that took over without the last commits", async () => {
    const { bus, batches } = await collect();
    const test = await start({ bus });
    const taken = (count: number): Reading[] => upTo(count).map((seq) => reading("a", seq));
    await test.eater.ingest(taken(5));
    const epoch = test.eater.epoch();
    await expect.poll(() => batches.at(-1)?.to).toBe(5);
    await server.query(
      store,
      `DELETE FROM sprintcast.readings WHERE "offset" > 3; DELETE FROM sprintcast.seen;
       UPDATE sprintcast.stand SET committed = 3`,
    );
    expect((await test.eater.ingest([reading("b", 1)])).offset).toBe(4);
    expect(test.eater.epoch()).not.toBe(epoch);
    await expect.poll(() => bus.latest()).toEqual({ epoch: test.eater.epoch(), offset: 4 });
    expect(batches.at(-1)?.readings.map(({ source }) => source)).toEqual(["a", "a", "a", "b"]);
  });

  it("bring one new database up to date, however many begin at once", async () => {
    const started = await Promise.all(Array.from({ length: 4 }, () => start()));
    expect(new Set(started.map(({ eater }) => eater.epoch())).size).toBe(1);
  });

  it("bring an older schema up to date, beside eaters that know only that one", async () => {
    const older = await start();
    await older.eater.ingest([reading("a", 1)]);
    const later = ["002-parts-of-a-wrong-clock"];
    await server.query(store, "ALTER TABLE sprintcast.parts DROP COLUMN aged_from");
    await server.query(store, `DELETE FROM sprintcast.migrations WHERE name IN ('${later.join("', '")}')`);
    const newer = await start();
    expect((await newer.eater.ingest([reading("a", 2)])).offset).toBe(2);
    // As an older eater writes them down.
    await server.query(store, "INSERT INTO sprintcast.parts VALUES ('readings_0', 1)");
    expect((await older.eater.ingest([reading("a", 3)])).offset).toBe(3);
    const names = await server.query(store, "SELECT name FROM sprintcast.migrations ORDER BY 1");
    expect(names.map(({ name }) => name)).toEqual(["001-readings", ...later]);
  });

  it("keep readings in partitions, and drop the oldest whole", async () => {
    let now = NOW;
    const test = await start({ retention: { readingsMs: 24_000, minutesMs: 0 }, clock: () => now });
    const parts = async () =>
      (await server.query(store, "SELECT count(*)::int AS n FROM pg_inherits")).map(({ n }) => n)[0];
    const retained = async () => {
      await test.eater.retain();
      return parts();
    };
    for (let second = 1; second <= 60; second += 1) {
      now += 1000;
      await test.eater.ingest([reading("a", second)]);
    }
    // Each has an index, which is inherited as well.
    expect(await parts()).toBe(2 * 60);
    await test.eater.derive();
    await expect.poll(retained).toBe(2 * 25);
    expect((await test.eater.batchAfter(0, 100))?.from).toBe(36);
  });

  it("say what is wrong without what lets anybody in", async () => {
    const url = new URL(store);
    const secret = url.password;
    for (const [part, value, why] of [
      ["pathname", "/nowhere", /database "?nowhere"? .*does not exist/],
      ["password", "not-this-one", /password authentication failed/],
      ["port", "9", /ECONNREFUSED/],
    ] as const) {
      const changed = new URL(store);
      changed[part] = value;
      const wrong = changed.href;
      const access = postgresAccess({ ...defaultOptions(), store: wrong, serviceTimeoutMs: 500 });
      const error = await startEater({ postgres: access }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: "STORE_REFUSED", message: expect.stringMatching(why) });
      const told = `${error.stack} ${JSON.stringify(error)} ${error.cause?.stack}`;
      for (const held of [secret, decodeURIComponent(secret), "not-this-one"])
        expect(told).not.toContain(held);
    }
    const test = await start({ storeCheckMs: 50 });
    await endConnections("application_name = 'sprintcast-eater'");
    await test.eater.ingest([reading("a", 1)]).catch(() => {});
    const shown = `${warnings.join()} ${test.eater.troubles()} ${await test.eater.registry.metrics()}`;
    expect(shown).not.toContain(decodeURIComponent(secret));
  });
});

describe.runIf(programs && openssl)("a PostgreSQL server with a certificate (needs openssl)", () => {
  it("is talked to over TLS, and not at all where its certificate is not trusted or not its own", async () => {
    const server = await startPostgres(present(programs), { openssl });
    const store = await server.createDatabase();
    const access = (query: string, host = "localhost", storeCa: string | null = null) =>
      postgresAccess({ ...defaultOptions(), store: store.replace("127.0.0.1", host) + query, storeCa });
    const encrypted = async (options: ReturnType<typeof access>) => {
      const test = await startEater({ postgres: options });
      const rows = await server.query(
        store,
        `SELECT bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
         WHERE application_name = 'sprintcast-eater'`,
      );
      await test.close();
      return rows[0]?.ssl;
    };
    expect(await encrypted(access("?sslmode=verify-full", "localhost", server.ca))).toBe(true);
    expect(await encrypted(access("?sslmode=require"))).toBe(true);
    expect(await encrypted(access(""))).toBe(false);
    for (const wrong of [
      access("?sslmode=verify-full"),
      access("?sslmode=verify-full", "127.0.0.1", server.ca),
    ]) {
      await expect(startEater({ postgres: wrong })).rejects.toMatchObject({ code: "STORE_REFUSED" });
    }
    await server.close();
  });
});
