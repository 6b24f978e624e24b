import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { present } from "../core/model/present.ts";
import { ContentError } from "../errors.ts";
import { openStore } from "../store/open.ts";
import { importBackup } from "../testing/import-backup.ts";
import { openBackup } from "./read-backup.ts";

const sample = join(import.meta.dirname, "../sample");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sprintcast-backup-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function copySample(): void {
  for (const part of ["issues", "pulls", "state.json", "labels.json", "milestones.json"]) {
    cpSync(join(sample, part), join(folder, part), { recursive: true });
  }
}
function codeOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof ContentError ? error.code : String(error);
  }
}

describe("a backup folder", () => {
  it("gives issues, pull requests, events, comments, labels and milestones", () => {
    const store = openStore(":memory:");
    expect(importBackup(store, sample)).toEqual([]);
    const { issues, pullRequests, events } = store.counts();
    expect({ issues, pullRequests }).toEqual({ issues: 45, pullRequests: 2 });
    expect(events).toBeGreaterThan(200);
    expect(store.milestones().map(({ number }) => number)).toEqual([
      1,
      2,
      3,
      ...store
        .milestones()
        .slice(3)
        .map((m) => m.number),
    ]);
    expect(store.timelines().some(({ pullRequest }) => pullRequest)).toBe(false);
    store.close();
  });

  it("that was read before brings nothing new", () => {
    const store = openStore(":memory:");
    importBackup(store, sample);
    const before = JSON.stringify([store.timelines({ pullRequests: true }), store.names()]);
    importBackup(store, sample);
    expect(JSON.stringify([store.timelines({ pullRequests: true }), store.names()])).toBe(before);
    store.close();
  });

  it("loses only the files that cannot be read, and names each", () => {
    copySample();
    const whole = readFileSync(join(folder, "issues/3.json"), "utf8");
    writeFileSync(join(folder, "issues/3.json"), whole.slice(0, whole.length / 2));
    writeFileSync(join(folder, "issues/4.json"), "");
    writeFileSync(
      join(folder, "issues/5.json"),
      '{"type":"issue","issue":{"title":"no number"},"events":[]}',
    );
    writeFileSync(join(folder, "pulls/32.json"), "[1,2");
    writeFileSync(join(folder, "labels.json"), "{}");
    mkdirSync(join(folder, "issues/900.json"));
    const store = openStore(":memory:");
    const problems = importBackup(store, folder);
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "issues/3.json",
      "issues/4.json",
      "issues/5.json",
      "issues/900.json",
      "labels.json",
      "pulls/32.json",
    ]);
    expect(store.counts()).toMatchObject({ issues: 42, pullRequests: 1 });
    store.close();
  });

  it("names an event that cannot be read and keeps the others", () => {
    copySample();
    const file = join(folder, "issues/16.json");
    const data = JSON.parse(readFileSync(file, "utf8")) as { events: Record<string, unknown>[] };
    present(data.events[0]).created_at = "yesterday";
    writeFileSync(file, JSON.stringify(data));
    const store = openStore(":memory:");
    const problems = importBackup(store, folder);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("event 2660000031");
    expect(store.eventsOf(16)).toHaveLength(data.events.length - 1);
    store.close();
  });

  it("is refused where it is none, or does not say its age", () => {
    expect(codeOf(() => openBackup(join(folder, "nowhere")))).toBe("backup-missing");
    writeFileSync(join(folder, "state.json"), '{"version":2}');
    expect(codeOf(() => openBackup(folder))).toBe("backup-state");
    writeFileSync(join(folder, "state.json"), "{");
    expect(codeOf(() => openBackup(folder))).toBe("backup-state");
  });
});
