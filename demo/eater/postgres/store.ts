import { setTimeout as sleep } from "node:timers/promises";
import { DemoError } from "../../errors.ts";
import { openAll } from "../../opened.ts";
import type { Stand, Store, StoreEvents } from "../store.ts";
import type { TokenList } from "../tokens.ts";
import type { WorkerSettings } from "../worker.ts";
import { startWriter } from "../writer.ts";
import type { PostgresAccess } from "./access.ts";
import { watchLead } from "./leader.ts";
import { migrate } from "./migrations.ts";
import { createPostgresQuestions, readStand } from "./questions.ts";
import { createPool, createSession, isTransient, type Session, StoreError } from "./session.ts";
import { postgresTokens } from "./tokens.ts";

/** How often a server that may just be starting is asked, for twice the time that it has for an answer. */
const RETRY_MS = 250;

/**
 * Opens a PostgreSQL database that any number of eaters share.
 * @throws StoreError where it cannot be reached, or refuses
 */
export async function openPostgresStore(
  settings: WorkerSettings & { postgres: PostgresAccess },
  events: StoreEvents,
): Promise<Store> {
  const from = await prepare(settings.postgres);
  return openAll(async (opened) => {
    const pool = createPool(settings.postgres);
    opened.add(() => pool.end());
    const lead = watchLead(settings.postgres, events);
    opened.add(lead.close);
    const writer = await startWriter("postgres/worker", settings);
    opened.add(writer.close);
    await lead.begin();
    const { questions, stand, batchAfter, tokens } = createPostgresQuestions(pool);
    const { close } = opened;
    return { writer, questions, opened: from, stand, batchAfter, tokens, leads: lead.leads, close };
  });
}

/** Brings the schema up to date; a server that is not there yet is waited for a while. @throws StoreError */
async function prepare(access: PostgresAccess): Promise<Stand> {
  return usePostgres(access, async (session) => {
    for (const began = performance.now(); ; await sleep(RETRY_MS)) {
      try {
        await session.transaction(migrate);
        return await session.run(readStand);
      } catch (error) {
        if (!isTransient(error) || performance.now() - began > 2 * access.timeoutMs) throw error;
      }
    }
  });
}

/** Does one thing with a database. @throws StoreError */
async function usePostgres<T>(access: PostgresAccess, work: (session: Session) => Promise<T>): Promise<T> {
  const session = createSession(access);
  try {
    return await work(session);
  } catch (error) {
    throw error instanceof DemoError ? error : refused(access, error);
  } finally {
    await session.close().catch(() => {});
  }
}

/** Manages the tokens of a database, whether eaters use it or not. @throws StoreError, TokenError */
export function usePostgresTokens(
  access: PostgresAccess,
  work: (tokens: TokenList) => Promise<void>,
): Promise<void> {
  return usePostgres(access, async (session) => {
    await session.transaction(migrate);
    await session.run((client) => work(postgresTokens(client)));
  });
}

/** Says what is amiss without what lets anybody in. */
function refused({ host, port, database, user }: PostgresAccess, cause: unknown): StoreError {
  const why = cause instanceof Error ? cause.message || ("code" in cause ? cause.code : cause.name) : cause;
  const message = `--store: database ${database} at ${host}, port ${port}, cannot be used by ${user} (${why})`;
  return new StoreError(message, { cause });
}
