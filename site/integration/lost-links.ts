import { readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { type ContentWarning, decoded, nearest, type SiteLink } from "sprintcast/content";

/** A page of the built site: the ids on it, and whether it plays a board, which has a place for each instant. */
interface Page {
  ids: string[];
  isPlayer: boolean;
}

/** Links to pages, or places on them, that the site in `dir` has not. Only pages that are linked to are read, each once. */
export async function lostLinks(dir: string, links: readonly SiteLink[]): Promise<ContentWarning[]> {
  const pages = new Map<string, Promise<Page | "file" | null>>();
  const found = await Promise.all(
    links.map(async (link) => {
      const known = pages.get(link.path) ?? pageAt(dir, link.path);
      pages.set(link.path, known);
      return lossOf(link, await known);
    }),
  );
  return found.filter((one) => one !== null);
}

function lossOf({ file, line, url, place }: SiteLink, page: Page | "file" | null): ContentWarning | null {
  if (page === null)
    return { file, line, text: `the link ${url} leads to no page: the site has none at that address` };
  if (page === "file" || place === "" || page.ids.includes(place)) return null;
  if (page.isPlayer && place.startsWith("at=")) return null;
  const near = nearest(place.toLowerCase(), page.ids);
  const meant = near === null ? "" : `; did you mean #${near}?`;
  return {
    file,
    line,
    text: `the link ${url} leads to no heading: nothing on that page has that name${meant}`,
  };
}

/** What the address leads to, as a server of files has it; null: nothing. */
async function pageAt(dir: string, path: string): Promise<Page | "file" | null> {
  const target = join(dir, decoded(new URL(path, "https://site.example").pathname));
  // Nothing is above the site, in whatever way its slashes are written.
  if (!target.startsWith(join(dir, sep))) return null;
  const entry = await stat(target).catch(() => null);
  const file = entry?.isFile() ? target : join(target, "index.html");
  if (entry?.isFile() && !file.endsWith(".html")) return "file";
  const html = await readFile(file, "utf8").catch(() => null);
  return html === null ? null : { ids: placesIn(html), isPlayer: html.includes("data-replay=") };
}

/** A tag up to its id, or a link up to its name, past whatever stands in quotes before it. */
const tagWithPlace =
  /<(?:[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?\sid|a(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*?)?\sname)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

const placesIn = (html: string): string[] =>
  [...html.matchAll(tagWithPlace)].map(([, double, single, bare]) =>
    (double ?? single ?? bare ?? "").replace(/&(quot|#34);/g, '"').replace(/&(amp|#38|#x26);/gi, "&"),
  );
