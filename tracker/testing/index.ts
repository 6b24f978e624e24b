/** `sprintcast/testing`: what other packages' tests may use. Not packed. */
export { anyPromises } from "./any-promises.ts";
export { exampleContent } from "./example-content.ts";
export { makeReport } from "./make-report.ts";
