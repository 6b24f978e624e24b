import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, scriptedClient } from "../testing/github/scripted-client.ts";
import type { Cursors } from "./ask.ts";
import { pullSince } from "./pull-since.ts";

const hour = 3_600_000;
const noon = Date.parse("2026-03-01T12:00:00Z");
const day = (hours: number) => new Date(noon + hours * hour).toISOString().replace(".000Z", "Z");

interface Issue {
  number: number;
  created_at: string;
  updated_at: string;
  state: "open" | "closed";
}
/** Issue n is made n minutes after noon of the first day. */
const issue = (number: number, updated = 0, state: Issue["state"] = "open"): Issue => ({
  number,
  created_at: day(number / 60),
  updated_at: day(Math.max(updated, number / 60)),
  state,
});
const issues = (count: number): Issue[] => Array.from({ length: count }, (_, index) => issue(index + 1));

/** GitHub with these issues, `now` hours after noon. */
function github(list: () => readonly Issue[], now = 100) {
  return scriptedClient((url, { "if-none-match": known }) => {
    const query = new URL(url, "http://x").searchParams;
    const key = query.get("sort") === "created" ? "created_at" : "updated_at";
    const since = query.get("since");
    const state = query.get("state");
    const found = list()
      .filter(
        (one) => (since === null || one.updated_at >= since) && (state === "all" || one.state === state),
      )
      .sort((a, b) => a[key].localeCompare(b[key]) || a.number - b.number);
    if (query.get("direction") === "desc") found.reverse();
    const page = Number(query.get("page") ?? 1);
    const data = found.slice((page - 1) * 100, page * 100);
    const etag = `"${JSON.stringify(data)}"`;
    const date = new Date(noon + now * hour).toUTCString();
    if (known === etag) return { status: 304, headers: { date } };
    query.set("page", String(page + 1));
    const link =
      found.length > page * 100 ? { link: `<https://x/repos/a/b/issues?${query}>; rel="next"` } : {};
    return { data, headers: { etag, date, ...link } };
  });
}

/** One pull: the numbers that came, in order, and what was told beside them. */
async function pull(
  memory: Cursors,
  list: readonly Issue[] | (() => readonly Issue[]),
  { stopAfter, now }: { stopAfter?: number; now?: number } = {},
) {
  const { client, asked } = github(typeof list === "function" ? list : () => list, now);
  const told = { vanished: [] as number[], whole: [] as number[], began: [] as number[] };
  const pulled = pullSince(client, "a/b", { kind: "issues", path: "issues" }, memory, {
    onVanished: (numbers) => told.vanished.push(...numbers),
    onWhole: (ids) => told.whole.push(...ids),
    onBegin: (at) => told.began.push(at),
  });
  const items = await keptOf(pulled, stopAfter);
  return { came: items.map((item) => (item as Issue).number), requests: asked.length, asked, ...told };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const sorted = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);

describe("the first pull", () => {
  test("reads everything, tells that it did, and when it began; the next one asks once", async () => {
    const memory = memoryCursors();
    const { came, whole, began } = await pull(memory, issues(250));
    expect([sorted(came), sorted(whole), began]).toEqual([range(1, 250), range(1, 250), [noon + 100 * hour]]);
    expect(await pull(memory, issues(250))).toMatchObject({ came: [], requests: 1, whole: [], began: [] });
  });

  test("of what fits on a page is one question", async () => {
    expect(await pull(memoryCursors(), issues(100))).toMatchObject({
      requests: 1,
      whole: range(1, 100).reverse(),
    });
  });

  test("tells that it read all in the moment in which its last page is kept, never after it", async () => {
    for (const count of [3, 250]) {
      const memory = memoryCursors();
      const { requests } = await pull(memoryCursors(), issues(count));
      // The page of the newest updates is asked for first, and kept only where it is all there is.
      const pages = count > 100 ? requests - 1 : requests;
      expect(sorted((await pull(memory, issues(count), { stopAfter: pages })).whole)).toEqual(
        range(1, count),
      );
    }
  });

  test("cut off after any page goes on there, and nothing is left out", async () => {
    const list = [...issues(150), ...range(151, 330).map((number) => issue(number, 0, "closed"))];
    for (let stopAfter = 1; stopAfter <= 4; stopAfter += 1) {
      const memory = memoryCursors();
      const { came } = await pull(memory, list, { stopAfter });
      const rest = await pull(memory, list);
      expect(sorted([...came, ...rest.came]), `${stopAfter}`).toEqual(range(1, 330));
      expect(came.length + rest.came.length, "nothing twice").toBe(330);
      // It did not see all of them by itself.
      expect(rest.whole).toEqual([]);
    }
  });

  test("misses nothing that changes on pages already read: the next pull has it", async () => {
    const memory = memoryCursors();
    let list = issues(250);
    let asks = 0;
    await pull(memory, () => {
      asks += 1;
      // While the second page is read, an issue of the first one is updated.
      if (asks === 3) list = list.map((one) => (one.number === 5 ? issue(5, 50) : one));
      return list;
    });
    expect((await pull(memory, list)).came).toContain(5);
  });
});

describe("a later pull", () => {
  const known = async (count = 250) => {
    const memory = memoryCursors();
    await pull(memory, issues(count));
    return memory;
  };

  test("reads what was updated, in one question where it fits", async () => {
    const list = [...issues(249), issue(250, 50)];
    const memory = await known();
    const { came, requests, began } = await pull(memory, list, { now: 50 });
    expect([came[0], requests, began]).toEqual([250, 1, []]);
    // A moment later it is the same.
    const again = [...issues(248), issue(249, 50.1), issue(250, 50)];
    expect((await pull(memory, again, { now: 50.1 })).requests).toBe(1);
  });

  test("of more than a page reads all since it last looked, in the order of creation", async () => {
    const list = issues(250).map(({ number }) => issue(number, 50));
    const { came, asked } = await pull(await known(), list);
    expect(came).toEqual(range(1, 250));
    expect(asked[1]).toContain("since=2026-03-01T16%3A00%3A00Z");
  });

  test("whose remembered page is gone begins anew", async () => {
    const memory = await known();
    const pass = { cursor: "/gone", goal: noon, etag: null, rest: null };
    memory.set("github.issues.pass", JSON.stringify(pass));
    expect((await pull(memory, [...issues(249), issue(250, 50)])).came).toContain(250);
  });

  test("of an empty repository that was full tells all that vanished", async () => {
    expect((await pull(await known(3), [])).vanished.sort()).toEqual([1, 2, 3]);
  });

  test("reads all that changed after a while in which the server's clock was ahead", async () => {
    const memory = await known();
    const ahead = issues(249).concat(issue(250, 9000));
    await pull(memory, ahead, { now: 9000 });
    // More than a page changed since the clock was set right.
    const later = issues(250).map(({ number }) => (number === 250 ? issue(250, 9000) : issue(number, 150)));
    expect(sorted((await pull(memory, later, { now: 160 })).came)).toEqual(range(1, 250));
    const few = later.map((one) => (one.number === 7 ? issue(7, 170) : one));
    expect((await pull(memory, few, { now: 171 })).requests).toBe(1);
  });

  test("is not led past changes by an issue that is dated ahead", async () => {
    const memory = await known();
    const ahead = issues(249).concat(issue(250, 9000));
    await pull(memory, ahead, { now: 110 });
    const later = ahead.map((one) => (one.number <= 150 ? issue(one.number, 120) : one));
    expect((await pull(memory, later, { now: 121 })).came).toEqual(expect.arrayContaining(range(1, 150)));
  });
});
