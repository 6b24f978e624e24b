import { describe, expect, it } from "vitest";
import type { Comment } from "../core/model/event.ts";
import { memoryTables } from "../testing/memory-tables.ts";
import { commentCheckMigrations, commentChecks } from "./comment-checks.ts";
import { commentMigrations, comments, commentsBegun } from "./comments.ts";
import { eventMigrations, events } from "./events.ts";
import { syncState, syncStateMigrations } from "./sync-state.ts";

const tables = () => {
  const { db, dictionary } = memoryTables(
    ...commentMigrations,
    ...syncStateMigrations,
    ...eventMigrations,
    ...commentCheckMigrations,
  );
  const [table, log, state] = [comments(db, dictionary), events(db, dictionary), syncState(db)];
  return { table, log, state, checks: commentChecks(db, table, log) };
};
const comment = (id: number, body = "/spend 1d", rest: Partial<Comment> = {}): Comment => ({
  id,
  issue: 1,
  at: id,
  updatedAt: id,
  author: "ana",
  body,
  ...rest,
});

describe("comments", () => {
  it("are told in their newest version, by time, whatever came first", () => {
    const { table } = tables();
    expect(table.add(comment(5, "second", { updatedAt: 9 }))).toBe(true);
    expect(table.add(comment(5, "first"))).toBe(true);
    expect(table.add(comment(5, "first"))).toBe(false);
    table.add(comment(2, "earlier", { author: null }));
    expect(table.ofIssue(1)).toEqual([
      comment(2, "earlier", { author: null }),
      comment(5, "second", { updatedAt: 9 }),
    ]);
    expect(table.ofIssue(2)).toEqual([]);
  });

  it("that ever may have said effort are found, also where a later version does not", () => {
    const { table } = tables();
    table.add(comment(5));
    table.add(comment(5, "nothing", { updatedAt: 9 }));
    table.add(comment(6, "nothing", { issue: 2 }));
    expect(table.issuesWithEffort()).toEqual([1]);
    expect(table.effort()).toEqual([{ issue: 1, id: 5 }]);
  });

  it("were last seen when a listing showed them, else when GitHub was first asked for all", () => {
    const { table, state } = tables();
    table.add(comment(5));
    table.add(comment(6));
    expect(table.effortOf(1)).toEqual([
      { id: 5, listedAt: null, seenAt: 5 },
      { id: 6, listedAt: null, seenAt: 6 },
    ]);
    state.set(commentsBegun, "100");
    table.sawListing(1, 200, new Set([5, 99]));
    table.sawListed(1, 150, new Set([5]));
    expect(table.effortOf(1)).toEqual([
      { id: 5, listedAt: 200, seenAt: 100 },
      { id: 6, listedAt: null, seenAt: 100 },
    ]);
    expect(table.listingsOf(1)).toEqual([200]);
  });
});

describe("issues whose comments must be listed again", () => {
  const alive = () => false;

  it("are those where fewer are left than there were and came", () => {
    const { table, checks } = tables();
    table.add(comment(5));
    checks.count({ issue: 1, at: 10, count: 1 });
    expect(checks.toAsk(alive)).toEqual([]);
    table.add(comment(12, "another"));
    checks.count({ issue: 1, at: 20, count: 2 });
    expect(checks.toAsk(alive)).toEqual([]);
    checks.count({ issue: 1, at: 30, count: 1 });
    expect(checks.toAsk(alive)).toEqual([1]);
    // Until they are listed the question stays.
    expect(checks.toAsk(alive)).toEqual([1]);
    checks.done(1);
    expect(checks.toAsk(alive)).toEqual([]);
  });

  it("are also those where one went and one came between two looks", () => {
    const { table, checks } = tables();
    table.add(comment(5));
    checks.count({ issue: 1, at: 10, count: 1 });
    table.add(comment(12, "another"));
    checks.count({ issue: 1, at: 20, count: 1 });
    expect(checks.toAsk(alive)).toEqual([1]);
  });

  it("are never those in which no effort was said, nor those that are gone", () => {
    const { table, checks } = tables();
    table.add(comment(5, "nothing"));
    table.add(comment(6, "/spend 1d", { issue: 2 }));
    checks.suspect(1, true);
    checks.suspect(2, true);
    expect(checks.toAsk((issue) => issue === 2)).toEqual([]);
  });

  it("are those with an event that tells of a deletion after the comment was last seen", () => {
    const { table, log, checks } = tables();
    table.add(comment(5));
    const deletion = (at: number) => ({ id: at, issue: 1, at, actor: "ana", kind: "comment_deleted" });
    log.add([deletion(3)], new Map());
    checks.suspect(1, false);
    expect(checks.toAsk(alive)).toEqual([]);
    log.add([deletion(8)], new Map());
    checks.suspect(1, false);
    expect(checks.toAsk(alive)).toEqual([1]);
    table.sawListing(1, 9, new Set([5]));
    expect(checks.toAsk(alive)).toEqual([]);
  });
});
