/** `@sprintcast/demo/testing`: what other packages' tests may use. Not packed. */
export { recordingOf } from "./fleet-batch.ts";
export { isKeptOffline } from "./kept-offline.ts";
export { launchBrowser } from "./launch-browser.ts";
