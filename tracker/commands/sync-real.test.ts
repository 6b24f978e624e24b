import { describe, expect, test } from "vitest";
import { createAnswerCheck } from "../github/double/check-answers.ts";
import { type Fault, passing } from "../github/double/fault.ts";
import { servedFromBackup } from "../github/double/repository.ts";
import { openStore } from "../store/open.ts";
import { importBackup } from "../testing/import-backup.ts";
import { sharedData, unpackBackup } from "../testing/shared-data.ts";
import { type SyncSummary, syncGitHub } from "./sync-github.ts";
import { budgetOf, contentOf, ioFor, quick, serve, stateOf } from "./testing/sync-rig.ts";

const name = "bitcoin-core/gui";
const now = () => Date.parse("2026-09-01T00:00:00Z");

describe.skipIf(!sharedData().hasBackup)("a real repository behind the double", () => {
  test("keeps to the budget, answers as GitHub describes, survives every fault, and says what the backup says", async () => {
    const { folder, remove } = unpackBackup();
    try {
      const served = await servedFromBackup(folder, name);
      const check = createAnswerCheck();
      const wrong: string[] = [];
      const calm = await serve(served, { now, onAnswer: (kind, items) => wrong.push(...check(kind, items)) });
      const whole = openStore(":memory:");
      const first = await syncGitHub(whole, name, ioFor(calm), quick);
      expect(wrong).toEqual([]);
      expect(first.problems).toEqual([]);
      expect(first.requests).toBeLessThanOrEqual(budgetOf(served));
      const second = await syncGitHub(whole, name, ioFor(calm), quick);
      expect(second).toMatchObject({ requests: 5, unchanged: 5, issues: 0, events: 0, comments: 0 });
      console.table([
        { sync: "first", ...counts(first), budget: budgetOf(served) },
        { sync: "second, quiet", ...counts(second), budget: 5 },
      ]);

      const expected = contentOf(whole);
      const table: Record<string, unknown>[] = [];
      const rhythms: [string, number][] = [
        ["every 2nd", 2],
        ["every 7th", 7],
      ];
      for (const fault of passing)
        for (const [rhythm, every] of rhythms) {
          const faultAt = (n: number): Fault | null => (n % every === 0 ? fault : null);
          const double = await serve(served, { now, faultAt });
          const store = openStore(":memory:");
          await syncGitHub(store, name, ioFor(double), quick);
          const requests = double.log.length;
          const equal = contentOf(store) === expected;
          table.push({ fault, rhythm, requests, retries: requests - first.requests, equal });
          expect(equal, `${fault}, ${rhythm}`).toBe(true);
          store.close();
          await double.close();
        }
      console.table(table);

      const imported = openStore(":memory:");
      imported.setRepository(name);
      importBackup(imported, folder);
      for (const at of ["2021-01-01", "2023-06-01", "2026-08-01"])
        expect(stateOf(whole, Date.parse(at)) === stateOf(imported, Date.parse(at)), at).toBe(true);
    } finally {
      remove();
    }
  }, 180_000);
});

function counts({ requests, unchanged, issues, events, comments }: SyncSummary) {
  return { requests, unchanged, issues, events, comments };
}
