import type { Client } from "./session.ts";

/** A pair of source and metric, as a key of maps: neither holds a blank. */
export const pairOf = (source: string, metric: string) => `${source} ${metric}`;

interface Found {
  id: number;
  source: string;
  metric: string;
  retired: boolean;
}

/**
 * Numbers the pairs of source and metric. What is known of the table is forgotten as soon as another eater, or this
 * one, has retired a series: `version` counts how often that was.
 */
export function createSeriesNumbers(maxSeries: number) {
  let known = new Map<string, number>();
  let knownAt = -1;

  async function inUse(client: Client): Promise<number> {
    const { rows } = await client.query(
      "SELECT count(*) AS count FROM sprintcast.series WHERE retired IS NULL",
    );
    return rows[0]?.count ?? 0;
  }

  async function look(client: Client, pairs: readonly string[]): Promise<Found[]> {
    const { rows } = await client.query<Found>(
      `SELECT id, source, metric, retired IS NOT NULL AS retired
       FROM sprintcast.series JOIN unnest($1::text[], $2::text[]) AS wanted (source, metric) USING (source, metric)`,
      columnsOf(pairs),
    );
    return rows;
  }

  /** Begins, or wakes, as many of `pairs` as there may be, first come. */
  async function begin(client: Client, pairs: readonly string[], resting: Map<string, number>) {
    const room = Math.max(0, maxSeries - (await inUse(client)));
    const admitted = new Set(pairs.slice(0, room));
    const fresh = [...admitted].filter((pair) => !resting.has(pair));
    const begun = new Map([...resting].filter(([pair]) => admitted.has(pair)));
    if (begun.size > 0)
      await client.query("UPDATE sprintcast.series SET retired = NULL WHERE id = ANY($1::bigint[])", [
        [...begun.values()],
      ]);
    if (fresh.length === 0) return begun;
    const { rows } = await client.query<Found>(
      "INSERT INTO sprintcast.series (source, metric) SELECT * FROM unnest($1::text[], $2::text[]) RETURNING id, source, metric",
      columnsOf(fresh),
    );
    for (const { id, source, metric } of rows) begun.set(pairOf(source, metric), id);
    return begun;
  }

  return {
    /**
     * The numbers of `pairs`, new ones where need be; one that may not be is missing. To be called by one eater at a
     * time, within the transaction that also read `version`.
     * @returns them, and what is to be called once the transaction is committed
     */
    async number(client: Client, pairs: readonly string[], version: number) {
      if (version !== knownAt) known = new Map();
      knownAt = version;
      const unknown = pairs.filter((pair) => !known.has(pair));
      const found = new Map<string, number>();
      if (unknown.length > 0) {
        const resting = new Map<string, number>();
        for (const { id, source, metric, retired } of await look(client, unknown)) {
          (retired ? resting : found).set(pairOf(source, metric), id);
        }
        const missing = unknown.filter((pair) => !found.has(pair));
        if (missing.length > 0)
          for (const [pair, id] of await begin(client, missing, resting)) found.set(pair, id);
      }
      return {
        idOf: (pair: string) => known.get(pair) ?? found.get(pair),
        keep(): void {
          for (const [pair, id] of found) known.set(pair, id);
        },
      };
    },
  };
}

function columnsOf(pairs: readonly string[]): [sources: string[], metrics: string[]] {
  const split = pairs.map((pair) => pair.split(" "));
  return [split.map(([source = ""]) => source), split.map(([, metric = ""]) => metric)];
}
