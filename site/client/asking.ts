/** The part of a loaded index of pagefind that is used here; https://pagefind.app/docs/api/ */
export interface Index {
  destroy(): Promise<void>;
  /** @throws where a part of the index that it takes for the answer did not come */
  debouncedSearch(
    query: string,
    options?: object,
    wait?: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

export interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
}

/** Where it is shown what was found. */
interface Shown {
  nothing(): void;
  /** @param count of all pages that were found; the first of them are in `pages` */
  pages(query: string, count: number, pages: readonly Found[]): void;
  failed(cause: unknown): void;
}

const most = 20;
const waitMs = 150;

/**
 * Makes the function that asks for a query. What is shown belongs to the last one, however late another's answer is;
 * the index is loaded with the first, and again after it, or a part of it, could not be: it never asks again for a part
 * that did not come.
 */
export function createAsking(load: () => Promise<Index>, shown: Shown) {
  let index: Promise<Index> | null = null;
  let turn = 0;

  function drop(failed: Promise<Index>): void {
    if (index !== failed) return;
    index = null;
    // What was never loaded has nothing to give back, and its failure is told by the query.
    void failed.then((one) => one.destroy()).catch(() => {});
  }

  return async (query: string): Promise<void> => {
    turn += 1;
    const mine = turn;
    const isLate = () => mine !== turn;
    if (query === "") return shown.nothing();
    index ??= load();
    const asked = index;
    try {
      const loaded = await asked;
      const answer = isLate() ? null : await loaded.debouncedSearch(query, {}, waitMs);
      // Pagefind answers null where a newer query is on its way.
      if (answer === null || isLate()) return;
      const pages = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (!isLate()) shown.pages(query, answer.results.length, pages);
    } catch (cause) {
      drop(asked);
      if (!isLate()) shown.failed(cause);
    }
  };
}
