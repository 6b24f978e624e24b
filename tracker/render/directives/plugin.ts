import type { Root, RootContent } from "mdast";
import type {} from "mdast-util-directive";
import type { Processor } from "unified";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import type { Report } from "../../core/model/report.ts";
import { ContentError } from "../../errors.ts";
import { english, type Words } from "../../words/words.ts";
import { type Directive, type DirectiveName, directiveNames, parseDirective } from "./directive.ts";
import { figureNodes, notYetNodes } from "./figures.ts";
import { useLeafDirectives } from "./syntax.ts";

/** Nodes for one figure; `report` is null only where it needs none. Return undefined to get the plain rendering. */
export type FigureRenderer = (directive: Directive, report: Report | null) => RootContent[] | undefined;

export interface FigureOptions {
  /** The report whose figures stand in the post; null where there is none. */
  report: Report | null;
  /** The sprint of a post without a report: its figures say "not yet". Null or absent: the post belongs to no sprint. */
  sprint?: number | null;
  /**
   * "html" wraps each figure in a section with the class `figure figure-NAME`, for remark-rehype; "markdown" leaves
   * bare Markdown nodes, for remark-stringify and the terminal. Default "html".
   */
  target?: "html" | "markdown";
  /** Better renderings, by directive: a chart, a board with a toggle. Titles are data: build nodes, never HTML text. */
  renderers?: Partial<Record<DirectiveName, FigureRenderer>>;
  /** Whether cards link to their issue. Default true. */
  links?: boolean;
  /** What the figures speak. Default: English. */
  words?: Words;
  /** Named in errors where the VFile has no path. */
  file?: string;
  /** Lines of front matter that were cut off before parsing, so that errors name the file's own line. Default 0. */
  lineOffset?: number;
}

/**
 * remark plugin: replaces every `::figure` line of a post by that figure of the report. Brings its own directive
 * syntax (do not add remark-directive as well); needs remark-gfm for its tables. A directive that does not exist or
 * is misspelt throws ContentError with file and line.
 */
export function remarkFigures(this: Processor, options: FigureOptions) {
  useLeafDirectives(this);
  return (tree: Root, file: VFile): void => expandFigures(tree, options, options.file ?? file.path ?? "post");
}

function expandFigures(tree: Root, options: FigureOptions, file: string): void {
  const refuse = (line: number | undefined, problem: string, hint: string): never => {
    const where = line === undefined ? "" : `line ${line + (options.lineOffset ?? 0)}: `;
    throw new ContentError("directive", file, `${where}${problem}`, { hint });
  };
  visit(tree, (node, index, parent) => {
    const line = node.position?.start.line;
    if (node.type === "containerDirective") {
      return refuse(
        line,
        `":::${node.name}" has three colons`,
        "A figure is a line with two colons: ::effort.",
      );
    }
    if (node.type === "paragraph") {
      const first = node.children[0];
      const broken = first?.type === "text" ? brokenDirective(first.value) : null;
      if (broken !== null)
        refuse(
          line,
          `"${broken}" is not a whole directive`,
          "Give it a line of its own with nothing after it, two colons, and a closing brace: ::board{at=start}.",
        );
    }
    if (node.type !== "leafDirective" || parent === undefined || index === undefined) return;
    if (node.children.length > 0)
      refuse(line, `"${node.name}" takes no text in brackets`, "Write only the name and its attributes.");
    const directive = parseDirective(node.name, node.attributes ?? {});
    if ("problem" in directive) return refuse(line, directive.problem, directive.hint);
    const nodes = render(directive, options, (problem, hint) => refuse(line, problem, hint));
    parent.children.splice(index, 1, ...(nodes as never[]));
    return [SKIP, index + nodes.length];
  });
}

/** The syntax reads `::effort and more` or `::board{at=start` as prose, but they are surely meant as figures. */
function brokenDirective(text: string): string | null {
  const match = /^::?([a-z]+)[^\n]*/.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined || !directiveNames.some((known) => known === name)) return null;
  const line = match[0].trim();
  return line.startsWith("::") || line === `:${name}` || line.startsWith(`:${name}{`) ? line : null;
}

function render(
  directive: Directive,
  options: FigureOptions,
  refuse: (problem: string, hint: string) => never,
): RootContent[] {
  const nodes = nodesOf(directive, options, refuse);
  if (options.target === "markdown" || nodes.length === 0) return nodes;
  const wrapper = {
    type: "figure",
    data: { hName: "section", hProperties: { className: ["figure", `figure-${directive.name}`] } },
    children: nodes,
  };
  return [wrapper as unknown as RootContent];
}

function nodesOf(
  directive: Directive,
  { report, sprint = null, renderers, links = true, words = english }: FigureOptions,
  refuse: (problem: string, hint: string) => never,
): RootContent[] {
  if (report === null && directive.name !== "video" && directive.name !== "demo") {
    if (sprint !== null) return notYetNodes(directive, sprint, words);
    return refuse(
      `"${directive.name}" needs a sprint, and this post has none`,
      "Name the sprint in the front matter (sprint: 3).",
    );
  }
  return renderers?.[directive.name]?.(directive, report) ?? figureNodes(directive, report, { links, words });
}
