import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSite, runAstro } from "../testing/build-site.ts";
import { makeContent } from "../testing/make-content.ts";
import { leastOf, type Took, timeOf } from "./time.ts";

/** One size, all measured in one run on one machine, whole processes. */
export interface BuildBenchRow {
  sprints: number;
  pages: number;
  /** An Astro project of as many pages in Markdown, each with the text of one of ours. */
  bare: Took;
  /** The site with every picture still to be drawn. */
  cold: Took;
  /** The site again, pictures from the cache, as a team's second build. */
  warm: Took;
}

export interface BuildBenchSettings {
  /** Numbers of sprints; each sprint has a page, a review and `dailies` more posts. */
  sizes: number[];
  cards: number;
  dailies: number;
}

export const buildBenchDefaults: BuildBenchSettings = { sizes: [10, 100, 1000], cards: 20, dailies: 2 };

const checkout = join(import.meta.dirname, "../..");

/** Builds generated content beside a bare project of the same page count. Its folders are removed at the end. */
export async function benchBuild(
  settings: BuildBenchSettings = buildBenchDefaults,
): Promise<BuildBenchRow[]> {
  // Inside the checkout, since a bare project finds Astro the way any project does.
  await mkdir(join(checkout, ".sprintcast"), { recursive: true });
  const dir = await mkdtemp(join(checkout, ".sprintcast/bench-"));
  try {
    const rows: BuildBenchRow[] = [];
    for (const sprints of settings.sizes)
      rows.push(await benchSize(join(dir, String(sprints)), sprints, settings));
    return rows;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function benchSize(
  dir: string,
  sprints: number,
  { cards, dailies }: BuildBenchSettings,
): Promise<BuildBenchRow> {
  const [content, out, cache, bareDir] = ["content", "out", "cache", "bare"].map((name) =>
    join(dir, name),
  ) as [string, string, string, string];
  await makeContent(content, { sprints, cards, dailies });
  const build = () => timeOf(() => buildSite({ content, out, cache, url: "https://team.example/" }));
  const cold = await build();
  const pages = (await readdir(out, { recursive: true })).filter((file) => file.endsWith(".html"));
  await makeBare(bareDir, out, pages);
  const rounds: { bare: Took; warm: Took }[] = [];
  // By turns, so that both see the same machine; a large site takes long enough to be measured once.
  for (let round = 0; round < (sprints > 100 ? 1 : 3); round += 1)
    rounds.push({ bare: await timeOf(() => runAstro(bareDir, {})), warm: await build() });
  const [bare, warm] = [rounds.map((round) => round.bare), rounds.map((round) => round.warm)];
  return { sprints, pages: pages.length, bare: leastOf(bare), cold, warm: leastOf(warm) };
}

/** What someone would write who put the same words on as many pages by hand. */
async function makeBare(dir: string, built: string, pages: readonly string[]): Promise<void> {
  await mkdir(join(dir, "src/pages"), { recursive: true });
  // The same hint as in our own configuration: without it this checkout's hoisting breaks any Astro project.
  const hint = `{ environments: { prerender: { resolve: { noExternal: ["cookie"] } } } }`;
  await writeFile(
    join(dir, "astro.config.mjs"),
    `export default { cacheDir: "./cache", vite: ${hint} };
`,
  );
  for (const [index, page] of pages.entries()) {
    const markdown = markdownOf(await readFile(join(built, page), "utf8"));
    await writeFile(join(dir, "src/pages", `${index}.md`), markdown);
  }
}

/** A built page's text as paragraphs, its headings as headings. Entities and stray marks are Markdown's as well. */
function markdownOf(html: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? html;
  return main
    .replace(/<(script|style|svg|template)\b.*?<\/\1>/gs, "")
    .replace(/<h([1-6])\b[^>]*>/g, (_, level) => `\n\n${"#".repeat(Number(level))} `)
    .replace(/<\/?(p|li|tr|div|section|h[1-6]|table|ul|ol|figure|details|summary)\b[^>]*>/g, "\n\n")
    .replace(/<[^>]+>/g, " ")
    .split("\n\n")
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter((block) => block !== "")
    .join("\n\n");
}
