import { describe, expect, it, test } from "vitest";
import type { z } from "zod";
import {
  account,
  instant,
  issueAt,
  numberAtEnd,
  relation,
  repositoryOfObject,
  stateReason,
  wholeNumber,
} from "./map-fields.ts";

const read = (schema: z.ZodType, value: unknown): unknown => {
  const { data, success } = schema.safeParse(value);
  return success ? data : "refused";
};

describe("single fields", () => {
  test.each([
    ["2026-01-05T09:00:00Z", Date.UTC(2026, 0, 5, 9)],
    ["2026-01-05T09:00:00.250Z", Date.UTC(2026, 0, 5, 9, 0, 0, 250)],
    ["2026-01-05T09:00:00+01:00", Date.UTC(2026, 0, 5, 8)],
    ["yesterday", "refused"],
    ["", "refused"],
    [1_767_603_600_000, "refused"],
    [null, "refused"],
  ])("the instant %j", (text, expected) => {
    expect(read(instant, text)).toBe(expected);
  });

  test.each([
    [1, 1],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [0, "refused"],
    [-3, "refused"],
    [1.5, "refused"],
    [2 ** 53, "refused"],
    ["7", "refused"],
  ])("the number %j", (value, expected) => {
    expect(read(wholeNumber, value)).toBe(expected);
  });

  it("an account that is gone is null, whether it is named so or left out", () => {
    const all = [{ login: "ana", id: 3 }, null, undefined].map((user) => read(account, user));
    expect(all).toEqual(["ana", null, null]);
    expect(read(account, { id: 3 })).toBe("refused");
  });

  it("a reason that GitHub adds one day is kept, in lower case as REST writes it", () => {
    const told = ["completed", "NOT_PLANNED", "duplicate", "abandoned", "", null, undefined, 3];
    expect(told.map((reason) => read(stateReason, reason))).toEqual([
      "completed",
      "not_planned",
      "duplicate",
      "abandoned",
      null,
      null,
      null,
      "refused",
    ]);
  });
});

const api = "https://api.github.com/repos";
const own = { repository_url: `${api}/acme/shop`, number: 4 };

describe("the repository of an object", () => {
  test.each<[string, unknown, string | null]>([
    ["by its name", { repository: { full_name: "acme/shop" } }, "acme/shop"],
    ["by its name before its address", { repository: { full_name: "a/b", url: `${api}/c/d` } }, "a/b"],
    ["by its address", { repository: { url: `${api}/acme/shop` } }, "acme/shop"],
    ["by the address beside it", { repository_url: `${api}/acme/shop` }, "acme/shop"],
    ["by its own address", { url: `${api}/acme/shop/issues/4` }, "acme/shop"],
    ["at GitHub Enterprise", { url: "https://git.example/api/v3/repos/acme/shop/issues/4" }, "acme/shop"],
    ["by its page", { html_url: "https://git.example/acme/shop/issues/4" }, "acme/shop"],
    ["by the page of a pull request", { html_url: "https://github.com/acme/shop/pull/4" }, "acme/shop"],
    ["past an address that says nothing", { repository_url: "x", url: `${api}/a/b` }, "a/b"],
    ["not by a page that is no issue's", { html_url: "https://github.com/acme/shop/wiki" }, null],
    ["not by an address without repositories", { url: "https://api.github.com/users/ana" }, null],
    ["not where it says nothing", {}, null],
    ["not where it is no object", "acme/shop", null],
    ["not where it is null", null, null],
  ])("%s", (_, raw, expected) => {
    expect(repositoryOfObject(raw)).toBe(expected);
  });
});

describe("an issue that another names", () => {
  it("is its number alone in the same repository, in any case, else with owner and name", () => {
    expect(relation(own, "acme/shop")).toBe(4);
    expect(relation(own, "Acme/Shop")).toBe(4);
    expect(relation(own, "acme/infra")).toBe("acme/shop#4");
    expect(relation(own, null)).toBe("acme/shop#4");
    expect(relation({ number: 4 }, "acme/infra")).toBe(4);
  });

  it("is not known where GitHub does not show it", () => {
    for (const raw of [null, undefined, {}, { number: null }, { number: 0 }, { number: "4" }])
      expect(relation(raw, "acme/shop")).toBeUndefined();
  });

  it("is read off an address", () => {
    expect(issueAt(`${api}/acme/shop/issues/12`, "acme/shop")).toBe(12);
    expect(issueAt(`${api}/acme/shop/issues/12`, "acme/infra")).toBe("acme/shop#12");
    expect(issueAt(`${api}/acme/shop/issues`, "acme/shop")).toBeNull();
  });

  it("has the last number of its address, and no other", () => {
    expect(numberAtEnd(`${api}/acme/shop2/issues/12`)).toBe(12);
    for (const address of [`${api}/acme/shop/issues/12/events`, `${api}/acme/shop2`, "12", ""])
      expect(numberAtEnd(address)).toBeNull();
  });
});
