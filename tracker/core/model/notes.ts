import type { Card } from "./report.ts";

/** A merged pull request that says it closes an issue. */
export interface ClosingPull {
  /** What people call it: `#45`, and among several repositories `web#45`. */
  name: string;
  url: string;
  author: string | null;
}

/** Merged pull requests, by what people call an issue. */
export interface ClosingPulls {
  /** Those that say they close it. */
  byIssue: ReadonlyMap<string, readonly ClosingPull[]>;
  /** Who wrote a pull request, by its own name: it may be a task itself. */
  authors: ReadonlyMap<string, string>;
}

export interface ShippedTask extends Pick<Card, "number" | "ref" | "title" | "url" | "provenance"> {
  pulls: ClosingPull[];
  /** Logins of who is assigned, and of who wrote the pull requests; no bots. */
  contributors: string[];
}

/** `sprintcast/notes@1`: what a sprint shipped. */
export interface Notes {
  schema: "sprintcast/notes@1";
  repository: string;
  sprint: { number: number; team?: string; title: string; goal: string; firstDay: string; lastDay: string };
  /** Of a running sprint: so far. */
  running: boolean;
  groupedBy: NotesGrouping;
  groups: { title: string; tasks: ShippedTask[] }[];
  contributors: string[];
}

export type NotesGrouping = "type" | "label" | "none";
