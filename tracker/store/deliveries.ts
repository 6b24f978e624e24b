import type { Database } from "better-sqlite3";
import { z } from "zod";
import { withoutTwins } from "../core/history/twins.ts";
import type { CardMove, DeletedName, Delivery, NodeMeaning } from "../core/model/delivery.ts";
import type { IssueEvent } from "../core/model/event.ts";
import type { Migration } from "./migrate.ts";

/**
 * What webhooks delivered, beside the log of GitHub's own events: each delivery once, by its id. A move of a card waits
 * until a sync tells which issue and which project its node ids mean.
 */
export const deliveryMigrations: Migration[] = [
  {
    name: "deliveries-1",
    up: `
      CREATE TABLE delivery (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE delivered_event (
        issue INTEGER NOT NULL, id INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (issue, id)
      ) WITHOUT ROWID;
      CREATE TABLE waiting_move (id INTEGER PRIMARY KEY, content TEXT NOT NULL);
      CREATE TABLE node_meaning (id TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
    `,
  },
  {
    name: "deliveries-2",
    up: `CREATE TABLE deleted_name (
      kind TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, born_at INTEGER, PRIMARY KEY (kind, name, at)
    ) WITHOUT ROWID`,
  },
];

export interface Deliveries {
  /** True where this delivery had not come before. */
  isNew(id: string, at: number): boolean;
  keep(delivery: Pick<Delivery, "events" | "moves">): void;
  learn(nodes: Delivery["nodes"]): void;
  /** Notes that labels or milestones were deleted. */
  noteDeleted(deletions: readonly DeletedName[]): void;
  /** All that were, oldest first. */
  deletedNames(): DeletedName[];
  /** Whether any move waits. */
  areWaiting(): boolean;
  /** Moves of which both ends are known by now become events. Issues that gained one. */
  placeMoves(): number[];
  /** Whether any event was delivered. */
  areAny(): boolean;
  /** An issue's history: GitHub's own events and those delivered of which it tells nothing. */
  among(own: readonly IssueEvent[], issue: number, repository: string | null): IssueEvent[];
}

const issueNode = z.object({ issue: z.number() });
const projectNode = z.object({
  project: z.object({ id: z.number(), number: z.number(), title: z.string() }),
});

export function deliveries(db: Database): Deliveries {
  const insert = db.prepare("INSERT OR IGNORE INTO delivery (id, at) VALUES (?, ?)");
  const insertEvent = db.prepare(
    "INSERT OR IGNORE INTO delivered_event (issue, id, content) VALUES (?, ?, ?)",
  );
  const ofIssue = db.prepare("SELECT content FROM delivered_event WHERE issue = ?").pluck();
  const any = db.prepare("SELECT 1 FROM delivered_event LIMIT 1").pluck();
  const insertMove = db.prepare("INSERT OR IGNORE INTO waiting_move (id, content) VALUES (?, ?)");
  const moves = db.prepare("SELECT content FROM waiting_move ORDER BY id").pluck();
  const anyMove = db.prepare("SELECT 1 FROM waiting_move LIMIT 1").pluck();
  const dropMove = db.prepare("DELETE FROM waiting_move WHERE id = ?");
  const insertNode = db.prepare("INSERT OR REPLACE INTO node_meaning (id, content) VALUES (?, ?)");
  const node = db.prepare("SELECT content FROM node_meaning WHERE id = ?").pluck();
  const insertDeleted = db.prepare(
    "INSERT OR IGNORE INTO deleted_name (kind, name, at, born_at) VALUES (?, ?, ?, ?)",
  );
  const deleted = db.prepare("SELECT kind, name, at, born_at AS bornAt FROM deleted_name ORDER BY at");
  const keepEvent = (event: IssueEvent) => insertEvent.run(event.issue, event.id, JSON.stringify(event));
  const meaningOf = <T extends NodeMeaning>(id: string, shape: z.ZodType<T>): T | undefined => {
    const text = node.get(id) as string | undefined;
    return text === undefined ? undefined : shape.safeParse(JSON.parse(text)).data;
  };
  return {
    isNew: (id, at) => insert.run(id, at).changes > 0,
    keep({ events, moves: arrived }) {
      for (const event of events) keepEvent(event);
      for (const move of arrived) insertMove.run(move.eventId, JSON.stringify(move));
    },
    learn(nodes) {
      for (const { id, means } of nodes) insertNode.run(id, JSON.stringify(means));
    },
    noteDeleted(deletions) {
      for (const { kind, name, at, bornAt } of deletions) insertDeleted.run(kind, name, at, bornAt);
    },
    deletedNames: () => deleted.all() as DeletedName[],
    areWaiting: () => anyMove.get() !== undefined,
    placeMoves() {
      return (moves.all() as string[]).flatMap((text) => {
        const move = JSON.parse(text) as CardMove;
        const issue = meaningOf(move.issueNode, issueNode);
        const project = meaningOf(move.projectNode, projectNode);
        if (issue === undefined || project === undefined) return [];
        keepEvent(eventOf(move, issue.issue, project.project));
        dropMove.run(move.eventId);
        return [issue.issue];
      });
    },
    areAny: () => any.get() !== undefined,
    among(own, issue, repository) {
      const texts = ofIssue.all(issue) as string[];
      if (texts.length === 0) return [...own];
      const delivered = texts.map((text) => JSON.parse(text) as IssueEvent).sort(inOrder);
      return [...own, ...withoutTwins(delivered, own, repository)].sort(inOrder);
    },
  };
}

const inOrder = (a: IssueEvent, b: IssueEvent): number => a.at - b.at || a.id - b.id;

const kinds = {
  added: "added_to_project_v2",
  removed: "removed_from_project_v2",
  status: "project_v2_item_status_changed",
  iteration: "project_v2_item_iteration_changed",
} as const;

function eventOf(
  { at, actor, eventId, change }: CardMove,
  issue: number,
  project: { id: number; number: number; title: string },
): IssueEvent {
  const head = { id: eventId, issue, at, actor, kind: kinds[change.kind] };
  if (change.kind === "iteration") {
    const { field, from, to } = change;
    return { ...head, iteration: { project: project.id, field, from, to } };
  }
  const { from, to } = change.kind === "status" ? change : { from: null, to: null };
  return { ...head, status: { project: project.title, id: project.id, number: project.number, from, to } };
}
