import { describe, expect, test } from "vitest";
import { keptOf, memoryCursors, scriptedClient } from "../testing/github/scripted-client.ts";
import type { Cursors } from "./ask.ts";
import { eventKeys, pullEvents } from "./pull-events.ts";

const hour = 3_600_000;
const noon = Date.parse("2026-03-01T12:00:00Z");
/** An event `hours` after noon. */
const event = (id: number, hours: number) => ({
  id,
  created_at: new Date(noon + hours * hour).toISOString(),
});
type Event = ReturnType<typeof event>;

/** GitHub with these pages of events, the newest first, answered `now` hours after noon. */
function github(pages: readonly (readonly Event[])[], now = 100) {
  const address = (index: number) =>
    `/repos/a/b/issues/events?per_page=100${index === 0 ? "" : `&page=${index}`}`;
  return scriptedClient((url, { "if-none-match": known }) => {
    const index = pages.findIndex((_, i) => address(i) === url);
    const data = pages[index];
    if (data === undefined) return undefined;
    const etag = `"${data.map(({ id }) => id).join()}"`;
    const date = new Date(noon + now * hour).toUTCString();
    if (known === etag) return { status: 304, headers: { date } };
    const link = index + 1 < pages.length ? { link: `<https://x${address(index + 1)}>; rel="next"` } : {};
    return { data, headers: { etag, date, ...link } };
  });
}

const idsOf = (items: readonly unknown[]): number[] => items.map((item) => (item as Event).id);

/** The ids that one pull brings; `stopAfter`: pages after which it is cut off. */
async function pull(
  memory: Cursors,
  pages: readonly (readonly Event[])[],
  { stopAfter, now }: { stopAfter?: number; now?: number } = {},
) {
  const { client, asked } = github(pages, now);
  const ids = idsOf(await keptOf(pullEvents(client, "a/b", memory), stopAfter));
  return { ids, requests: asked.length };
}

/** Events one an hour, the newest first. */
const down = (from: number, to: number): Event[] =>
  Array.from({ length: from - to + 1 }, (_, index) => event(from - index, from - index));
const range = (from: number, to: number): number[] => idsOf(down(from, to));

const first = [down(60, 41), down(40, 21), down(20, 1)];

describe("the first pull", () => {
  test("reads down to the oldest event, and the second nothing, with one question", async () => {
    const memory = memoryCursors();
    expect(await pull(memory, first)).toEqual({ ids: range(60, 1), requests: 3 });
    expect(await pull(memory, first)).toEqual({ ids: [], requests: 1 });
  });

  test.each([1, 2])(
    "cut off after page %i goes on there, and fetches what came meanwhile",
    async (stopAfter) => {
      const memory = memoryCursors();
      const { ids } = await pull(memory, first, { stopAfter });
      const later = [down(61, 41), ...first.slice(1)];
      const rest = await pull(memory, later);
      expect(new Set([...ids, ...rest.ids])).toEqual(new Set(range(61, 1)));
      expect(rest.ids.slice(0, 20)).toEqual(idsOf(first[stopAfter] ?? []));
    },
  );

  test("of a repository without events is done, and says so", async () => {
    const memory = memoryCursors();
    expect((await pull(memory, [[]])).ids).toEqual([]);
    expect(await pull(memory, [[event(1, 1)]])).toEqual({ ids: [1], requests: 1 });
  });

  test("whose remembered page GitHub gives no more begins anew", async () => {
    const memory = memoryCursors();
    memory.set(eventKeys.pass, JSON.stringify({ cursor: "/gone?page=900", newest: noon }));
    expect((await pull(memory, first)).ids).toEqual(range(60, 1));
  });
});

describe("a later pull", () => {
  const known = async () => {
    const memory = memoryCursors();
    await pull(memory, first);
    return memory;
  };

  test("reads down to what is known, and no further", async () => {
    const later = [down(90, 71), down(70, 51), down(50, 31), down(30, 1)];
    expect(await pull(await known(), later)).toEqual({ ids: range(90, 31), requests: 3 });
  });

  test("that is cut off leaves no gap between what it read and what was known", async () => {
    const memory = await known();
    const later = [down(90, 81), down(80, 61), ...first];
    const { ids } = await pull(memory, later, { stopAfter: 1 });
    const rest = await pull(memory, later);
    expect(new Set([...ids, ...rest.ids])).toEqual(new Set(range(90, 41)));
  });

  test("reads an event that landed minutes late, behind what came meanwhile", async () => {
    const just = Array.from({ length: 10 }, (_, index) => event(70 + index, 60 - index / 100));
    const late = event(99, 60 - 0.15);
    const later = [[event(61, 61), ...just], [late, ...down(59, 41)], ...first.slice(1)];
    expect((await pull(await known(), later)).ids).toContain(99);
  });

  test.each(["first", "last"])(
    "is not ended by an old event that stands %s among the new ones",
    async (place) => {
      const old = event(99, -1000);
      const page = place === "first" ? [old, ...down(90, 81)] : [...down(90, 81), old];
      const { ids } = await pull(await known(), [page, down(80, 61), ...first]);
      expect(new Set(ids)).toEqual(new Set([99, ...range(90, 41)]));
    },
  );

  test("is not ended by all that an issue brought, which was written later than it is dated", async () => {
    const brought = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => event(from - index, -1000 - index));
    const memory = await known();
    // They stand where they were written, the newest first.
    const later = [
      [...down(90, 81).map(({ id, ...rest }) => ({ ...rest, id: id + 1000 })), ...brought(1080, 15)],
      [...brought(1065, 15), ...down(64, 61)],
      ...first,
    ];
    const { ids, requests } = await pull(memory, later);
    expect(ids).toEqual(expect.arrayContaining([...range(64, 61), 1090, 1051]));
    // From then on they are known, and end a pull like anything else.
    const [top = [], ...rest] = later;
    const again = await pull(memory, [[event(1095, 95), ...top], ...rest]);
    expect([requests, again.requests]).toEqual([3, 1]);
  });

  test("that is cut off among what an issue brought goes on behind it", async () => {
    const memory = await known();
    const brought = Array.from({ length: 15 }, (_, index) => event(1080 - index, -1000));
    const later = [[event(1090, 90), ...brought], down(64, 61), ...first];
    await pull(memory, later, { stopAfter: 1 });
    expect((await pull(memory, later)).ids).toEqual(expect.arrayContaining(range(64, 61)));
  });

  test("reads what came after a while in which the server's clock was ahead", async () => {
    const memory = await known();
    const ahead = [event(91, 9000), ...down(70, 61)];
    await pull(memory, [ahead, ...first], { now: 9000 });
    const { ids, requests } = await pull(memory, [down(130, 111), down(110, 91), ahead, ...first], {
      now: 131,
    });
    expect([ids.slice(0, 40), requests]).toEqual([range(130, 91), 6]);
    // From then on it is as it was.
    expect(
      (await pull(memory, [down(150, 131), ...[down(130, 111), down(110, 91)]], { now: 151 })).requests,
    ).toBe(2);
  });

  test("is not led past what came after an event that is dated ahead", async () => {
    const memory = await known();
    const ahead = [event(91, 9000), ...down(70, 61)];
    await pull(memory, [ahead, ...first]);
    const later = [down(130, 111), down(110, 101), ahead, ...first];
    expect((await pull(memory, later, { now: 131 })).ids).toEqual(expect.arrayContaining(range(130, 101)));
  });
});

test("pages that GitHub refuses beyond a depth end the history there, and it is remembered from when on", async () => {
  const memory = memoryCursors();
  const address = "/repos/a/b/issues/events?per_page=100";
  const { client } = scriptedClient((url) =>
    url === address
      ? { data: [event(6, 6), event(5, 5)], headers: { link: `<https://x${address}&page=9>; rel="next"` } }
      : { status: 422 },
  );
  expect(idsOf(await keptOf(pullEvents(client, "a/b", memory)))).toEqual([6, 5]);
  expect(Number(memory.get(eventKeys.horizon))).toBe(noon + 5 * hour);
  expect(Number(memory.get(eventKeys.frontier))).toBe(noon + 6 * hour);
});

test("a page that names itself as the next one is no page of GitHub's", async () => {
  const address = "/repos/a/b/issues/events?per_page=100";
  const { client, asked } = scriptedClient(() => ({
    data: [event(1, 1)],
    headers: { link: `<https://x${address}>; rel="next"` },
  }));
  await expect(keptOf(pullEvents(client, "a/b", memoryCursors()))).rejects.toMatchObject({
    code: "github-odd-answer",
  });
  expect(asked).toHaveLength(1);
});
