import { randomUUID } from "node:crypto";
import type { Client } from "./session.ts";

const migrations = [
  {
    name: "001-readings",
    sql: `
      CREATE TABLE sprintcast.stand (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        epoch text NOT NULL, committed bigint NOT NULL DEFAULT 0,
        -- Time of the newest commit, which never goes back; where the newest partition ends; how often series went.
        committed_at bigint NOT NULL DEFAULT 0, part_to bigint NOT NULL DEFAULT 0, series_version bigint NOT NULL DEFAULT 0
      );
      CREATE TABLE sprintcast.derivation (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        derived bigint NOT NULL DEFAULT 0, derived_at bigint NOT NULL DEFAULT 0
      );
      INSERT INTO sprintcast.derivation DEFAULT VALUES;
      CREATE TABLE sprintcast.series (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, source text NOT NULL, metric text NOT NULL,
        at bigint, value double precision, "offset" bigint, used bigint, retired bigint, UNIQUE (source, metric)
      ) WITH (fillfactor = 70);
      CREATE INDEX retired_series ON sprintcast.series (retired) WHERE retired IS NOT NULL;
      CREATE TABLE sprintcast.readings (
        "offset" bigint NOT NULL, series bigint NOT NULL, seq bigint NOT NULL, at bigint NOT NULL,
        value double precision NOT NULL, committed_at bigint NOT NULL, PRIMARY KEY ("offset", committed_at)
      ) PARTITION BY RANGE (committed_at);
      CREATE TABLE sprintcast.parts (name text PRIMARY KEY, until bigint NOT NULL);
      CREATE TABLE sprintcast.seen (
        source text NOT NULL, block bigint NOT NULL, bits bytea NOT NULL, PRIMARY KEY (source, block)
      ) WITH (fillfactor = 70);
      -- Blocks of random bits gain nothing from compression, and are read and written all the time.
      ALTER TABLE sprintcast.seen ALTER COLUMN bits SET STORAGE PLAIN;
      CREATE TABLE sprintcast.rollups (
        step integer NOT NULL, bucket bigint NOT NULL, series bigint NOT NULL, n bigint NOT NULL,
        sum double precision NOT NULL, min double precision NOT NULL, max double precision NOT NULL,
        PRIMARY KEY (step, bucket, series)
      ) WITH (fillfactor = 80);
      CREATE INDEX minutes_by_series ON sprintcast.rollups (series, bucket) WHERE step = 60000;
      CREATE TABLE sprintcast.anomalies (
        "offset" bigint PRIMARY KEY, series bigint NOT NULL, at bigint NOT NULL, value double precision NOT NULL,
        score double precision NOT NULL, median double precision NOT NULL, mad double precision NOT NULL
      );
      CREATE TABLE sprintcast.tokens (name text PRIMARY KEY, hash bytea NOT NULL, created_at bigint NOT NULL);
      CREATE TABLE sprintcast.trial (one boolean PRIMARY KEY DEFAULT true CHECK (one), bytes bytea NOT NULL)`,
  },
  {
    name: "002-parts-of-a-wrong-clock",
    // What was committed while a clock ran ahead is as old as when that came out.
    sql: "ALTER TABLE sprintcast.parts ADD COLUMN aged_from bigint",
  },
];

/** Any two numbers will do, as long as every version has the same. */
export const LOCKS = { migrate: "7467243, 1", lead: "7467243, 2" } as const;

/** Brings the schema up to date, however many do so at once, within a transaction. */
export async function migrate(client: Client): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCKS.migrate})`);
  const { rows } = await client.query("SELECT to_regclass('sprintcast.migrations') IS NOT NULL AS found");
  if (!rows[0]?.found) {
    await client.query("CREATE SCHEMA IF NOT EXISTS sprintcast");
    await client.query("CREATE TABLE sprintcast.migrations (name text PRIMARY KEY)");
  }
  const done = await client.query("SELECT name FROM sprintcast.migrations");
  const names = new Set(done.rows.map(({ name }) => name));
  for (const { name, sql } of migrations) {
    if (names.has(name)) continue;
    await client.query(sql);
    await client.query("INSERT INTO sprintcast.migrations VALUES ($1)", [name]);
  }
  await client.query("INSERT INTO sprintcast.stand (epoch) VALUES ($1) ON CONFLICT DO NOTHING", [
    randomUUID(),
  ]);
}
