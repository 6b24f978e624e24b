/**
 * The first of the wished tags that `Intl` takes, else "en". Not every browser's own tag is one: Chromium without a
 * locale says "en-US@posix", and a page may name anything in its `lang`.
 */
export function usableLanguage(...wished: (string | null | undefined)[]): string {
  return wished.find((tag) => tag && isUsable(tag)) ?? "en";
}

function isUsable(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

/**
 * Loads what asks for `navigator.language` as it is loaded, and would fail on a tag that `Intl` refuses (uPlot does):
 * meanwhile the page's own language stands in for such a tag.
 */
export async function withUsableLanguage<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  if (isUsable(navigator.language)) return load();
  const value = usableLanguage(document.documentElement.lang);
  Object.defineProperty(navigator, "language", { value, configurable: true });
  try {
    return await load();
  } finally {
    Reflect.deleteProperty(navigator, "language");
  }
}
