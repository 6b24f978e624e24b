import { randomUUID } from "node:crypto";
import { NONE, RowOutcome, type WorkerColumns } from "../columns.ts";
import type { Committed } from "../commit.ts";
import { commitTime, keepPart, type PartSettings } from "./parts.ts";
import { readSeen } from "./seen-blocks.ts";
import { createSeriesNumbers, pairOf } from "./series.ts";
import type { Client } from "./session.ts";

/** The channel on which a commit tells how far it came. */
export const CHANNEL = "sprintcast_committed";

interface StandRow {
  epoch: string;
  committed: number;
  committed_at: number;
  part_to: number;
  series_version: number;
}

/** Rows to be stored, sideways. */
interface Rows {
  series: number[];
  seq: number[];
  at: number[];
  value: number[];
}

export interface CommitSettings extends PartSettings {
  maxSeries: number;
}

/** Keeps all other commits out until this transaction ends; that is what leaves no gap between offsets. */
export async function lockStand(client: Client): Promise<StandRow> {
  const { rows } = await client.query<StandRow>("SELECT * FROM sprintcast.stand FOR UPDATE");
  const [row] = rows;
  if (!row) throw new RangeError("sprintcast.stand has no row: the schema was changed by hand");
  return row;
}

/**
 * Makes the one function that stores a group, within a transaction: dedupes by (source, seq) and gives gap-free
 * offsets from the one row that all eaters on the database share.
 */
export function createPostgresCommitter(settings: CommitSettings) {
  const series = createSeriesNumbers(settings.maxSeries);
  let last: { epoch: string; committed: number } | null = null;

  /** A server that took over without the last commits (of an asynchronous copy) gives their offsets out again. */
  async function begin(client: Client): Promise<StandRow> {
    const stand = await lockStand(client);
    if (last?.epoch !== stand.epoch || last.committed <= stand.committed) return stand;
    return { ...stand, epoch: await renew(client) };
  }

  async function commit(client: Client, columns: WorkerColumns, now: number) {
    const stand = await begin(client);
    const named = namesOf(columns);
    const numbers = await series.number(client, [...new Set(named.pairs)], stand.series_version);
    const wanted = named.sources.flatMap((source, row) => {
      const pair = named.pairs[row];
      return pair !== undefined && numbers.idOf(pair) !== undefined
        ? [{ source, seq: columns.seq[row] ?? NONE }]
        : [];
    });
    const seen = await readSeen(client, wanted);
    const fates = new Uint8Array(columns.seq.length);
    const rows: Rows = { series: [], seq: [], at: [], value: [] };
    for (const [row, source] of named.sources.entries()) {
      const id = numbers.idOf(named.pairs[row] ?? "");
      const seq = columns.seq[row] ?? NONE;
      if (id === undefined) fates[row] = RowOutcome.refused;
      else if (!seen.mark(source, seq)) fates[row] = RowOutcome.duplicate;
      else push(rows, id, seq, columns.at[row] ?? NONE, columns.value[row] ?? NONE);
    }
    const to = stand.committed + rows.seq.length;
    if (rows.seq.length > 0) {
      await seen.write();
      await store(client, stand, rows, commitTime(now, stand.committed_at, settings));
    }
    const committed: Committed = { from: stand.committed + 1, to, fates };
    return { epoch: stand.epoch, committed, numbers };
  }

  /** Gives the rows the offsets that follow `stand`. */
  async function store(client: Client, stand: StandRow, rows: Rows, at: number): Promise<void> {
    const to = stand.committed + rows.seq.length;
    const partTo = await keepPart(client, stand.part_to, at, settings, at < stand.committed_at);
    await client.query(
      `INSERT INTO sprintcast.readings ("offset", series, seq, at, value, committed_at)
       SELECT $1::bigint + n, series, seq, at, value, $2
       FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::float8[])
       WITH ORDINALITY AS rows (series, seq, at, value, n)`,
      [stand.committed, at, ...[rows.series, rows.seq, rows.at, rows.value].map(literal)],
    );
    await client.query("UPDATE sprintcast.stand SET committed = $1, committed_at = $2, part_to = $3", [
      to,
      at,
      partTo,
    ]);
    await client.query("SELECT pg_notify($1, $2)", [CHANNEL, `${to} ${stand.epoch}`]);
  }

  return {
    commit,
    /** Called once the transaction of `commit` is committed. */
    done({ epoch, committed, numbers }: Awaited<ReturnType<typeof commit>>): void {
      numbers.keep();
      last = { epoch, committed: committed.to };
    },
  };
}

/** Begins a new epoch; offsets go on from where they are. */
export async function renew(client: Client): Promise<string> {
  const epoch = randomUUID();
  await client.query("UPDATE sprintcast.stand SET epoch = $1", [epoch]);
  return epoch;
}

function push(rows: Rows, series: number, seq: number, at: number, value: number): void {
  rows.series.push(series);
  rows.seq.push(seq);
  rows.at.push(at);
  rows.value.push(value);
}

/** As PostgreSQL writes an array of numbers; the client's own way quotes each of them. */
const literal = (numbers: readonly number[]) => `{${numbers.join(",")}}`;

function namesOf(columns: WorkerColumns): { sources: string[]; pairs: string[] } {
  const sources: string[] = [];
  const pairs: string[] = [];
  for (let row = 0; row < columns.seq.length; row += 1) {
    const source = columns.sources[columns.source[row] ?? NONE];
    const metric = columns.metrics[columns.metric[row] ?? NONE];
    if (source === undefined || metric === undefined) throw new RangeError(`no row ${row}`);
    sources.push(source);
    pairs.push(pairOf(source, metric));
  }
  return { sources, pairs };
}
