import pg from "pg";
import { DemoError } from "../../errors.ts";
import type { PostgresAccess } from "./access.ts";

/** The database that `--store` names does not let us in, or is not there. */
export class StoreError extends DemoError<"STORE_REFUSED"> {
  override name = "StoreError";

  constructor(message: string, options?: ErrorOptions) {
    super("STORE_REFUSED", message, options);
  }
}

export type Client = pg.ClientBase;

const INT8 = 20;
/** Longest a statement may take, there and as seen from here: a server that says nothing is left. */
const STATEMENT_MS = 30_000;
/** A transaction that its eater has left, as its machine has, keeps its locks no longer than this. */
const ABANDONED_MS = 10_000;

/** Sums and offsets stay below 2^53, and are numbers here. */
const types = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

function clientConfig(access: PostgresAccess): pg.PoolConfig {
  const { host, port, database, user, password, tls, timeoutMs } = access;
  return {
    host,
    port,
    database,
    user,
    types,
    ...(password === null ? {} : { password }),
    ssl: tls !== null && { rejectUnauthorized: tls.isVerified, ...(tls.ca === null ? {} : { ca: tls.ca }) },
    application_name: "sprintcast-eater",
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + 5000,
    idle_in_transaction_session_timeout: ABANDONED_MS,
  };
}

/** A server that is gone is noticed within some tens of seconds, and what it commits is on its disk. */
const SETUP = `
  SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2;
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`;

/** One connection, made when it is needed, and made anew after any failure: what was under way is rolled back. */
export function createSession(access: PostgresAccess) {
  let client: pg.Client | null = null;

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const made = new pg.Client(clientConfig(access));
    made.on("error", () => drop(made));
    made.on("end", () => drop(made));
    try {
      await made.connect();
      await made.query(SETUP);
    } catch (error) {
      drop(made);
      throw error;
    }
    client = made;
    return made;
  }

  function drop(gone: pg.Client): void {
    if (client === gone) client = null;
    gone.end().catch(() => {});
  }

  async function run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const used = await connected();
    try {
      return await work(used);
    } catch (error) {
      drop(used);
      throw error;
    }
  }

  return {
    run,
    /** Does `work` in one transaction, or not at all. */
    transaction: <T>(work: (client: Client) => Promise<T>): Promise<T> =>
      run(async (used) => {
        await used.query("BEGIN");
        const done = await work(used);
        await used.query("COMMIT");
        return done;
      }),
    async close(): Promise<void> {
      const open = client;
      client = null;
      await open?.end();
    },
  };
}

export type Session = ReturnType<typeof createSession>;

/** Connections for questions, a few at a time. */
export function createPool(access: PostgresAccess): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(access), max: 4, idleTimeoutMillis: 30_000 });
  // An idle connection that breaks is replaced when one is needed.
  pool.on("error", () => {});
  return pool;
}

/** Tried again: the server is not there, is starting, is stopping, or has no connection left. */
export function isTransient(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^(57P0[123]|53300|08\w{3})$/.test(code)) return true;
  if (/^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOENT)$/.test(code))
    return true;
  return error instanceof Error && /timeout|terminated unexpectedly/i.test(error.message);
}
