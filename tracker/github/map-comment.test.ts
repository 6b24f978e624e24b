import { expect, it } from "vitest";
import { mapComment } from "./map-comment.ts";

const [at, edited] = ["2026-01-05T09:00:00Z", "2026-01-06T10:00:00Z"];
const raw = {
  id: 11,
  issue_url: "https://api.github.com/repos/acme/shop/issues/12",
  created_at: at,
  updated_at: edited,
  user: { login: "ana" },
  body: "/spend 1d",
};

it("says who wrote what, when, and when it was last edited", () => {
  expect(mapComment(raw)).toEqual({
    id: 11,
    issue: 12,
    at: Date.parse(at),
    updatedAt: Date.parse(edited),
    author: "ana",
    body: "/spend 1d",
  });
});

it("was not edited, has no author and no text where GitHub leaves them out", () => {
  const { updated_at: _, user: __, body: ___, ...bare } = raw;
  expect(mapComment(bare)).toMatchObject({ updatedAt: Date.parse(at), author: null, body: "" });
  expect(mapComment({ ...bare, updated_at: null, user: null, body: null })).toMatchObject({
    updatedAt: Date.parse(at),
    author: null,
    body: "",
  });
});

it("is of the issue that its timeline names, whatever its address says", () => {
  expect(mapComment(raw, 40).issue).toBe(40);
  expect(mapComment({ ...raw, issue_url: undefined }, 40).issue).toBe(40);
});

it("of no issue is refused, by its id", () => {
  expect(() => mapComment({ ...raw, issue_url: undefined })).toThrow("comment 11 names no issue");
  expect(() => mapComment({ ...raw, issue_url: "https://example.com/" })).toThrow("comment 11");
  for (const wrong of [{ id: 0 }, { created_at: "then" }, { body: 3 }])
    expect(() => mapComment({ ...raw, ...wrong }, 40)).toThrow();
});
