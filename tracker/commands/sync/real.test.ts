import { describe, expect, test } from "vitest";
import { openStore } from "../../store/open.ts";
import { createAnswerCheck } from "../../testing/github/check-answers.ts";
import { type Fault, passing } from "../../testing/github/fault.ts";
import { servedFromBackup } from "../../testing/github/repository.ts";
import { importBackup } from "../../testing/import-backup.ts";
import { sharedData, unpackBackup } from "../../testing/shared-data.ts";
import { budgetOf, contentOf, ioFor, quick, quietBudgetOf, serve, stateOf } from "../../testing/sync-rig.ts";
import { syncGitHub } from "./github.ts";
import type { SyncSummary } from "./summary.ts";

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
      // This backup's program is older than types: it kept such an event without its type, and none is made up.
      expect(wrong.filter((fault) => !/^issue-type-.*'issue_type'$/.test(fault))).toEqual([]);
      expect(first.problems).toEqual([]);
      expect(first.requests).toBeLessThanOrEqual(budgetOf(served));
      const second = await syncGitHub(whole, name, ioFor(calm), quick);
      const quiet = quietBudgetOf(served);
      expect(second).toMatchObject({ requests: quiet, unchanged: quiet, issues: 0, events: 0, comments: 0 });
      console.table([
        { sync: "first", ...counts(first), budget: budgetOf(served) },
        { sync: "second, quiet", ...counts(second), budget: quiet },
      ]);

      const expected = contentOf(whole);
      // Every fault alone at every rhythm is tried on the sample; here they come in turn, on a hundred long pages.
      const ordeals = [2, 7].map((every): [string, (n: number) => Fault | null] => [
        `each in turn, request ${every}, ${2 * every}, …`,
        (n) => (n % every === 0 ? (passing[(n / every) % passing.length] ?? null) : null),
      ]);
      // All at once: what one sync waits, another computes.
      const table = await Promise.all(
        ordeals.map(async ([fault, faultAt]) => {
          const double = await serve(served, { now, faultAt });
          const store = openStore(":memory:");
          await syncGitHub(store, name, ioFor(double), quick);
          const requests = double.log.length;
          const equal = contentOf(store) === expected;
          store.close();
          return { fault, requests, retries: requests - first.requests, equal };
        }),
      );
      console.table(table);
      expect(table.filter(({ equal, retries }) => !equal || retries < 20)).toEqual([]);

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
