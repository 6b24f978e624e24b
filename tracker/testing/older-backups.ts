import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Snapshot, TruthRow } from "./shared-data.ts";

type Json = Record<string, unknown>;

/**
 * Rebuilds from a real backup the folder that it was at an earlier time: each object as GitHub answered it then, with
 * the names of that time, and the events up to its last update.
 */
export function writeOlderBackup(newest: string, { at, rows }: Snapshot, folder: string): void {
  const ids = labelIds(newest);
  writeFileSync(
    place(folder, "state.json"),
    JSON.stringify({ version: 2, last_backup: new Date(at).toISOString() }),
  );
  for (const row of rows) {
    const path = join(row.pr ? "pulls" : "issues", `${row.number}.json`);
    const file = JSON.parse(readFileSync(join(newest, path), "utf8")) as Json & { events: Json[] };
    const kind = row.pr ? "pull" : "issue";
    const object = file[kind] as Json;
    if (object.updated_at === row.updated_at) {
      // It was not fetched again since: the same file.
      copyFileSync(join(newest, path), place(folder, path));
      continue;
    }
    const events = file.events.filter((event) => String(event.created_at ?? "") <= row.updated_at);
    writeFileSync(place(folder, path), JSON.stringify({ ...file, [kind]: asThen(object, row, ids), events }));
  }
}

function asThen(object: Json, row: TruthRow, ids: Map<string, number>): Json {
  const { state, state_reason, title, updated_at } = row;
  const number =
    typeof row.milestone === "number" ? row.milestone : (row.milestone as { number: number } | null)?.number;
  return {
    ...object,
    ...{ state, state_reason, title, updated_at },
    labels: row.labels.map((name) => ({
      id: ids.get(name) ?? 1_000_000 + name.length,
      name,
      color: "ededed",
    })),
    milestone: number === undefined ? null : { ...(row.milestone as object), number, state: "open" },
    assignees: row.assignees.map((login) => ({ login })),
  };
}

function labelIds(folder: string): Map<string, number> {
  const files = ["issues", "pulls"].flatMap((part) =>
    readdirSync(join(folder, part)).map((name) => join(folder, part, name)),
  );
  const labels = files.flatMap((path) => {
    const { issue, pull } = JSON.parse(readFileSync(path, "utf8"));
    return ((issue ?? pull).labels ?? []) as { id: number; name: string }[];
  });
  return new Map(labels.map(({ id, name }) => [name, id]));
}

function place(folder: string, path: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  return file;
}
