/** The chart room: reports in, SVG text and the table beside it out. Shared by the site and `report --format svg`. */
export { renderBurndown, renderBurnup, tableOfBurndown } from "./burndown.ts";
export { renderCapacity, tableOfCapacity } from "./capacity.ts";
export { renderDebt, tableOfDebt } from "./debt.ts";
export { renderEffort, tableOfEffort } from "./effort.ts";
export { renderEstimation, tableOfEstimation } from "./estimation.ts";
export { renderSparkline } from "./sparkline.ts";
export type { ChartOptions, ChartTable } from "./svg.ts";
export { renderVelocity, tableOfVelocity, velocityOf } from "./velocity.ts";
