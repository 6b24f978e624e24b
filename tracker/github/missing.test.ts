import { describe, expect, test } from "vitest";
import { memoryCursors } from "../testing/github/scripted-client.ts";
import { arrivalsIn, forgetMissing, loadMissing, noteArrival } from "./missing.ts";

describe("an issue that arrived from another repository", () => {
  const arrival = (day: number) => Date.parse(`2026-03-0${day}T12:00:00Z`);

  test("has those asked for that were transferred away, once for each arrival", () => {
    const memory = memoryCursors();
    noteArrival(memory, arrival(3), () => [4, 7]);
    expect(loadMissing(memory)).toEqual([4, 7]);
    forgetMissing(memory, 4);
    forgetMissing(memory, 7);
    for (const day of [3, 2]) noteArrival(memory, arrival(day), () => [4, 7]);
    expect(loadMissing(memory)).toEqual([]);
    noteArrival(memory, arrival(4), () => [7]);
    expect(loadMissing(memory)).toEqual([7]);
  });

  test("is told by the newest event of a page that says so, not by what cannot be dated", () => {
    const event = (kind: string, created_at: unknown) => ({ event: kind, created_at });
    const transferred = (day: number) => event("transferred", new Date(arrival(day)).toISOString());
    expect(
      arrivalsIn([
        { ...transferred(3), issue: { number: 8 } },
        transferred(5),
        event("closed", "2026-03-09T00:00:00Z"),
      ]),
    ).toEqual({ at: arrival(5), issues: [8] });
    for (const page of [[], [null], [event("transferred", null)], [event("closed", "2026-03-09T00:00:00Z")]])
      expect(arrivalsIn(page)).toBe(null);
  });
});
