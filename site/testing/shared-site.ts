import { createHash } from "node:crypto";
import { appendFile, cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { english as view } from "@sprintcast/demo/view/words";
import { exampleContent, writeRunningTeam } from "sprintcast/testing";
import { en, type Text, type TextTree } from "sprintcast/words";
import { buildOnce } from "./build-once.ts";
import { buildSite } from "./build-site.ts";
import { makeContent } from "./make-content.ts";
import { writeOddContent } from "./odd-content.ts";
import { serveFolder } from "./serve.ts";
import { writePosts } from "./written-posts.ts";

const checkout = join(import.meta.dirname, "../..");
const sources = [
  "site",
  "tracker/content",
  "tracker/core",
  "tracker/render",
  "tracker/words",
  "demo/view",
  "content",
];
const singles = [
  "astro.config.mjs",
  "tracker/testing/make-report.ts",
  "tracker/testing/running-team.ts",
  "tracker/errors.ts",
  "demo/protocol.ts",
  "package-lock.json",
];

/**
 * "sample" is the bundled content at the root; "hard" is invented: hostile titles, a crowd of cards, under /repo/;
 * "quiet" is a team whose sprint runs, without estimates, debt, reviews or a live demo; "rtl" is the sample as a
 * team has it that writes from right to left; "written" has posts with all that people write, under /repo/ as well;
 * "large" has sprints of 300 cards; "odd" has what a team may have at most, or would better not; "german" is the sample in German; "marked…" have each text of ours in ⟦brackets⟧.
 */
export type SiteName =
  | "sample"
  | "hard"
  | "quiet"
  | "rtl"
  | "written"
  | "large"
  | "odd"
  | "german"
  | MarkedName;

export type MarkedName = "marked" | "marked-restated" | "marked-running";

export interface ServedSite {
  /** Folder with the built files. */
  dir: string;
  /** Address with the base, without a slash at its end. */
  url: string;
  base: string;
  /** Paths of all pages, base left out: "/", "/sprints/3/". */
  pages: string[];
  close: () => Promise<void>;
}

/** The built site, served. Built once for one state of the sources, however many test files ask. */
export async function sharedSite(name: SiteName): Promise<ServedSite> {
  const base = ["hard", "written", "odd"].includes(name) ? "/repo/" : "/";
  const home = join(checkout, ".sprintcast/test-sites");
  const dir = await buildOnce({
    home,
    name,
    key: (await digest()).slice(0, 16),
    build: async (out) => {
      const content = await contentOf(name, `${out}-content`);
      const cache = join(checkout, ".sprintcast");
      await buildSite({ content, out, cache, url: `https://team.example${base}` });
    },
  });
  const { url, close } = await serveFolder(dir, base);
  return { dir, url, base, pages: await pagesIn(dir), close };
}

/** The content folder of a site; an invented one is written into `folder`. */
export async function contentOf(name: SiteName, folder: string): Promise<string> {
  if (name === "sample") return exampleContent();
  await rm(folder, { recursive: true, force: true });
  if (name === "rtl" || name === "german") {
    await cp(exampleContent(), folder, { recursive: true });
    const settings = join(folder, "settings.yml");
    const locale = name === "rtl" ? "ar-EG" : "de-DE";
    await writeFile(
      settings,
      (await readFile(settings, "utf8")).replace("locale: en-GB", `locale: ${locale}`),
    );
    return folder;
  }
  if (name.startsWith("marked")) return markedContent(name as MarkedName, folder);
  if (name === "hard") {
    await makeContent(folder, { sprints: 3, cards: 40, hostile: true, restated: true });
    return folder;
  }
  if (name === "large") {
    await makeContent(folder, { sprints: 2, cards: 300, title: longTitle });
    return folder;
  }
  if (name === "written") {
    await writePosts(folder);
    return folder;
  }
  if (name === "odd") {
    await writeOddContent(folder);
    return folder;
  }
  await writeRunningTeam(folder);
  return join(folder, "content");
}

/** As long as titles of public projects are: 50 letters at the median. */
const longTitle = (index: number): string => `Checkout keeps the basket when a session times out ${index}`;

/** Content whose settings put each text of English in brackets, as a language would have it. */
async function markedContent(name: MarkedName, folder: string): Promise<string> {
  if (name === "marked") await cp(exampleContent(), folder, { recursive: true });
  if (name === "marked-restated")
    await makeContent(folder, { sprints: 3, cards: 40, restated: true, title: (index) => `T${index}` });
  if (name === "marked-running") await writeRunningTeam(folder);
  const content = name === "marked-running" ? join(folder, "content") : folder;
  await appendFile(
    join(content, "settings.yml"),
    `\ntexts: ${JSON.stringify({ ...(marked(en) as object), view: marked(view) })}\n`,
  );
  return content;
}

function marked(part: TextTree | Text): unknown {
  if (typeof part === "string") return `⟦${part}⟧`;
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, marked(inner)]));
}

async function digest(): Promise<string> {
  const hash = createHash("sha256");
  const folders = await Promise.all(
    sources.map(async (folder) =>
      (await readdir(join(checkout, folder), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
        .map((entry) => join(entry.parentPath, entry.name)),
    ),
  );
  for (const file of [...folders.flat(), ...singles.map((one) => join(checkout, one))].sort()) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function pagesIn(dir: string): Promise<string[]> {
  const files = await readdir(dir, { recursive: true });
  return files
    .filter((file) => file.endsWith("index.html") || file === "404.html")
    .map((file) => `/${file.replace(/index\.html$/, "")}`)
    .sort();
}
