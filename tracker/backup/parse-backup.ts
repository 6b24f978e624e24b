import { z } from "zod";
import { parseJson } from "../core/model/parse-json.ts";
import { ContentError } from "../errors.ts";

/** One `issues/N.json` or `pulls/N.json`: raw REST objects, not yet validated any further. */
export interface BackupFile {
  item: Record<string, unknown>;
  number: number;
  isPull: boolean;
  events: unknown[];
  /** When the object was last updated, epoch milliseconds: a backup fetches it again only when that changes. */
  updatedAt: number;
  /** owner/name, as the object's own address tells. */
  repository: string | null;
}

const state = z.object({ last_backup: z.string() });
const item = z.looseObject({
  number: z.int().positive(),
  updated_at: z.string().optional(),
  url: z.string().optional(),
  repository_url: z.string().optional(),
});
const file = z.union([
  z.object({ type: z.literal("issue"), issue: item, events: z.array(z.unknown()) }),
  z.object({ type: z.literal("pull"), pull: item, events: z.array(z.unknown()) }),
]);

/** The instant of the backup from `state.json`, epoch milliseconds. */
export function parseState(text: string, path: string): number {
  let cause: unknown;
  try {
    const at = Date.parse(state.parse(parseJson(text)).last_backup);
    if (Number.isFinite(at)) return at;
  } catch (error) {
    cause = error;
  }
  throw new ContentError("backup-state", path, "says no last_backup", {
    hint: 'expected something like {"version": 2, "last_backup": "2026-08-21T20:00:04Z"}',
    cause,
  });
}

/** Throws with what is wrong where the text is no such file (cut off, not JSON, another shape). */
export function parseBackupFile(text: string): BackupFile {
  const parsed = file.safeParse(parseJson(text));
  if (!parsed.success) throw new Error("not an issue or pull request of a metadata backup");
  const { data } = parsed;
  const isPull = data.type === "pull";
  const object = data.type === "pull" ? data.pull : data.issue;
  return {
    item: isPull ? { ...object, pull_request: object.pull_request ?? {} } : object,
    number: object.number,
    isPull,
    events: data.events,
    updatedAt: Date.parse(object.updated_at ?? "") || 0,
    repository: repositoryIn(object.repository_url ?? object.url ?? ""),
  };
}

export function parseListing(text: string): unknown[] {
  return z.array(z.unknown()).parse(parseJson(text));
}

function repositoryIn(url: string): string | null {
  return /\/repos\/([^/]+\/[^/]+)/.exec(url)?.[1] ?? null;
}
