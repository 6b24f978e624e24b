import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { keptBase } from "../integration/built-base.ts";
import { buildSite } from "../testing/build-site.ts";
import { makeContent } from "../testing/make-content.ts";

const there = [
  ...["/sprints/1/#effort", "../sprints/01.md#boards", "/sprints/1#replay", "/sprints/1/#", "/sprints/#top"],
  ...["/sprints/1/#at=2026-01-05T09:00:00Z", "/sprints/1/#:~:text=Board", "/about/#terms", "/rss.xml"],
  ...[
    "/",
    "../about.md#über-uns",
    "/reports/01.json#L3",
    "01-review.md#recap",
    "/flow/",
    "/search/?q=a#content",
  ],
];

const lost: [url: string, told: string][] = [
  ["/sprints/1/#nonsense", "leads to no heading: nothing on that page has that name"],
  [
    "../sprints/01.md#borads",
    "leads to no heading: nothing on that page has that name; did you mean #boards?",
  ],
  ["/about/#nope-at-all", "leads to no heading: nothing on that page has that name"],
  ["/sprints/#at=2026-01-05T09:00:00Z", "leads to no heading: nothing on that page has that name"],
  ["/nowhere/", "leads to no page: the site has none at that address"],
  ["/repo/sprints/1/", "leads to no page: the site has none at that address"],
  ["01-review.md#figure-nothing", "leads to no heading: nothing on that page has that name"],
];

it("a build names each link to a page, or a place on one, that the site has not, and no other; its base is kept", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sprintcast-lost-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [content, out, cache] = [join(folder, "content"), join(folder, "dist"), join(folder, "cache")];
  await makeContent(content, { sprints: 1, cards: 3 });
  const settings = join(content, "settings.yml");
  writeFileSync(settings, `${readFileSync(settings, "utf8")}locale: de-AT\n`);
  writeFileSync(join(content, "about.md"), "## Über uns\n\nWords.\n");
  const front = readFileSync(join(content, "posts/01-review.md"), "utf8").split("---")[1];
  const links = [...there, ...lost.map(([url]) => url)].map((url) => `[words](${url})`);
  const text = ["---", `${front?.replace("review", "note").trim()}`, "---", "", ...links].join("\n");
  writeFileSync(join(content, "posts/links.md"), text);
  const lines = text.split("\n");
  // What Astro says, without its colours.
  const said = (await buildSite({ content, out, cache, url: "https://team.example/repo/" })).replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
    /\u001b\[[\d;]*m/g,
    "",
  );
  const told = said.split("\n").flatMap((line) => /(posts\/links\.md.*leads to.*)/.exec(line)?.[1] ?? []);
  expect(told.sort()).toEqual(
    lost
      .map(([url, why]) => {
        const line = lines.findIndex((one) => one.includes(`(${url})`)) + 1;
        return `posts/links.md:${line}: the link ${url} ${why}`;
      })
      .sort(),
  );
  expect(await keptBase(cache)).toBe("/repo/");
}, 240_000);
