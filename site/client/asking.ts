/** The part of pagefind's browser API that is used here; https://pagefind.app/docs/api/ */
export interface Pagefind {
  init(): Promise<void>;
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
 * the index is loaded with the first, and again after it could not be.
 */
export function createAsking(load: () => Promise<Pagefind>, shown: Shown) {
  let index: Promise<Pagefind> | null = null;
  let turn = 0;

  function loaded(): Promise<Pagefind> {
    index ??= load().catch((cause) => {
      index = null;
      throw cause;
    });
    return index;
  }

  return async (query: string): Promise<void> => {
    turn += 1;
    const mine = turn;
    const isLate = () => mine !== turn;
    if (query === "") return shown.nothing();
    try {
      const pagefind = await loaded();
      const answer = isLate() ? null : await pagefind.debouncedSearch(query, {}, waitMs);
      // Pagefind answers null where a newer query is on its way.
      if (answer === null || isLate()) return;
      const pages = await Promise.all(answer.results.slice(0, most).map((result) => result.data()));
      if (!isLate()) shown.pages(query, answer.results.length, pages);
    } catch (cause) {
      if (!isLate()) shown.failed(cause);
    }
  };
}
