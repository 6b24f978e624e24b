import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { makeContent } from "./make-content.ts";

/** A real PNG of that many pixels. */
export const pngOf = (width: number, height: number, fill: string): Uint8Array =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${fill}"/></svg>`,
  )
    .render()
    .asPng();

/** A post of a team that writes as people do on GitHub: file by path below posts/. */
export const post = (title: string, front: string, body: string): string =>
  `---\ntitle: ${JSON.stringify(title)}\nkind: note\nsprint: 1\ndate: 2026-03-13\n${front}\n---\n\n${body}\n`;

const everything = `## Überschrift mit Umlaut

To [the heading above](#überschrift-mit-umlaut), [the one called content](#content), [another post](<Ünï cödé & spaces.md>),
[its part](<Ünï cödé & spaces.md#part-two>), [the sprint](../sprints/01.md), [all sprints](/sprints/), [slides](slides/deck.pdf),
[nothing](nothing.md), [a draft](draft.md) and [what comes](later.md). See #12, example/other#7 and fleet#3, but neither C#9
nor \`#13\`.[^short]

## Content

![A chart of two bars](img/chart.png "Two bars")

![A logo](<img/My Logo.svg>) in words, and ![elsewhere](https://example.org/x.png).

### Part & parcel

> [!NOTE]
> A note with **bold** words.

> [!TIP]
> A tip.

> [!IMPORTANT]
> What matters.

> [!WARNING]
> Beware.

> [!CAUTION]
> A figure in an alert:
>
> ::kalm

> Just a quotation.\u000Bwith a line break of a slide.

\`\`\`ts
// Counts what is there.
export const count = (list: readonly string[], least = 12): number => list.filter((one) => one !== "nothing at all, and this line is long enough to scroll on a phone").length;
\`\`\`

\`\`\`diff
- before
+ after
\`\`\`

\`\`\`mermaid
graph TD; A-->B;
\`\`\`

\`\`\`
No language at all.
\`\`\`

| name | how many | what it is in many words that want room | and one more column | and another |
| :-- | --: | :-: | --- | --- |
| first | 1 | middle | Donaudampfschifffahrtsgesellschaft | last |
| second | 22 | middle | words | last |

Again a note.[^long] Another time.[^short]

[^short]: A short one.
[^long]: A long one, with \`code\`.

    And a second paragraph.
`;

const files: Record<string, string | Uint8Array> = {
  "everything.md": post(
    "Everything people write",
    'authors: [Ana López, "Ben & <Co>"]\ntags: [API, <b>bold</b>]\nslides: slides/deck.pdf\nrecording: https://video.example/42?a=1&b=2',
    everything,
  ),
  "Ünï cödé & spaces.md": post(
    "A file with an odd name",
    "tags: api\nauthors: Ana López",
    "# First part\n\nWords, and back to [everything](everything.md#content).\n\n# Part two\n\nEnd.",
  ),
  "2026/Über alles?#.MD": post("Deep", "", "![up](../img/chart.png) [home](/) [review](../01-review.md)"),
  "draft.md": post("A draft", "draft: true", "secret draft words ![missing](nothing.png)"),
  "later.md": post("Later", "", "future words").replace("2026-03-13", "2999-01-01"),
  "img/chart.png": pngOf(640, 360, "#c22f12"),
  "img/My Logo.svg":
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#33466b"/></svg>',
  "slides/deck.pdf": "%PDF-1.4 not a real one",
};

/** Where that team's issues are. */
export const ownGitHub = "https://github.example.com";

/** Content of a team whose posts hold all that people write, beside a review with every figure. */
export async function writePosts(dir: string, more: Record<string, string | Uint8Array> = {}): Promise<void> {
  await makeContent(dir, { sprints: 2, cards: 6 });
  await appendFile(join(dir, "settings.yml"), `github: ${ownGitHub}\n`);
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    const file = join(dir, "posts", path);
    await mkdir(join(file, ".."), { recursive: true });
    await writeFile(file, text);
  }
}
