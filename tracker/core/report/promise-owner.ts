/** A login of GitHub's: letters, digits and single dashes. Neither an address (`a@b.org`) nor a package (`@scope/name`). */
const login = "@([a-zA-Z\\d](?:-?[a-zA-Z\\d]){0,38})(?![\\w/@-])";
const first = new RegExp(`^(?:\\(${login}\\)|${login}\\s*[:–—])\\s*`);
const last = new RegExp(`\\s*(?:\\(${login}\\)|[,–—]\\s*${login})\\s*[.!]?$`);
const mention = new RegExp(`(?<=^|[\\s(])${login}`, "g");

/**
 * Who looks after a promise, and its words. Set apart at the start or the end (`@ana: ask early`, `ask early (@ana)`),
 * the owner is no part of them; elsewhere the first who is named is the owner.
 */
export function withoutOwner(text: string): { owner: string | null; text: string } {
  for (const edge of [first, last]) {
    const found = edge.exec(text);
    const owner = found?.[1] ?? found?.[2];
    const rest = text.replace(edge, "").trim();
    if (owner !== undefined && rest !== "") return { owner, text: rest };
  }
  const [named] = text.matchAll(mention);
  return { owner: named?.[1] ?? null, text };
}

/** The words without anybody's name: an answer need not repeat who looks after it. */
export const withoutMentions = (text: string): string => withoutOwner(text).text.replace(mention, "");
