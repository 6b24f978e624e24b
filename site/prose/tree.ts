import type { Root } from "hast";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import remarkRehype from "remark-rehype";
import { type DirectiveName, type FigureRenderer, remarkFigures } from "sprintcast/render";
import type { Report } from "sprintcast/report";
import { english, type Words } from "sprintcast/words";
import { visit } from "unist-util-visit";
import { markAlerts } from "./alerts.ts";
import { colourCode, type Highlight } from "./code.ts";
import { nameHeadings } from "./headings.ts";
import { remarkIssueLinks } from "./issues.ts";
import { resolveLinks, type Surroundings } from "./links.ts";
import { scrollWide } from "./tables.ts";

export interface Source {
  /** Markdown without its front matter. */
  body: string;
  /** Where links and pictures begin; named in errors. */
  file: string;
  /** Lines of front matter before the body; 0 when absent. */
  line?: number;
  /** The sprint it belongs to; null or absent: to none. */
  sprint?: number | null;
  team?: string | undefined;
}

/** How a text is read. */
export interface Reading {
  /** Where links and pictures lead. */
  site: Surroundings;
  /** owner/name of the repositories whose issues are linked; none: they are left as words. */
  repositories?: readonly string[];
  /** Their GitHub on the web. Default: github.com. */
  web?: string;
  /** What figures, boxes and notes speak; default: English. */
  words?: Words;
  /** What colours code; absent: nothing. */
  highlight?: Highlight | undefined;
}

interface Figures {
  report: Report | null;
  renderers: Partial<Record<DirectiveName, FigureRenderer>>;
}

// remark-rehype drops raw HTML; the schema drops what links and pictures could still smuggle in. No id comes from a text
// but those of footnotes, which have a prefix already.
const schema = {
  ...defaultSchema,
  clobberPrefix: "",
  protocols: { ...defaultSchema.protocols, href: [...(defaultSchema.protocols?.href ?? []), "tel"] },
  tagNames: [...(defaultSchema.tagNames ?? []), "section"],
  attributes: {
    ...defaultSchema.attributes,
    div: [...(defaultSchema.attributes?.div ?? []), "dataSlot"],
    h2: [["className", "hush"]] as [string, string][],
  },
};

/** A text as safe HTML, for a page of the site or for a feed, which knows neither our styles nor our scripts. */
export function toTree(
  source: Source,
  { report, renderers }: Figures,
  target: "page" | "feed",
  reading: Reading,
): Root {
  const { body, file, line = 0, sprint = null } = source;
  const { site, repositories = [], web = "https://github.com", words = english, highlight } = reading;
  const { prose: texts } = words.texts.frame;
  const processor = remark()
    .use(remarkGfm)
    .use(repositories.length === 0 ? [] : [[remarkIssueLinks, repositories, web]])
    .use(remarkFigures, { report, sprint, renderers, words, file, lineOffset: line })
    .use(remarkRehype, {
      footnoteLabel: texts.footnotes,
      footnoteLabelProperties: { className: ["hush"] },
      footnoteBackLabel: (reference, again) =>
        words.say(texts.backToReference, {
          reference: again > 1 ? `${reference + 1}-${again}` : String(reference + 1),
        }),
    })
    .use(rehypeSanitize, schema)
    .use(() => (tree: Root) => {
      plainBreaks(tree);
      wordsForBoxes(tree);
      markAlerts(tree, target, texts.alerts);
      const ids = nameHeadings(tree, target === "page", words);
      resolveLinks(tree, { file, line }, site, ids);
      if (target === "feed") return;
      if (highlight !== undefined) colourCode(tree, highlight);
      scrollWide(tree, texts.table);
    });
  return processor.runSync(processor.parse(body), file) as Root;
}

/** Breaks that slides and documents leave in what is pasted from them: browsers draw a box, a blank is meant. */
function plainBreaks(tree: Root): void {
  visit(tree, "text", (node) => {
    node.value = node.value.replace(/[\v\f\u0085\u2028\u2029]/g, " ");
  });
}

/** Boxes of a task list cannot be ticked on a page, and would need a label each: a sign replaces them. */
function wordsForBoxes(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "input" || !parent || index === undefined) return;
    parent.children[index] = { type: "text", value: node.properties["checked"] ? "☑" : "☐" };
  });
}
