import { stat } from "node:fs/promises";
import { join } from "node:path";
import { postgresAccess } from "../app/postgres-access.ts";
import { openDatabase } from "../eater/database.ts";
import { createPostgresQuestions } from "../eater/postgres/questions.ts";
import { createPool } from "../eater/postgres/session.ts";
import { usePostgresTokens } from "../eater/postgres/store.ts";
import { openQueries } from "../eater/reader.ts";
import { addToken } from "../eater/tokens.ts";
import { defaultOptions } from "../options/options.ts";
import type { Batch } from "../protocol.ts";
import { startPostgres, type TestPostgres } from "../testing/start-postgres.ts";

/** Where the eaters of a chaos run keep their readings. */
interface ChaosStore {
  /** What the programs are told of it, with a token that it takes. */
  env: Record<string, string>;
  server: TestPostgres | null;
  batchAfter(offset: number, limit: number): Promise<Batch | null>;
  /** What the database takes on the disk, bytes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

/** @param postgres the folder of PostgreSQL's programs; null for SQLite */
export function openChaosStore(folder: string, postgres: string | null): Promise<ChaosStore> {
  return postgres === null ? inSqlite(join(folder, "eater.db")) : inPostgres(postgres);
}

async function inSqlite(file: string): Promise<ChaosStore> {
  const db = openDatabase(file);
  const token = addToken(db, "chaos", Date.now());
  db.close();
  return {
    env: { SPRINTCAST_DEMO_TOKEN: token, SPRINTCAST_DEMO_DB: file },
    server: null,
    async batchAfter(offset, limit) {
      const queries = openQueries(file);
      const batch = queries.batchAfter(offset, limit);
      queries.close();
      return batch;
    },
    async size() {
      const sizes = await Promise.all(
        [file, `${file}-wal`].map((part) =>
          stat(part).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    close: async () => {},
  };
}

async function inPostgres(programs: string): Promise<ChaosStore> {
  const server = await startPostgres(programs);
  const store = await server.createDatabase();
  const access = postgresAccess({ ...defaultOptions(), store });
  if (!access) throw new TypeError("a PostgreSQL database that is none");
  let token = "";
  await usePostgresTokens(access, async (tokens) => {
    token = await tokens.add("chaos", Date.now());
  });
  return {
    env: { SPRINTCAST_DEMO_TOKEN: token, SPRINTCAST_DEMO_STORE: store },
    server,
    async batchAfter(offset, limit) {
      const pool = createPool(access);
      const batch = await createPostgresQuestions(pool).batchAfter(offset, limit);
      await pool.end();
      return batch;
    },
    async size() {
      const [row] = await server.query(store, "SELECT pg_database_size(current_database()) AS bytes");
      return Number(row?.bytes);
    },
    close: server.close,
  };
}
