import { hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RawPage } from "../core/model/page.ts";
import { ContentError } from "../errors.ts";
import { type BackupFile, parseBackupFile, parseListing, parseState } from "./parse-backup.ts";

/** What a file is known by: its size in bytes, and the digest of them. */
export interface FilePrint {
  size: number;
  digest: string;
}

/** What an issue's or pull request's file held, and as of when that is evidence, epoch milliseconds. */
export interface ReadFile extends FilePrint {
  issue: number;
  updatedAt: number;
  asOf: number;
}

/** One file of the backup, as pages; or why it could not be read. `read`: of all but listings. */
export type BackupStep =
  | { file: string; pages: RawPage[]; isPull: boolean; repository: string | null; read?: ReadFile }
  | { file: string; problem: string };

/** A file that was left unread, and what is known of its content. */
export interface KnownFile<T> {
  file: string;
  known: T;
}

export interface Backup {
  /** `last_backup`, epoch milliseconds: until then the folder knows what GitHub knew. */
  observedAt: number;
  /** Files in the folder, for progress. */
  files: number;
  /** Reads file by file, each when asked for; nothing that one file holds stops the rest. */
  steps(): Iterable<BackupStep>;
  /** The same, but issues' and pull requests' files of which something is known are not parsed. */
  changes<T>(known: (file: string, print: FilePrint) => T | null): Iterable<BackupStep | KnownFile<T>>;
}

/**
 * Opens a folder written by github-metadata-backup (https://github.com/0xB10C/github-metadata-backup):
 * `issues/N.json`, `pulls/N.json`, `state.json`, and `milestones.json` and `labels.json` where they stand beside.
 * Errors (ContentError): `backup-missing`, `backup-state` where the folder is none, or does not say its age.
 */
export function openBackup(folder: string): Backup {
  const observedAt = parseState(readText(folder, "state.json"), join(folder, "state.json"));
  const files = [...listingFiles(folder), ...numbered(folder, "issues"), ...numbered(folder, "pulls")];
  return {
    observedAt,
    files: files.length,
    *steps() {
      for (const file of files) yield readStep(folder, file, observedAt) as BackupStep;
    },
    *changes(known) {
      for (const file of files) yield readStep(folder, file, observedAt, known);
    },
  };
}

function readStep<T>(
  folder: string,
  file: string,
  observedAt: number,
  known: (file: string, print: FilePrint) => T | null = () => null,
): BackupStep | KnownFile<T> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, file));
  } catch (error) {
    return { file, problem: messageOf(error) };
  }
  const isListing = file === "milestones.json" || file === "labels.json";
  const print = { size: bytes.length, digest: hash("sha256", bytes, "base64") };
  const found = isListing ? null : known(file, print);
  if (found !== null) return { file, known: found };
  try {
    const text = bytes.toString("utf8");
    if (isListing) {
      const kind = file === "labels.json" ? "labels" : "milestones";
      const pages: RawPage[] = [{ kind, items: parseListing(text), observedAt, whole: true }];
      return { file, isPull: false, repository: null, pages };
    }
    const { read, ...parsed } = pagesOf(parseBackupFile(text), observedAt);
    return { file, ...parsed, read: { ...print, ...read } };
  } catch (error) {
    return { file, problem: messageOf(error) };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function pagesOf({ item, number, isPull, events, updatedAt, repository }: BackupFile, observedAt: number) {
  const asOf = Math.min(updatedAt, observedAt);
  const origin = { repository, observedAt, asOf };
  const pages: RawPage[] = [
    { kind: "issues", items: [item], ...origin },
    { kind: "events", items: events, issueNumber: number, ...origin },
  ];
  return { pages, isPull, repository, read: { issue: number, updatedAt, asOf } };
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (cause) {
    throw new ContentError("backup-missing", join(folder, file), "cannot be read", {
      hint: "--backup takes a folder that holds state.json, issues/ and pulls/, as github-metadata-backup writes it",
      cause,
    });
  }
}

function listingFiles(folder: string): string[] {
  return ["labels.json", "milestones.json"].filter((file) => {
    return statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false;
  });
}

/** Files in order of number, whatever the folder's own order. A folder that is absent holds none. */
function numbered(folder: string, part: "issues" | "pulls"): string[] {
  const isFolder = statSync(join(folder, part), { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) return [];
  return readdirSync(join(folder, part))
    .filter((file) => file.endsWith(".json"))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
    .map((file) => `${part}/${file}`);
}
