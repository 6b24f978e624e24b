import { describe, expect, it, test } from "vitest";
import { mapAbsence } from "./map-absence.ts";
import { mapCount } from "./map-count.ts";

const [since, at] = [1000, 2000];

describe("an issue that GitHub no longer lists", () => {
  test.each([
    [301, "transferred"],
    [302, "transferred"],
    [399, "transferred"],
    [400, "deleted"],
    [404, "deleted"],
    [410, "deleted"],
  ])("and answers with %i was %s", (status, found) => {
    expect(mapAbsence({ number: 4, status, since }, at)).toEqual({ issue: 4, at, since, found });
  });

  it("is refused without its number, the status or when it was last seen", () => {
    for (const left of ["number", "status", "since"])
      expect(() => mapAbsence({ number: 4, status: 404, since, [left]: undefined }, at)).toThrow(left);
  });
});

describe("how many comments an issue has", () => {
  const raw = { number: 4, updated_at: "2026-01-05T09:00:00Z", comments: 0 };

  it("is told with when it was so", () => {
    expect(mapCount(raw)).toEqual({ issue: 4, at: Date.UTC(2026, 0, 5, 9), count: 0 });
  });

  it("is not known where it is not said: never 0", () => {
    for (const wrong of [{ comments: undefined }, { comments: -1 }, { comments: 1.5 }, { updated_at: "" }])
      expect(mapCount({ ...raw, ...wrong })).toBeNull();
    expect(mapCount(null)).toBeNull();
  });
});
