import { describe, expect, test } from "vitest";
import { describePull, timePages } from "./progress.ts";

const came = { issues: 1, pulls: 0, events: 80, comments: 2 };

test.each([
  ["issues", null, null, "reading issues"],
  ["events", { page: 3, of: 40 }, 61_000, "reading events, page 3 of 40, about 61 s left"],
  ["comments", { page: 3, of: 40 }, 150_000, "reading comments, page 3 of 40, about 3 min left"],
  ["arrivals", { page: 3, of: 40 }, null, "reading events of issues that arrived, 3 of 40"],
] as const)("a pull of %s says where it is", (kind, place, left, expected) => {
  expect(describePull(came, kind, place, left)).toBe(`1 issue, 80 events, 2 comments: ${expected}`);
});

describe("how long a listing will still take", () => {
  test("is reckoned from its own pace alone", () => {
    let now = 0;
    const left = timePages(() => now);
    expect(left("events", { page: 1, of: 5 })).toBe(null);
    now = 2000;
    expect(left("events", { page: 2, of: 5 })).toBe(6000);
    // Another one begins anew.
    expect(left("arrivals", { page: 1, of: 3 })).toBe(null);
    now = 12_000;
    expect(left("arrivals", { page: 2, of: 3 })).toBe(10_000);
  });

  test("is not known where GitHub does not count, and of several pages in one place", () => {
    const left = timePages(() => 1);
    expect(left("issues", null)).toBe(null);
    expect(left("arrivals", { page: 1, of: 2 })).toBe(null);
    expect(left("arrivals", { page: 1, of: 2 })).toBe(null);
  });
});
