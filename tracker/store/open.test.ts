import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../core/model/present.ts";
import { SprintcastError } from "../errors.ts";
import { simulate } from "../testing/simulate.ts";
import { everyday } from "../testing/weights.ts";
import { openStore } from "./open.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-store-"));
  file = join(folder, "sub", "history.db");
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function codeOf(work: () => unknown): string | null {
  try {
    work();
  } catch (error) {
    if (error instanceof SprintcastError) return error.hint ? error.code : `${error.code} without a hint`;
    throw error;
  }
  return null;
}

const { page } = simulate(1, 120, everyday);

describe("opening", () => {
  it("creates the folder, and finds everything again", () => {
    const first = openStore(file);
    first.setRepository("team/product");
    first.append(page);
    first.refresh();
    const before = first.timelines();
    first.close();
    const second = openStore(file, { mustExist: true });
    expect(second.repository()).toBe("team/product");
    expect(second.timelines()).toEqual(before);
    expect(before.length).toBeGreaterThan(10);
    second.close();
  });

  it("says what is wrong with a file that it cannot use", () => {
    expect(codeOf(() => openStore(file, { mustExist: true }))).toBe("store-missing");
    const text = join(folder, "notes.txt");
    writeFileSync(
      text,
      "this is not a database, but long enough to be taken for one by its size ".repeat(20),
    );
    expect(codeOf(() => openStore(text))).toBe("store-not-a-database");
    const foreign = join(folder, "other.db");
    new Database(foreign).exec("CREATE TABLE cookies (id)").close();
    expect(codeOf(() => openStore(foreign))).toBe("store-foreign");
    expect(codeOf(() => openStore(join(text, "history.db")))).toBe("store-cannot-open");
    expect(codeOf(() => openStore(folder))).toBe("store-cannot-open");
  });

  it("refuses what a newer version migrated, and leaves it untouched", () => {
    openStore(file).close();
    const db = new Database(file);
    db.exec("INSERT INTO migration VALUES ('far-future-9')");
    db.close();
    expect(codeOf(() => openStore(file))).toBe("store-newer");
    const again = new Database(file, { readonly: true });
    expect(again.prepare("SELECT count(*) FROM migration WHERE name = 'far-future-9'").pluck().get()).toBe(1);
    again.close();
  });

  it("keeps one repository per file", () => {
    const store = openStore(file);
    store.setRepository("team/product");
    store.setRepository("Team/Product");
    expect(codeOf(() => store.setRepository("team/other"))).toBe("store-other-repository");
    expect(store.repository()).toBe("team/product");
    store.close();
  });
});

describe("two at once", () => {
  it("both write and see each other's words", () => {
    const [one, two] = [openStore(file), openStore(file)];
    const half = Math.floor(page.events.length / 2);
    one.append({ ...page, events: page.events.slice(0, half) });
    two.append({ ...page, events: page.events.slice(half) });
    one.refresh();
    two.refresh();
    expect(one.timelines()).toEqual(two.timelines());
    expect(one.counts().events).toBe(page.events.length);
    one.close();
    two.close();
  });

  it("tells that another process is writing, and loses nothing", () => {
    openStore(file).close();
    const holder = new Database(file);
    const store = openStore(file, { busyTimeout: 50 });
    holder.exec("BEGIN IMMEDIATE");
    expect(codeOf(() => store.append(page))).toBe("store-busy");
    holder.exec("COMMIT");
    expect(store.append(page).events).toBe(page.events.length);
    holder.close();
    store.close();
  });
});

describe("a full disk", () => {
  it("keeps what was there and takes the rest later", () => {
    const tight = openStore(file, { maxBytes: 500_000 });
    tight.append({ ...page, events: page.events.slice(0, 5) });
    const big = { ...page, comments: [comment("x".repeat(3_000_000))] };
    expect(codeOf(() => tight.append(big))).toBe("store-full");
    expect(tight.counts().events).toBe(5);
    tight.close();
    const store = openStore(file);
    expect(store.counts().events).toBe(5);
    store.append(big);
    store.refresh();
    expect(store.counts().events).toBe(page.events.length);
    expect(present(store.commentsOf([1])[0]).body).toHaveLength(3_000_000);
    store.close();
  });
});

describe("appending", () => {
  it("keeps each thing once, whatever the order and however often", () => {
    const store = openStore(":memory:");
    expect(store.append(page).events).toBe(page.events.length);
    expect(store.append({ ...page, events: [...page.events].reverse() })).toEqual({
      issues: 0,
      pulls: 0,
      events: 0,
      comments: 0,
    });
    store.close();
  });

  it("is all or nothing", () => {
    const store = openStore(":memory:");
    const fails = () => {
      throw new Error("the cursor was not kept");
    };
    expect(() => store.append(page, fails)).toThrow("the cursor was not kept");
    expect(store.counts()).toEqual({ issues: 0, pullRequests: 0, events: 0 });
    store.append(page);
    store.refresh();
    expect(store.counts().events).toBe(page.events.length);
    store.close();
  });

  it("keeps every version of a comment, and answers with the newest", () => {
    const store = openStore(":memory:");
    const later = { ...comment("/spend 2d"), updatedAt: 2000 };
    store.append({ ...page, comments: [later, comment("/spend 1d")] });
    expect(store.commentsOf([1]).map(({ body }) => body)).toEqual(["/spend 2d"]);
    store.close();
  });

  it("keeps what a milestone showed before", () => {
    const store = openStore(":memory:");
    const milestone = { number: 4, title: "v1", state: "open" as const, createdAt: null, closedAt: null };
    const empty = { ...page, issues: [], events: [], labels: [] };
    store.append({ ...empty, milestones: [{ ...milestone, dueOn: 200, observedAt: 20 }] });
    store.append({ ...empty, milestones: [{ ...milestone, dueOn: 100, observedAt: 10 }] });
    store.append({ ...empty, milestones: [{ ...milestone, dueOn: 200, observedAt: 30 }] });
    const seen = store
      .milestoneHistory(4)
      .map(({ dueOn, firstSeenAt, observedAt }) => [dueOn, firstSeenAt, observedAt]);
    expect(seen).toEqual([
      [100, 10, 10],
      [200, 20, 30],
    ]);
    expect(store.milestones().map(({ dueOn }) => dueOn)).toEqual([200]);
    store.close();
  });
});

function comment(body: string) {
  return { id: 9, issue: 1, at: 1000, updatedAt: 1000, author: "ana", body };
}
