export { launchBrowser } from "@sprintcast/demo/testing";

/** How long a page may take to reach a state, ms: a busy machine takes as long as it takes. */
export const patience = 120_000;
