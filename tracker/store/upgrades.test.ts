import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { day, history } from "../testing/history-builder.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { openStore } from "./open.ts";

const milestone = (title: string, seen: number) => ({
  number: 1,
  title,
  observedAt: day(seen),
  state: "open" as const,
  dueOn: null,
  createdAt: day(0),
  closedAt: null,
});

test("a database in which a rename that two syncs had seen was lost reads its names anew", () => {
  const file = join(temporaryFolder(), "history.db");
  const before = openStore(file);
  const page = history([
    {
      number: 7,
      events: [
        [10, "milestoned", "Alpha"],
        [20, "demilestoned", "Alpha"],
      ],
    },
  ]);
  before.append({ ...page, milestones: [milestone("Alpha", 5)] });
  before.append({ ...history([]), milestones: [milestone("Beta", 30)] });
  before.refresh();
  const whole = before.names();
  expect(JSON.stringify(whole)).toContain("Alpha");
  before.close();

  // As the older version left it: it knew of no other name, so nothing looked like a guess.
  const older = new Database(file);
  older.exec(
    "DELETE FROM name_period; DELETE FROM name_alias; DELETE FROM migration WHERE name = 'guesses-1'",
  );
  older.close();
  const after = openStore(file);
  after.refresh();
  expect(after.names()).toEqual(whole);
  after.close();
});
