import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryTables } from "../testing/memory-tables.ts";
import { stale, staleMigrations } from "./stale.ts";

const number = fc.integer({ min: 1, max: 400 });
const commands = fc.array(
  fc.oneof(
    fc.array(number, { maxLength: 80 }).map((issues) => ({ add: issues })),
    fc.integer({ min: 1, max: 60 }).map((limit) => ({ take: limit })),
  ),
  { maxLength: 20 },
);

it("hands out each issue once, lowest first, until it is added anew", () => {
  fc.assert(
    fc.property(commands, (list) => {
      const { db } = memoryTables(...staleMigrations);
      const table = stale(db);
      const model = new Set<number>();
      const rising = () => [...model].sort((a, b) => a - b);
      for (const command of list) {
        if ("add" in command) {
          table.add(command.add);
          for (const issue of command.add) model.add(issue);
        } else {
          const expected = rising().slice(0, command.take);
          expect(table.take(command.take)).toEqual(expected);
          for (const issue of expected) model.delete(issue);
        }
        expect(table.all()).toEqual(rising());
        expect(table.isEmpty()).toBe(model.size === 0);
      }
      db.close();
    }),
    { seed: 21, numRuns: 60 },
  );
});
