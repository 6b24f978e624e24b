/** All charts: each takes reports and gives SVG text, or the same numbers as a table. */
export { renderBudget } from "./budget.ts";
export { renderBurndown, renderBurnup, tableOfBurndown } from "./burndown.ts";
export { renderCapacity, tableOfCapacity } from "./capacity.ts";
export { renderDebt, tableOfDebt } from "./debt.ts";
export { renderEffort, tableOfEffort } from "./effort.ts";
export { renderEstimation, tableOfEstimation } from "./estimation.ts";
export { pastText, renderAgeing, tableOfAgeing } from "./flow/ageing.ts";
export { renderCumulative, tableOfCumulative } from "./flow/cumulative.ts";
export {
  renderForecastBand,
  renderForecastSample,
  tableOfForecast,
  tableOfForecastSample,
} from "./flow/forecast.ts";
export { percentileName } from "./flow/percentiles.ts";
export { renderFlowTimes, tableOfFlowTimes, timesShown } from "./flow/scatter.ts";
export { renderThroughput, tableOfThroughput, weekSentence } from "./flow/throughput.ts";
export { worthDrawing } from "./flow/worth-drawing.ts";
export { laneColours, palette } from "./ink.ts";
export { renderSparkline } from "./sparkline.ts";
export type { ChartOptions, ChartTable } from "./svg.ts";
export { renderVelocity, tableOfVelocity, velocityOf } from "./velocity.ts";
