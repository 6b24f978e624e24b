import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postgresAccess } from "../../app/postgres-access.ts";
import { defaultOptions } from "../../options/options.ts";
import { present } from "../../testing/present.ts";
import { findPostgres, startPostgres, type TestPostgres } from "../../testing/start-postgres.ts";
import { hashToken } from "../tokens.ts";
import { migrate } from "./migrations.ts";
import { readSeen } from "./seen-blocks.ts";
import { createSeriesNumbers } from "./series.ts";
import { type Client, createSession, type Session } from "./session.ts";
import { postgresTokens } from "./tokens.ts";

const programs = findPostgres();
const rolledBack = new Error("rolled back");

describe.runIf(programs)("what eaters on one PostgreSQL database keep in common", () => {
  let server: TestPostgres;
  let store: string;
  /** Connections of two eaters. */
  let one: Session;
  let other: Session;
  beforeAll(async () => {
    server = await startPostgres(present(programs));
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    store = await server.createDatabase();
    const access = present(postgresAccess({ ...defaultOptions(), store }));
    [one, other] = [createSession(access), createSession(access)];
    await one.transaction(migrate);
  });
  afterEach(async () => {
    await one.close();
    await other.close();
  });

  describe("the numbers of series", () => {
    /** Numbers pairs in a transaction that is committed, or not. */
    async function number(
      session: Session,
      numbers: ReturnType<typeof createSeriesNumbers>,
      pairs: readonly string[],
      { version = 0, fails = false } = {},
    ) {
      const work = async (client: Client) => {
        const found = await numbers.number(client, pairs, version);
        if (fails) throw rolledBack;
        return found;
      };
      const found = await session.transaction(work).catch((error) => {
        if (error !== rolledBack) throw error;
        return null;
      });
      found?.keep();
      return pairs.map((pair) => found?.idOf(pair));
    }

    it("are the same for every eater, and one for each pair of names", async () => {
      const [mine, theirs] = [createSeriesNumbers(10), createSeriesNumbers(10)];
      const pairs = ["a m", "a n", "b m", "a/m m"];
      const given = await number(one, mine, pairs);
      expect(new Set(given).size).toBe(4);
      expect(await number(other, theirs, [...pairs].reverse())).toEqual([...given].reverse());
      const more = await number(other, theirs, ["c m", "a n"]);
      expect([given.includes(more[0]), more[1]]).toEqual([false, given[1]]);
      expect(await number(one, mine, ["c m"])).toEqual([more[0]]);
    });

    it("are given to as many as there may be, the first to come, whichever eater they come to", async () => {
      const [mine, theirs] = [createSeriesNumbers(3), createSeriesNumbers(3)];
      const [a, b] = await number(one, mine, ["a m", "b m"]);
      const [again, c, d] = await number(other, theirs, ["a m", "c m", "d m"]);
      expect([again, c === undefined, d]).toEqual([a, false, undefined]);
      expect(await number(one, mine, ["d m", "b m", "c m"])).toEqual([undefined, b, c]);
    });

    it("are forgotten with a transaction that fails", async () => {
      const numbers = createSeriesNumbers(10);
      await number(one, numbers, ["a m"], { fails: true });
      expect(await server.query(store, "SELECT * FROM sprintcast.series")).toEqual([]);
      const [theirs] = await number(other, createSeriesNumbers(10), ["b m"]);
      const [a, b] = await number(one, numbers, ["a m", "b m"]);
      expect([typeof a, b]).toEqual(["number", theirs]);
    });

    it("of what has been retired make place, and come back the same as soon as they are heard of again", async () => {
      const numbers = createSeriesNumbers(2);
      const [a, b] = await number(one, numbers, ["a m", "b m"]);
      await server.query(store, "UPDATE sprintcast.series SET retired = 5 WHERE source = 'a'");
      const [c, full] = await number(one, numbers, ["c m", "a m"], { version: 1 });
      expect([c === undefined || c === a || c === b, full]).toEqual([false, undefined]);
      await server.query(store, "UPDATE sprintcast.series SET retired = 5 WHERE source = 'b'");
      expect(await number(one, numbers, ["a m", "c m"], { version: 2 })).toEqual([a, c]);
      const rows = await server.query(store, "SELECT source FROM sprintcast.series WHERE retired IS NULL");
      expect(rows.map(({ source }) => source).sort()).toEqual(["a", "c"]);
    });
  });

  describe("the memory of seen numbers", () => {
    const edges = [0, 1, 1023, 1024, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];
    const reading = fc.record({
      source: fc.constantFrom("a", "b", "a:1"),
      seq: fc.oneof(fc.constantFrom(...edges), fc.nat(3000)),
    });

    it("knows each reading that any eater has stored, and none of a transaction that failed", async () => {
      const known = new Set<string>();
      const step = fc.record({
        readings: fc.array(reading, { minLength: 1, maxLength: 20 }),
        isOther: fc.boolean(),
        fails: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(step, async ({ readings, isOther, fails }) => {
          const marked = new Set(known);
          const work = async (client: Client) => {
            const seen = await readSeen(client, readings);
            for (const { source, seq } of readings) {
              const key = `${source} ${seq}`;
              expect(seen.mark(source, seq), key).toBe(!marked.has(key));
              marked.add(key);
            }
            await seen.write();
            if (fails) throw rolledBack;
          };
          const done = (isOther ? other : one).transaction(work);
          if (fails) await expect(done).rejects.toBe(rolledBack);
          else {
            await done;
            for (const key of marked) known.add(key);
          }
        }),
        { numRuns: 40 },
      );
    });

    it("is asked for what was read alone", async () => {
      await one.transaction(async (client) => {
        const seen = await readSeen(client, [{ source: "a", seq: 5 }]);
        expect(seen.mark("a", 1023)).toBe(true);
        expect(() => seen.mark("a", 1024)).toThrow(RangeError);
        expect(() => seen.mark("b", 5)).toThrow(RangeError);
      });
      await one.transaction(async (client) => {
        const nothing = await readSeen(client, []);
        await nothing.write();
      });
    });
  });

  it("tokens are kept as hashes, known by one name each, and gone for all once removed", async () => {
    const token = await one.run((client) => postgresTokens(client).add("hall-7", 5));
    await other.run((client) => postgresTokens(client).add("a", 6));
    const listed = await other.run((client) => postgresTokens(client).list());
    expect(listed.map(({ name }) => name)).toEqual(["a", "hall-7"]);
    expect(listed[1]?.hash).toEqual(hashToken(token));
    expect(
      JSON.stringify(await server.query(store, "SELECT name, hash::text FROM sprintcast.tokens")),
    ).not.toContain(token);
    await expect(other.run((client) => postgresTokens(client).add("hall-7", 7))).rejects.toMatchObject({
      code: "TOKEN_EXISTS",
    });
    await other.run((client) => postgresTokens(client).remove("hall-7"));
    await expect(one.run((client) => postgresTokens(client).remove("hall-7"))).rejects.toMatchObject({
      code: "TOKEN_UNKNOWN",
    });
  });

  it("a session is made anew after a failure, and what was under way in it is undone", async () => {
    await expect(one.transaction((client) => client.query("SELECT 1 / 0"))).rejects.toMatchObject({
      code: "22012",
    });
    const half = one.transaction(async (client) => {
      await client.query("INSERT INTO sprintcast.tokens VALUES ('half', '', 0)");
      await server.query(
        store,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'",
      );
      await client.query("SELECT 1");
    });
    await expect(half).rejects.toThrow();
    const rows = await one.run((client) => client.query("SELECT name FROM sprintcast.tokens"));
    expect(rows.rows).toEqual([]);
    // Numbers of 64 bits are numbers here.
    const big = await one.run((client) => client.query("SELECT 9007199254740991::bigint AS big"));
    expect(big.rows).toEqual([{ big: Number.MAX_SAFE_INTEGER }]);
  });
});
