import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import memjs from "memjs";
import { z } from "zod";
import { untilAborted } from "../abort.ts";
import type { SnapshotStore } from "./snapshot.ts";

export interface MemcachedSettings {
  /** Each `host` or `host:port`. */
  hosts: string[];
  /** For SASL; null for a server that asks for none. */
  user: string | null;
  password: string | null;
  /** Keys begin with this, so that several fleets can share a server. */
  prefix: string;
  timeoutMs: number;
}

const headSchema = z.object({
  epoch: z.string(),
  offset: z.number().int().min(0),
  parts: z.number().int().min(1).max(1000),
});
type Head = z.infer<typeof headSchema>;

const stateSchema = z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()])));

// memcached takes 1 MiB for an item, its key and header included.
const PART_BYTES = 900_000;
const LARGEST_STATE_BYTES = 256_000_000;
const compress = promisify(gzip);
const uncompress = promisify(gunzip);

/**
 * Keeps the newest snapshot in memcached, packed and cut into parts that fit. The head is written last, and names
 * parts that no other snapshot uses. Two writers may race between the look and the write; the loser's older snapshot
 * then costs its readers a few more batches from the bus.
 */
export function createMemcachedSnapshots(settings: MemcachedSettings): SnapshotStore {
  let client = createClient(settings);
  const headKey = `${settings.prefix}:head`;
  const partKey = ({ epoch, offset }: Head, part: number) => `${settings.prefix}:${epoch}:${offset}:${part}`;

  /** What the client never answers, as where a connection ends on the way, is given up; then comes a new one. */
  async function ask<T>(request: (client: Client) => Promise<T>): Promise<T> {
    const asked = client;
    try {
      // As long as the connection and the answer may take.
      return await untilAborted(request(asked), AbortSignal.timeout(2 * settings.timeoutMs));
    } catch (error) {
      if (asked === client) {
        asked.close();
        client = createClient(settings);
      }
      throw error;
    }
  }

  async function get(key: string): Promise<Buffer | null> {
    return (await ask((asked) => asked.get(key))).value;
  }

  async function readHead(): Promise<Head | null> {
    const value = await get(headKey);
    return value ? (headSchema.safeParse(parseJson(value)).data ?? null) : null;
  }

  return {
    async read() {
      const head = await readHead();
      if (!head) return null;
      const keys = Array.from({ length: head.parts }, (_, part) => partKey(head, part));
      const parts = await Promise.all(keys.map(get));
      // A part was evicted: the snapshot is gone, which the interface allows.
      if (!parts.every((part) => part !== null)) return null;
      const packed = await uncompress(Buffer.concat(parts), { maxOutputLength: LARGEST_STATE_BYTES });
      const state = stateSchema.safeParse(parseJson(packed));
      return state.success ? { epoch: head.epoch, offset: head.offset, state: state.data } : null;
    },
    async offer(at, make) {
      const newest = await readHead();
      if (newest?.epoch === at.epoch && newest.offset >= at.offset) return;
      const snapshot = await make();
      const packed = await compress(snapshot.json);
      const parts = Math.max(1, Math.ceil(packed.length / PART_BYTES));
      const head: Head = { epoch: snapshot.epoch, offset: snapshot.offset, parts };
      for (let part = 0; part < parts; part += 1) {
        const bytes = packed.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
        await ask((asked) => asked.set(partKey(head, part), bytes, { expires: 0 }));
      }
      await ask((asked) => asked.set(headKey, JSON.stringify(head), { expires: 0 }));
      if (newest) await forget(newest);
    },
    async close() {
      client.close();
    },
  };

  async function forget(old: Head): Promise<void> {
    for (let part = 0; part < old.parts; part += 1) await ask((asked) => asked.delete(partKey(old, part)));
  }
}

type Client = ReturnType<typeof createClient>;

function createClient({ hosts, user, password, timeoutMs }: MemcachedSettings) {
  return memjs.Client.create<string | Buffer, Buffer | null>(hosts.join(","), {
    ...(user === null ? {} : { username: user, password: password ?? "" }),
    timeout: timeoutMs / 1000,
    conntimeout: timeoutMs / 1000,
    retries: 1,
    failoverTime: 1,
    logger: { log() {} },
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
