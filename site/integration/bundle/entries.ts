/** What the pages import of packages, by the name they use, and is loaded from the bundle. */
export const entries = [
  "sprintcast/charts",
  "sprintcast/content",
  "sprintcast/errors",
  "sprintcast/render",
  "sprintcast/report",
  "sprintcast/words",
  "@astrojs/rss",
  "d3-scale",
  "d3-shape",
  "hast-util-to-html",
  "hastscript",
  "ical-generator",
  "image-size",
  "mdast-util-find-and-replace",
  "rehype-sanitize",
  "remark",
  "remark-gfm",
  "remark-rehype",
  "temporal-polyfill",
  "timezones-ical-library",
  "unist-util-visit",
];

/** An entry's file in the bundle, without its ending: names of packages hold slashes. */
export const fileOf = (id: string): string => id.replace("@", "").replaceAll("/", "-");

/** What brings files of its own or is loaded by Astro anyway. */
export const isLeftOut = /^(?:astro$|astro\/|zod(?:$|\/)|@resvg\/resvg-js$|satori$|pagefind$|shiki(?:$|\/))/;
