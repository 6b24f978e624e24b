/** `sprintcast/render`: values to text, Markdown and CSV, and the directives of posts. */
export { reportCsv } from "./csv.ts";
export {
  type Directive,
  type DirectiveName,
  directiveExamples,
  directiveNames,
} from "./directives/directive.ts";
export { paragraph, table } from "./directives/nodes.ts";
export { type FigureRenderer, remarkFigures } from "./directives/plugin.ts";
export { counted, isSized, owedText } from "./format.ts";
export { boardDocument, renderMarkdown, reportDocument } from "./markdown.ts";
export { renderReport } from "./text/report.ts";
