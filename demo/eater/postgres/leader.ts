import type { Stand } from "../store.ts";
import type { PostgresAccess } from "./access.ts";
import { CHANNEL } from "./commit.ts";
import { LOCKS } from "./migrations.ts";
import { type Client, createSession } from "./session.ts";

/** How often an eater asks whether it may lead, or, where it does, whether its connection still holds the lock, ms. */
const ASK_MS = 250;

interface LeaderEvents {
  moved(to: Stand): void;
  led(): void;
  warn(error: unknown, message: string): void;
}

/**
 * Makes one of all eaters on a database the one that publishes, derives and drops: who holds a lock that the server
 * gives back when its connection ends, however that comes about. Whoever leads hears of the others' commits.
 */
export function watchLead(access: PostgresAccess, events: LeaderEvents) {
  const session = createSession(access);
  let leader: Client | null = null;
  let isFailing = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> = Promise.resolve();

  function lead(client: Client | null): void {
    if (client === leader) return;
    leader = client;
    events.led();
  }

  async function ask(client: Client): Promise<void> {
    if (client === leader) {
      await client.query("SELECT 1");
      return;
    }
    const { rows } = await client.query(`SELECT pg_try_advisory_lock(${LOCKS.lead}) AS leads`);
    if (!rows[0]?.leads || isClosed) return;
    client.on("notification", ({ payload = "" }) => {
      const [committed, epoch = ""] = payload.split(" ");
      events.moved({ epoch, committed: Number(committed) });
    });
    client.once("end", () => {
      if (leader === client) lead(null);
    });
    await client.query(`LISTEN ${CHANNEL}`);
    lead(client);
  }

  async function turn(): Promise<void> {
    try {
      await session.run(ask);
      isFailing = false;
    } catch (error) {
      lead(null);
      if (!isFailing && !isClosed)
        events.warn(error, "the database does not answer; another eater may lead now");
      isFailing = true;
    }
    if (isClosed) return;
    timer = setTimeout(() => {
      asking = turn();
    }, ASK_MS);
    timer.unref();
  }

  return {
    /** Resolves once it is known whether this eater leads. */
    begin(): Promise<void> {
      asking = turn();
      return asking;
    },
    leads: () => leader !== null,
    async close(): Promise<void> {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await asking;
      leader = null;
      await session.close().catch(() => {});
    },
  };
}
