import { readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";

export interface Route {
  /** As Astro wants it: /sprints/[number]. */
  pattern: string;
  /** Absolute path of the page. */
  entrypoint: string;
}

const pageEnding = /\.(astro|ts|js)$/;

/** One route a file of `pages`, by the rules that Astro has for its own pages folder. */
export function routesIn(pages: string): Route[] {
  return readdirSync(pages, { recursive: true, encoding: "utf8" })
    .filter((file) => pageEnding.test(file) && !file.endsWith(".d.ts"))
    .map((file) => ({ pattern: patternOf(file), entrypoint: join(pages, file) }))
    .sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
}

/** "sprints/index.astro" → "/sprints", "reports/[file].json.ts" → "/reports/[file].json". */
export function patternOf(file: string): string {
  const bare = file
    .split(sep)
    .join("/")
    .replace(pageEnding, "")
    .replace(/(^|\/)index$/, "");
  return `/${bare}`;
}

const teamEndings = ["astro", "md", "mdx", "html", "ts", "js"];

/** Whether a team has a page or a public file of its own for this address: then ours steps back. */
export function hasOwn(folders: { pages: string; public: string }, pattern: string): boolean {
  const path = pattern === "/" ? "index" : pattern.slice(1);
  const pages = teamEndings.flatMap((ending) => [`${path}.${ending}`, `${path}/index.${ending}`]);
  // A folder of pictures at a page's address is no page.
  const files = [pattern.slice(1), `${pattern.slice(1)}/index.html`];
  return (
    pages.some((page) => isFile(join(folders.pages, page))) ||
    files.some((file) => isFile(join(folders.public, file)))
  );
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
