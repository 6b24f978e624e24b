/** `sprintcast/render`: values to text, Markdown and CSV, and the directives of posts. */
export { budgetSentences, serviceColumns, serviceRows } from "./budget-rows.ts";
export { reportCsv } from "./csv.ts";
export {
  type Directive,
  type DirectiveName,
  directiveExamples,
  directiveNames,
} from "./directives/directive.ts";
export { paragraph, table } from "./directives/nodes.ts";
export { type FigureRenderer, remarkFigures } from "./directives/plugin.ts";
export {
  capital,
  definitionIn,
  doubtfulIn,
  type Figure,
  type FigureKey,
  type FigureRow,
  figureGroups,
  figureKeys,
  figures,
  figuresIn,
  isDebtFree,
  isFigureKey,
  isUnsized,
  ledgerKeysOf,
  numberText,
  owedText,
  pointsNote,
  shortOf,
  titleIn,
  titleOf,
  toldIn,
  unitIn,
  valueText,
} from "./figures/figures.ts";
export { doubtfulFlow, flowFigures, meanThroughput } from "./figures/flow.ts";
export { flowLede, flowSentences, laneText, spreadRows } from "./flow-rows.ts";
export {
  howManySentence,
  recordSentence,
  refusalSentence,
  runsSentences,
  sampleSentence,
  whenSentence,
} from "./forecast-rows.ts";
export {
  alignedDays,
  briefAmount,
  counted,
  countOf,
  dayCount,
  daysText,
  emptyText,
  isSized,
  laggingText,
  nounFor,
  promiseLinkText,
  promiseText,
  referencesText,
  shareText,
  typeSharesText,
  unitMark,
  unitNames,
  unknown,
} from "./format.ts";
export { boardDocument, reportDocument } from "./markdown.ts";
export { projectUpdateHtml } from "./project-update-html.ts";
export {
  projectStatusText,
  projectUpdateHead,
} from "./project-updates.ts";

export { safeText } from "./safe-text.ts";

export { sideLists } from "./side-lists.ts";

export { effortSection } from "./text/effort.ts";
export { kalmSection } from "./text/kalm.ts";
export { renderPromises } from "./text/promises.ts";
export { renderReport } from "./text/report.ts";
export { renderMarkdown } from "./write-markdown.ts";
