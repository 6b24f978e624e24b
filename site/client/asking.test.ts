import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAsking, type Found, type Index } from "./asking.ts";

type Answer = Awaited<ReturnType<Index["debouncedSearch"]>>;

const page = (url: string): Found => ({ url, excerpt: "", meta: {} });
const answerOf = (query: string, count = 1): Answer => ({
  results: Array.from({ length: count }, (_, index) => ({ data: async () => page(`${query}/${index}`) })),
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A page that shows, and an index that answers each query when the test says so. */
function start(load?: () => Promise<void>) {
  const shown: string[] = [];
  const asked: { query: string; answer(answer: Answer): void; fail(): void }[] = [];
  let loads = 0;
  let dropped = 0;
  const index = (): Index => ({
    destroy: async () => {
      dropped += 1;
    },
    debouncedSearch: (query) =>
      new Promise((resolve, reject) => {
        asked.push({ query, answer: resolve, fail: () => reject(new Error("no chunk")) });
      }),
  });
  const ask = createAsking(
    async () => {
      loads += 1;
      await load?.();
      return index();
    },
    {
      nothing: () => shown.push("nothing"),
      pages: (query, count, pages) => shown.push(`${query}: ${pages.length} of ${count}, ${pages[0]?.url}`),
      failed: () => shown.push("failed"),
    },
  );
  return { ask, asked, shown, loads: () => loads, dropped: () => dropped };
}

describe("a search", () => {
  it("shows the first twenty pages, and how many there are", async () => {
    const { ask, asked, shown, loads } = start();
    void ask("board");
    await settled();
    asked[0]?.answer(answerOf("board", 31));
    await settled();
    void ask("nowhere");
    await settled();
    asked[1]?.answer(answerOf("nowhere", 0));
    await settled();
    expect([shown, loads()]).toEqual([["board: 20 of 31, board/0", "nowhere: 0 of 0, undefined"], 1]);
  });

  it("shows nothing in an empty box, though what was typed before is still looked for", async () => {
    const { ask, asked, shown } = start();
    void ask("board");
    await settled();
    void ask("");
    asked[0]?.answer(answerOf("board"));
    await settled();
    expect(shown).toEqual(["nothing"]);
  });

  it("shows what belongs to the last query, in whatever order answers come, fail, or give way", async () => {
    const answers = fc.array(fc.tuple(fc.constantFrom("answer", "fail", "none"), fc.nat()), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (all) => {
        const { ask, asked, shown } = start();
        for (const index of all.keys()) {
          void ask(`q${index}`);
          await settled();
        }
        const order = [...all.keys()].sort((a, b) => (all[a]?.[1] ?? 0) - (all[b]?.[1] ?? 0));
        for (const index of order) {
          const how = all[index]?.[0];
          if (how === "answer") asked[index]?.answer(answerOf(`q${index}`));
          else if (how === "fail") asked[index]?.fail();
          else asked[index]?.answer(null);
          await settled();
        }
        const last = all.length - 1;
        const told = { answer: [`q${last}: 1 of 1, q${last}/0`], fail: ["failed"], none: [] };
        expect(shown).toEqual(told[(all[last]?.[0] ?? "none") as keyof typeof told]);
      }),
    );
  });

  it("loads no pages of a query that is not the last any more, and shows none that come late", async () => {
    const { ask, asked, shown } = start();
    let loaded = (_: Found) => {};
    let times = 0;
    const slow: Answer = {
      results: [
        {
          data: () => {
            times += 1;
            return new Promise((resolve) => {
              loaded = resolve;
            });
          },
        },
      ],
    };
    void ask("board");
    await settled();
    asked[0]?.answer(slow);
    await settled();
    void ask("boards");
    await settled();
    asked[1]?.answer(answerOf("boards"));
    await settled();
    loaded(page("late"));
    await settled();
    expect([shown, times]).toEqual([["boards: 1 of 1, boards/0"], 1]);
    void ask("board");
    await settled();
    void ask("");
    asked[2]?.answer(slow);
    await settled();
    expect(times).toBe(1);
  });

  it("asks for the last of what was typed while the index was loading, and for nothing before it", async () => {
    let loaded = () => {};
    const { ask, asked, loads } = start(
      () =>
        new Promise((resolve) => {
          loaded = resolve;
        }),
    );
    for (const query of ["b", "bo", "boa"]) void ask(query);
    loaded();
    await settled();
    expect([asked.map(({ query }) => query), loads()]).toEqual([["boa"], 1]);
  });

  it("loads the index again after it could not answer, or after a page of its did not come", async () => {
    const { ask, asked, shown, loads, dropped } = start();
    const lost: Answer = { results: [{ data: () => Promise.reject(new Error("no fragment")) }] };
    void ask("board");
    await settled();
    asked[0]?.fail();
    await settled();
    void ask("boards");
    await settled();
    asked[1]?.answer(lost);
    await settled();
    void ask("board");
    await settled();
    asked[2]?.answer(answerOf("board"));
    await settled();
    expect([shown, loads(), dropped()]).toEqual([["failed", "failed", "board: 1 of 1, board/0"], 3, 2]);
  });

  it("drops an index once, however many queries fail with it, and not the one that came after it", async () => {
    const { ask, asked, shown, loads, dropped } = start();
    for (const query of ["b", "bo"]) void ask(query);
    await settled();
    void ask("boa");
    await settled();
    asked[1]?.fail();
    await settled();
    void ask("boar");
    await settled();
    asked[0]?.fail();
    await settled();
    void ask("board");
    await settled();
    asked[3]?.answer(answerOf("board"));
    await settled();
    expect([shown, loads(), dropped()]).toEqual([["failed", "board: 1 of 1, board/0"], 2, 1]);
  });

  it("loads the index again after it could not be, as where the network was away", async () => {
    let isAway = true;
    const { ask, asked, shown, loads } = start(async () => {
      if (isAway) throw new Error("offline");
    });
    await ask("board");
    isAway = false;
    void ask("board");
    await settled();
    asked[0]?.answer(answerOf("board"));
    await settled();
    expect([shown, loads()]).toEqual([["failed", "board: 1 of 1, board/0"], 2]);
  });
});
