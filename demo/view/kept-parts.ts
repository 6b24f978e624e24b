/**
 * The address of what a page keeps for when there is no network; null for what it cannot keep: another host's, what is
 * no file, and streams, which would never end.
 * @param base of the page, absolute
 */
export function partToKeep(part: string, base: string): string | null {
  if (!URL.canParse(part, base)) return null;
  const { href, origin, pathname, protocol } = new URL(part, base);
  const isFile = protocol === "https:" || protocol === "http:";
  return isFile && origin === new URL(base).origin && !pathname.endsWith("/events") ? href : null;
}
