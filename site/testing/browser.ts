export { launchBrowser } from "@sprintcast/demo/testing";
