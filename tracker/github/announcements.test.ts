import { expect, test } from "vitest";
import { announcedIn } from "./announcements.ts";

const expiry = "github-authentication-token-expiration";

test.each([
  ["2026-12-01 09:00:00 UTC", Date.parse("2026-12-01T09:00:00Z")],
  ["2026-12-01 09:00:00 +0200", Date.parse("2026-12-01T07:00:00Z")],
  ["2026-12-01T09:00:00Z", Date.parse("2026-12-01T09:00:00Z")],
  ["never", null],
  ["", null],
])("a token that ends %j ends at %j", (told, at) => {
  expect(announcedIn(new Headers({ [expiry]: told })).tokenEnds).toBe(at);
});

test("an edition of the API ends when its sunset says so, and nothing is announced without a header", () => {
  const sunset = "Tue, 10 Mar 2026 23:59:59 GMT";
  expect(announcedIn(new Headers({ sunset }))).toEqual({ tokenEnds: null, editionEnds: Date.parse(sunset) });
  expect(announcedIn(new Headers({ sunset: "soon" }))).toEqual({ tokenEnds: null, editionEnds: null });
  expect(announcedIn(new Headers())).toEqual({ tokenEnds: null, editionEnds: null });
});
