import { RequestError } from "@octokit/request-error";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  addressOf,
  answeredAt,
  ask,
  type Cursors,
  endsBefore,
  instantOf,
  isBeyond,
  isGone,
  loadCursor,
  spanOf,
} from "./ask.ts";
import type { Client } from "./client.ts";

interface Told {
  data?: unknown;
  headers?: Record<string, string>;
  status?: number;
}

/** A client that gives one answer; `asked`: what it was asked for. */
function clientOf({ data = [], headers = {}, status = 200 }: Told, baseUrl = "https://api.example.org") {
  const asked: { url: string; headers: Record<string, string> }[] = [];
  const request = async (question: (typeof asked)[number]) => {
    asked.push(question);
    if (status < 300) return { data, headers, status };
    throw new RequestError("x", status, {
      request: { method: "GET", url: question.url, headers: {} },
      response: { status, url: question.url, headers, data },
    });
  };
  const client = Object.assign(request, { endpoint: { DEFAULTS: { baseUrl } } });
  return { asked, client: { request: client } as unknown as Client };
}

const nextOf = async (link: string, baseUrl?: string) =>
  (await ask(clientOf({ headers: { link } }, baseUrl).client, "/a?page=1", null))?.next;

describe("the next page", () => {
  test.each([
    ['<https://api.example.org/a?page=2>; rel="next"', "/a?page=2"],
    [
      '<https://api.example.org/a?page=1>; rel="prev", <https://api.example.org/a?page=3>; rel="next"',
      "/a?page=3",
    ],
    ['<https://api.example.org/a?q=x,y;z&page=2>;rel="next"', "/a?q=x,y;z&page=2"],
    ['<https://api.example.org/a?page=9>; rel="last"', null],
    ["", null],
    ["nonsense", null],
  ])("of %j is %j", async (link, next) => {
    expect(await nextOf(link)).toBe(next);
  });

  test("is kept without its host, so that no cursor leads the token to another server", async () => {
    expect(await nextOf('<https://evil.example.com/a?page=2>; rel="next"')).toBe("/a?page=2");
    expect(await nextOf('<//evil.example.com/a?page=2>; rel="next"')).toBe("/a?page=2");
  });

  test("is below the base, where that has a path of its own", async () => {
    const base = "https://ghe.example.org/api/v3";
    for (const one of [base, `${base}/`])
      expect(await nextOf(`<${base}/a?page=2>; rel="next"`, one)).toBe("/a?page=2");
    expect(await nextOf('<https://ghe.example.org/api/v33/a>; rel="next"', base)).toBe("/api/v33/a");
  });
});

test("that leads to itself, and would be read for ever, is no page of GitHub's", async () => {
  const { client } = clientOf({ headers: { link: '<https://api.example.org/a?page=1>; rel="next"' } });
  await expect(ask(client, "/a?page=1", null)).rejects.toMatchObject({ code: "github-odd-answer" });
});

test("the end of a page tells whether it reaches back, not a single old object on it", () => {
  const page = (...days: number[]) =>
    days.map((day) => ({ created_at: new Date(day * 86_400_000).toISOString() }));
  const old = Array.from({ length: 10 }, (_, index) => 20 - index);
  const limit = 30 * 86_400_000;
  expect(endsBefore(page(60, 50, ...old), limit)).toBe(true);
  expect(endsBefore(page(60, 50, ...old.slice(1)), limit)).toBe(false);
  expect(endsBefore(page(...old, 60), limit)).toBe(false);
  expect(endsBefore(page(20, 10), limit)).toBe(true);
  expect(endsBefore([...page(20), null, {}], limit)).toBe(true);
  expect([endsBefore([], limit), endsBefore([null, {}], limit), endsBefore(page(30), limit)]).toEqual([
    false,
    false,
    false,
  ]);
});

describe("which page of how many it is", () => {
  const placeOf = async (url: string, link: string) =>
    (await ask(clientOf({ headers: { link } }).client, url, null))?.place;

  test.each([
    ["/a?page=2", '<https://h/a?page=9>; rel="last"', { page: 2, of: 9 }],
    ["/a", '<https://h/a?page=9>; rel="last"', { page: 1, of: 9 }],
    ["/a?per_page=100", '<https://h/a?per_page=100&page=2>; rel="last"', { page: 1, of: 2 }],
    ["/a?after=x", '<https://h/a?after=y>; rel="last"', null],
    ["/a?page=9", '<https://h/a?page=8>; rel="prev"', null],
    ["/a", "", null],
  ])("%s with %j: %j", async (url, link, place) => {
    expect(await placeOf(url, link)).toEqual(place);
  });
});

describe("nothing new", () => {
  const date = "Sun, 04 Jan 2026 12:00:00 GMT";

  test("is told as such to whoever sent an ETag, with the time of the answer", async () => {
    const { asked, client } = clientOf({ status: 304, headers: { date } });
    const times: number[] = [];
    expect(await ask(client, "/a", '"x"', (at) => times.push(at))).toBe(null);
    expect(asked[0]?.headers).toEqual({ "if-none-match": '"x"' });
    expect(times).toEqual([Date.parse(date)]);
  });

  test("is an odd answer to whoever sent none: a cache answers for somebody else", async () => {
    const { asked, client } = clientOf({ status: 304 });
    await expect(ask(client, "/a", null)).rejects.toMatchObject({ code: "github-odd-answer" });
    expect(asked[0]?.headers).toEqual({});
  });
});

test.each([[{}], ["<html>"], [null], [{ items: [] }], [""]])("%j is no page of GitHub's", async (data) => {
  const { client } = clientOf({ data });
  const asking = ask(client, "/a", null);
  await expect(asking).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
  await expect(asking).rejects.toThrow("api.example.org");
});

test("another failure is handed on as it came", async () => {
  await expect(ask(clientOf({ status: 500 }).client, "/a", '"x"')).rejects.toBeInstanceOf(RequestError);
});

test("an answer without a date was given now", () => {
  expect(answeredAt({ date: "Sun, 04 Jan 2026 12:00:00 GMT" })).toBe(Date.parse("2026-01-04T12:00:00Z"));
  for (const headers of [{}, { date: "" }, { date: "soon" }]) {
    const before = Date.now();
    expect(answeredAt(headers)).toBeGreaterThanOrEqual(before);
  }
});

describe("the instants that objects give", () => {
  test.each([
    [{ updated_at: "2026-01-04T12:00:00Z" }, Date.parse("2026-01-04T12:00:00Z")],
    [{ updated_at: "2026-01-04T13:00:00+01:00" }, Date.parse("2026-01-04T12:00:00Z")],
    [{ updated_at: null }, null],
    [{ updated_at: 7 }, null],
    [{ updated_at: "soon" }, null],
    [{ created_at: "2026-01-04T12:00:00Z" }, null],
    [null, null],
    ["2026-01-04T12:00:00Z", null],
  ])("%j: %j", (item, at) => {
    expect(instantOf(item, "updated_at")).toBe(at);
  });

  test("newest and oldest are found in any order, past what gives none", () => {
    const at = (day: string) => ({ created_at: `2026-01-${day}T00:00:00Z` });
    expect(spanOf([at("02"), null, at("09"), {}, at("01")], "created_at")).toEqual({
      oldest: Date.parse("2026-01-01"),
      newest: Date.parse("2026-01-09"),
    });
    expect(spanOf([at("02")], "updated_at")).toBe(null);
    expect(spanOf([], "created_at")).toBe(null);
  });
});

test("a page that GitHub gives no more is told from one that it cannot give now", () => {
  const failed = (status: number) =>
    new RequestError("x", status, { request: { method: "GET", url: "/a", headers: {} } });
  expect([404, 410, 422, 451].every((status) => isGone(failed(status)))).toBe(true);
  expect([401, 403, 429, 500].some((status) => isGone(failed(status)))).toBe(false);
  expect([404, 422].map((status) => isBeyond(failed(status)))).toEqual([false, true]);
  expect(isGone(new Error("404"))).toBe(false);
});

test("an address holds whatever a query says, and does not break at it", () => {
  expect(addressOf("a/b", "issues", { labels: "ä & b", page: "2" })).toBe(
    "/repos/a/b/issues?labels=%C3%A4+%26+b&page=2",
  );
});

test("what was remembered in another shape is forgotten, not a fault", () => {
  const memory = (value: string | null): Cursors => ({ get: () => value, set: () => {}, delete: () => {} });
  const shape = z.object({ at: z.number() });
  expect(loadCursor(memory('{"at":7}'), "k", shape)).toEqual({ at: 7 });
  for (const value of [null, "", "{cut", "null", '{"at":"7"}', "[]"])
    expect(loadCursor(memory(value), "k", shape)).toBe(null);
});
