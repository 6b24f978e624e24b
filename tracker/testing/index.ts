/** `sprintcast/testing`: what other packages' tests may use. Not packed. */
export { exampleContent } from "./example-content.ts";
export { makeReport } from "./make-report.ts";
