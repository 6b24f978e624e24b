import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Card, TypeShare } from "../model/report.ts";
import { sharesByType } from "./by-type.ts";

const card = (number: number, days: number | null, type?: string): Card => ({
  number,
  title: `Task ${number}`,
  url: "",
  size: null,
  days,
  labels: [],
  assignees: [],
  ...(type === undefined ? {} : { type }),
});
const shares = (cards: readonly Card[]) =>
  sharesByType(cards)?.map(({ type, tasks, days, unestimated }) => [type, tasks, days, unestimated]);

describe("shares by type", () => {
  it("are none where no task has a type", () => {
    expect(sharesByType([])).toBeNull();
    expect(sharesByType([card(1, 2), card(2, null)])).toBeNull();
  });

  it("count tasks, days and those without a size; what has no type is one of them", () => {
    const cards = [card(1, 0.1, "Bug"), card(2, 0.2, "Bug"), card(3, null, "Bug"), card(4, 5)];
    expect(shares(cards)).toEqual([
      [null, 1, 5, 0],
      ["Bug", 3, 0.3, 1],
    ]);
  });

  it("stand most days first, then most tasks, then by name with no type last", () => {
    const cards = [
      card(1, 1),
      card(2, 1, "Task"),
      card(3, 1, "Bug"),
      card(4, 0.5, "Feature"),
      card(5, 0.5, "Feature"),
      card(6, 3, "Spike"),
    ];
    expect(shares(cards)?.map(([type]) => type)).toEqual(["Spike", "Feature", "Bug", "Task", null]);
  });

  it("lose no task and no day, whatever the order of the cards", () => {
    const any = fc.record({
      days: fc.option(fc.integer({ min: 0, max: 300 }).map((one) => one / 100)),
      type: fc.constantFrom(undefined, "Bug", "Task", "__proto__"),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (list) => {
        const cards = list.map(({ days, type }, index) => card(index + 1, days, type));
        const found = sharesByType(cards);
        expect(sharesByType(cards.toReversed())).toEqual(found);
        if (found === null) return;
        const cents = (days: number) => Math.round(days * 100);
        const total = (of: (share: TypeShare) => number) => found.reduce((sum, share) => sum + of(share), 0);
        expect(total(({ tasks }) => tasks)).toBe(cards.length);
        expect(total(({ days }) => cents(days))).toBe(
          cards.reduce((sum, { days }) => sum + cents(days ?? 0), 0),
        );
        expect(total(({ unestimated }) => unestimated)).toBe(
          cards.filter(({ days }) => days === null).length,
        );
      }),
      { seed: 72 },
    );
  });
});
