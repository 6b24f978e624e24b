import type { Surroundings } from "../prose/links.ts";

/** A site under /repo/ that has no file but those a test gives it, and takes every relative link for one of its own. */
export const surroundings = (more: Partial<Surroundings> = {}): Surroundings => ({
  page: "/posts/01-review/",
  find: (url) =>
    /^([a-z]+:|\/\/|[#?]|$)/i.test(url)
      ? { kind: "elsewhere" }
      : { kind: "site", path: new URL(url, "https://a.example/posts/01-review/").pathname, suffix: "" },
  isShown: () => true,
  fileAt: () => undefined,
  publicFileAt: () => undefined,
  address: (path) => `/repo${path}`,
  isAbsolute: false,
  ...more,
});
