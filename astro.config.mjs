import sprintcast from "@sprintcast/site";

// Not in defineConfig from "astro/config": it only returns what it is given, and loads an SVG optimiser for it.
/** @type {import("astro").AstroUserConfig} */
export default { integrations: [sprintcast()] };
