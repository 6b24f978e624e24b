import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Post, readContent } from "sprintcast/content";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { makeContent } from "../testing/make-content.ts";
import { pngOf, post } from "../testing/written-posts.ts";
import { assembleSite, type Site } from "./assemble.ts";
import { papersOf, readForFeed, readProse } from "./reading.ts";
import { teamFiles } from "./team-files.ts";

let dir: string;
let site: Site;

// What these load a build's pages get from the bundler.
vi.mock("./site.ts", async () => ({
  ...(await import("./find-report.ts")),
  loadSite: async () => site,
}));
vi.mock("./files.ts", () => ({
  loadFiles: async () => teamFiles(site.linked),
  publicFileAt: () => undefined,
}));

const texts: Record<string, string | Uint8Array> = {
  "posts/all.md": post(
    "All",
    "recording: https://video.example/?a=1&b=2\nslides: slides/deck.pdf",
    "See [the draft](draft.md), [the review](01-review.md#recap), [here](#part), #12.\n\n## Part\n\n![A chart](img/chart.png)\n\n::effort\n\n::demo",
  ),
  "posts/draft.md": post("Draft", "draft: true", "Not yet."),
  "posts/plain.md": post("Plain", "slides: slides/gone.pdf", "Words."),
  "posts/img/chart.png": pngOf(8, 6, "red"),
  "posts/slides/deck.pdf": "%PDF",
};

async function assemble(settings = ""): Promise<void> {
  await makeContent(dir, { sprints: 1, cards: 3 });
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  if (settings !== "")
    await writeFile(join(dir, "settings.yml"), `repository: example/fleet\ntimeZone: UTC\n${settings}`);
  site = await assembleSite(await readContent(dir), Date.parse("2031-01-01T00:00:00Z"));
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sprintcast-reading-"));
  await assemble();
});
afterAll(() => rm(dir, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const publish = () => {
  vi.stubEnv("SITE", "https://team.example");
  vi.stubEnv("BASE_URL", "/repo/");
};
const named = (slug: string): Post => {
  const found = site.posts.find((one) => one.slug === slug);
  if (found === undefined) throw new Error(`there is no post ${slug}`);
  return found;
};
const htmlOf = async (one: Post) =>
  (await readProse(one, `/posts/${one.slug}/`))
    .map((part) => (part.type === "html" ? part.html : ""))
    .join("");

describe("a post on its page", () => {
  it("links below the site's base, to what is published and nothing else", async () => {
    publish();
    const html = await htmlOf(named("all"));
    expect(html).toContain('<a href="/repo/posts/01-review/#recap">the review</a>');
    expect(html).toContain('<a href="#part">here</a>');
    expect(html).toContain("See the draft,");
    expect(html).toContain('<a href="https://github.com/example/fleet/issues/12">#12</a>');
    expect(html).toMatch(
      /<img src="\/repo\/files\/chart-[0-9a-f]{8}\.png" alt="A chart" width="8" height="6"/,
    );
  });

  it("leaves issues as words where the team links to none, and the demo out where there is none", async () => {
    publish();
    await assemble("links: false\n");
    try {
      expect(await htmlOf(named("all"))).toContain("#12.");
      const parts = await readProse(named("all"), "/posts/all/");
      expect(parts.flatMap((part) => (part.type === "figure" ? [part.directive.name] : []))).toEqual([
        "effort",
      ]);
    } finally {
      await assemble();
    }
  });
});

describe("a post in a feed", () => {
  it("has every address in full, and its recording and slides at its end", async () => {
    publish();
    const html = await readForFeed(named("all"));
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url = ""]) => url);
    expect(addresses.length).toBeGreaterThan(4);
    for (const url of addresses) expect(url).toMatch(/^https:\/\/(team|video|github)\.?/);
    expect(html).toContain('href="https://team.example/repo/posts/all/#part"');
    expect(html).toMatch(
      /<ul><li><a href="https:\/\/video\.example\/\?a=1&#x26;b=2">.+deck-[0-9a-f]{8}\.pdf">.+<\/ul>$/,
    );
  });

  it("has no list of papers where there are none", async () => {
    publish();
    expect(await readForFeed(named("01-review"))).not.toMatch(/<\/ul>$/);
  });
});

describe("the recording and the slides of a post", () => {
  it("are those that are there, in that order, in the words of the team", async () => {
    publish();
    const { recording, slides } = site.words.texts.frame.prose;
    expect(await papersOf(named("all"))).toEqual([
      { label: recording, address: "https://video.example/?a=1&b=2" },
      { label: slides, address: expect.stringMatching(/^\/repo\/files\/deck-[0-9a-f]{8}\.pdf$/) },
    ]);
    expect(await papersOf(named("plain"))).toEqual([]);
    expect(await papersOf(named("01-review"))).toEqual([]);
  });
});
