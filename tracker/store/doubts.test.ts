import { expect, test } from "vitest";
import { day, history } from "../testing/history-builder.ts";
import { openStore } from "./open.ts";

test.each([
  [4, 5, [1]],
  [8, 9, [1]],
  [0, 100, [1]],
  [9, 12, []],
  [0, 4, []],
])("of days %d to %d, issues with a doubt at some instant of them are %j", (from, to, numbers) => {
  const store = openStore(":memory:");
  store.setRepository("a/b");
  store.append(
    history([
      // Nothing brings the label back before it is taken off again.
      {
        number: 1,
        events: [
          [2, "labeled", "x"],
          [4, "unlabeled", "x"],
          [9, "unlabeled", "x"],
        ],
      },
      { number: 2, labels: ["x"], events: [[4, "labeled", "x"]] },
    ]),
  );
  store.refresh();
  expect(store.issuesInDoubt({ from: day(from), to: day(to) })).toEqual(numbers);
  store.close();
});
