import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, type Scripted, scriptedClient } from "../testing/github/scripted-client.ts";
import type { Cursors } from "./ask.ts";
import { loadMissing, noteMissing } from "./missing.ts";
import { type KnownIssues, pullAbsences, pullNoted } from "./pull-absences.ts";

const seen = Date.parse("2026-03-01T12:00:00Z");
const date = "Mon, 02 Mar 2026 12:00:00 GMT";
const listing = "/repos/a/b/issues?state=open&sort=created&direction=asc&per_page=100";
/** Shows whether the repository is there. */
const repository = "/repos/a/b/issues?state=all&per_page=1";
const range = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

/** What the database knows: these issues, all of them open but for the `closed` and the `gone`. */
const knowing = (all: number[], { closed = [] as number[], gone = [] as number[] } = {}): KnownIssues => ({
  issues: () => all.filter((number) => !gone.includes(number)),
  openIssues: () => all.filter((number) => !gone.includes(number) && !closed.includes(number)),
  goneIssues: () => gone,
  elsewhere: () => gone,
  seenAt: (number) => (all.includes(number) ? seen : null),
});

/** GitHub lists `open` as open, and gives to a question for one issue what is in `single`: else 404. */
function github(open: readonly number[], single: Record<string, Scripted> = {}) {
  return scriptedClient((url, { "if-none-match": known }) => {
    if (url === repository) return single[url] ?? { headers: { date } };
    if (!url.startsWith(listing)) {
      const { headers, ...told } = single[url] ?? { status: 404 };
      return { ...told, headers: { date, ...headers } };
    }
    const page = Number(new URL(url, "http://x").searchParams.get("page") ?? 1);
    const data = open.slice((page - 1) * 100, page * 100).map((number) => ({ number }));
    const etag = `"${JSON.stringify(data)}"`;
    if (known === etag) return { status: 304, headers: { date } };
    const link =
      open.length > page * 100 ? { link: `<https://x${listing}&page=${page + 1}>; rel="next"` } : {};
    return { data, headers: { date, etag, ...link } };
  });
}

const one = (number: number, repository = "a/b") => `/repos/${repository}/issues/${number}`;

async function pull(
  { client, asked }: ReturnType<typeof github>,
  known: KnownIssues,
  memory: Cursors = memoryCursors(),
  stopAfter?: number,
) {
  const pulled = pullAbsences({ client, repository: "a/b", memory, isMoved: () => false }, known, false);
  const items = await keptOf(pulled, stopAfter);
  return {
    absences: items.filter((item) => item !== null && Object.hasOwn(item as object, "status")),
    asked: asked.filter((url) => !url.startsWith(listing)),
    pages: asked.filter((url) => url.startsWith(listing)).length,
    left: loadMissing(memory),
  };
}

describe("an issue that was open and is listed no more", () => {
  test.each([404, 410, 451])("is absent where GitHub answers %i to a question for it", async (status) => {
    const { absences, left } = await pull(github([1, 3], { [one(2)]: { status } }), knowing([1, 2, 3]));
    expect(absences).toEqual([{ number: 2, status, since: seen }]);
    expect(left).toEqual([]);
  });

  test("is there where GitHub gives it after all", async () => {
    const double = github([1], { [one(2)]: { data: { number: 2, state: "closed" } } });
    expect(await pull(double, knowing([1, 2]))).toMatchObject({ absences: [], left: [] });
  });

  test("is looked for by the next sync where this one is cut off", async () => {
    const memory = memoryCursors();
    expect((await pull(github([1]), knowing([1, 2, 3]), memory, 2)).absences).toHaveLength(1);
    expect(loadMissing(memory)).toEqual([3]);
    const rest = await pull(github([1]), knowing([1, 2, 3], { gone: [2] }), memory);
    expect(rest.absences).toMatchObject([{ number: 3 }]);
  });

  test.each<[string, Scripted]>([
    ["a page of another server", { data: "<html>Welcome</html>" }],
    ["nothing", { data: null }],
    ["nothing, and says so", { status: 204, data: undefined }],
    ["another issue", { data: { number: 3 } }],
    ["a list", { data: [{ number: 2 }] }],
    ["a promise", { status: 202, data: {} }],
  ])("is neither there nor gone where the answer is %s, and is asked for again", async (_, answer) => {
    const memory = memoryCursors();
    const pulling = pull(github([1], { [one(2)]: answer }), knowing([1, 2]), memory);
    await expect(pulling).rejects.toMatchObject({ code: "github-odd-answer", exitCode: 4 });
    expect(loadMissing(memory)).toEqual([2]);
    const mended = await pull(github([1], { [one(2)]: { status: 410 } }), knowing([1, 2]), memory);
    expect(mended.absences).toMatchObject([{ number: 2, status: 410 }]);
  });

  test.each([403, 429, 500])("stops a sync on %i, and is asked for again", async (status) => {
    const memory = memoryCursors();
    await expect(pull(github([1], { [one(2)]: { status } }), knowing([1, 2]), memory)).rejects.toMatchObject({
      status,
    });
    expect(loadMissing(memory)).toEqual([2]);
  });

  test("was there when the last listing showed it, whoever saw it before", async () => {
    const memory = memoryCursors();
    await pull(github([1, 2]), knowing([1, 2]), memory);
    const { absences } = await pull(github([1]), knowing([1, 2]), memory);
    expect(absences).toEqual([{ number: 2, status: 404, since: Date.parse(date) }]);
  });

  test("that was never seen here cannot leave", async () => {
    const memory = memoryCursors();
    noteMissing(memory, [99]);
    expect(await pull(github([1]), knowing([1]), memory)).toMatchObject({
      absences: [],
      asked: [one(99), repository],
      left: [],
    });
  });

  test.each([
    ["seen", knowing([1, 99])],
    ["never seen", knowing([1])],
  ])("and was %s is asked for again where its repository cannot be seen either", async (_, known) => {
    for (const status of [404, 410, 403, 500]) {
      const memory = memoryCursors();
      noteMissing(memory, [99]);
      const hidden = github([1], { [repository]: { status } });
      await expect(pull(hidden, known, memory)).rejects.toMatchObject({ status });
      expect(loadMissing(memory)).toEqual([99]);
      const { asked } = await pull(github([1]), known, memory);
      expect([asked[0], loadMissing(memory)]).toEqual([one(99), []]);
    }
  });
});

describe("an issue that GitHub leads away from", () => {
  const away = "https://api.example.org/repositories/7/issues/40";
  const leading = (there: Scripted, location = away) =>
    github([1], {
      [one(2)]: { status: 301, headers: { location } },
      "/repos/a/b": { data: { full_name: "a/b" } },
      [away]: there,
    });
  const arrived = { number: 40, repository_url: "https://api.example.org/repos/c/d" };

  test("was transferred to what is there", async () => {
    const { absences } = await pull(leading({ data: arrived }), knowing([1, 2]));
    expect(absences).toEqual([{ number: 2, status: 301, since: seen, arrived }]);
  });

  test.each<[string, Scripted]>([
    ["is hidden from the token", { status: 404 }],
    ["was deleted there", { status: 410 }],
    ["must not be shown", { status: 451 }],
    ["asks for single sign-on", { status: 403, headers: { "x-github-sso": "required" } }],
    ["is forbidden", { status: 403, data: { message: "Resource not accessible" } }],
    ["was moved on from there, out of sight", { status: 301, headers: { location: `${away}0` } }],
    ["leads to itself", { status: 301, headers: { location: away } }],
    ["leads back", { status: 301, headers: { location: one(2) } }],
    ["leads to another server", { status: 301, headers: { location: "https://evil.example.com/a" } }],
    ["leads nowhere", { status: 301, headers: {} }],
    ["is no issue", { status: 204 }],
  ])("was transferred, though where it went %s", async (_, there) => {
    const { absences, left } = await pull(leading(there), knowing([1, 2]));
    expect(absences).toEqual([{ number: 2, status: 301, since: seen }]);
    expect(left).toEqual([]);
  });

  test.each([1, 2, 5])(
    "and from there %i times more was transferred to what is at the end",
    async (times) => {
      const at = (hop: number) => `https://api.example.org/repositories/7/issues/${40 + hop}`;
      const hops = Array.from({ length: times }, (_, hop) => [
        at(hop),
        // GitHub may give the address without its host.
        { status: 301, headers: { location: hop % 2 === 0 ? at(hop + 1) : new URL(at(hop + 1)).pathname } },
      ]);
      const double = github([1], {
        [one(2)]: { status: 301, headers: { location: at(0) } },
        "/repos/a/b": { data: { full_name: "a/b" } },
        ...Object.fromEntries(hops),
        [at(times)]: { data: arrived },
      });
      expect((await pull(double, knowing([1, 2]))).absences).toEqual([
        { number: 2, status: 301, since: seen, arrived },
      ]);
    },
  );

  test.each<[string, Scripted]>([
    ["the hour's limit", { status: 403, headers: { "x-ratelimit-remaining": "0" } }],
    ["a secondary limit", { status: 403, data: { message: "You have exceeded a secondary rate limit." } }],
    ["a wait", { status: 403, headers: { "retry-after": "60" } }],
    ["too many requests", { status: 429 }],
    ["a fault of the server", { status: 502 }],
  ])("is asked for again after %s", async (_, there) => {
    const memory = memoryCursors();
    await expect(pull(leading(there), knowing([1, 2]), memory)).rejects.toMatchObject({
      status: there.status,
    });
    expect(loadMissing(memory)).toEqual([2]);
  });

  test.each(["https://evil.example.com/repositories/7/issues/40", "", "http://[", "mailto:x@example.com"])(
    "to %j is not followed there",
    async (location) => {
      const { absences, asked } = await pull(leading({ data: arrived }, location), knowing([1, 2]));
      expect(absences).toEqual([{ number: 2, status: 301, since: seen }]);
      expect(asked.filter((url) => url !== one(2) && url !== "/repos/a/b")).toEqual([]);
    },
  );
});

describe("the listing of open issues", () => {
  test("costs one question a hundred while nothing changes, and none where nothing is open", async () => {
    const memory = memoryCursors();
    for (let round = 0; round < 2; round += 1)
      expect(await pull(github(range(250)), knowing(range(250)), memory)).toMatchObject({
        absences: [],
        asked: [],
        pages: 3,
      });
    expect((await pull(github([]), knowing([1, 2], { closed: [1, 2] }))).pages).toBe(0);
  });

  test("finds the issue that was opened behind a full last page, and asks for no other", async () => {
    const memory = memoryCursors();
    await pull(github(range(100)), knowing(range(100)), memory);
    for (let round = 0; round < 2; round += 1)
      expect((await pull(github(range(101)), knowing(range(101)), memory)).asked).toEqual([]);
  });

  test("names an issue that is open again though it was gone, and one that was never seen", async () => {
    const double = github([1, 2, 3], {
      [one(2)]: { data: { number: 2 } },
      [one(3)]: { data: { number: 3 } },
    });
    const { asked, absences } = await pull(double, knowing([1, 2, 4], { gone: [2], closed: [4] }));
    expect([asked, absences]).toEqual([[one(2), one(3)], []]);
  });

  test("passes over entries that are no issues", async () => {
    const { client, asked } = scriptedClient((url) =>
      url === listing ? { data: [null, {}, { number: "x" }, { number: 1 }], headers: { date } } : undefined,
    );
    expect((await pull({ client, asked }, knowing([1]))).absences).toEqual([]);
  });
});

describe("an issue that arrived from another repository", () => {
  test("leaves what is noted to be asked for, where it went and where it is found back", async () => {
    const away = "https://api.example.org/repositories/7/issues/40";
    const { client, asked } = github([], {
      [one(4)]: { status: 301, headers: { location: away } },
      [one(7)]: { data: { number: 7, state: "open" } },
      "/repos/a/b": { data: { full_name: "a/b" } },
      [away]: { data: { number: 40 } },
    });
    const memory = memoryCursors();
    const pulled = () =>
      keptOf(
        pullNoted(
          { client, repository: "a/b", memory, isMoved: () => false },
          knowing([4, 7], { gone: [4, 7] }),
        ),
      );
    expect(await pulled()).toEqual([]);
    noteMissing(memory, [4, 7]);
    expect(await pulled()).toEqual([
      { number: 4, status: 301, since: seen, arrived: { number: 40 } },
      { number: 7, state: "open" },
    ]);
    expect(loadMissing(memory)).toEqual([]);
    expect(asked).not.toContain(listing);
  });
});
