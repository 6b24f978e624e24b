import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { loadedByNode } from "./loaded-by-node.ts";

const site = "/project/node_modules/@sprintcast/site";
const page = `${site}/pages/index.astro`;
const teams = "/project/src/pages/index.astro";

/** Of the plugin, what is asked here. */
interface Plugin {
  apply: string;
  applyToEnvironment(environment: { name: string }): boolean;
  resolveId: { filter: { id: RegExp[] }; handler(source: string, importer?: string): unknown };
}

const pluginFor = (bundle: string | null) =>
  loadedByNode(site, { cache: "/cache", bundle, find: (id) => `found:${id}` }) as unknown as Plugin;

/** What the bundler is answered for an import; undefined: it is not even asked. */
function answerTo(source: string, importer: string | undefined, bundle: string | null): unknown {
  const { filter, handler } = pluginFor(bundle).resolveId;
  return filter.id.some((one) => one.test(source)) ? handler(source, importer) : undefined;
}
const external = (id: string) => ({ id, external: "absolute" });

describe("without a bundle", () => {
  test.each(["sprintcast", "sprintcast/report", "satori"])("%s is left to Node, whoever asks", (id) => {
    for (const importer of [page, teams, undefined])
      expect(answerTo(id, importer, null)).toEqual(external(`found:${id}`));
  });

  test.each(["sprintcastle", "./sprintcast/report", "satori-html", "@sprintcast/site", "d3-scale", "astro"])(
    "%s is the bundler's business",
    (id) => {
      for (const importer of [page, teams]) expect(answerTo(id, importer, null)).toBeUndefined();
    },
  );
});

describe("with a bundle", () => {
  const bundle = "/cache/bundle/1 of #2";
  const inBundle = (file: string) => external(pathToFileURL(join(bundle, file)).href);

  test.each([
    ["sprintcast/report", "sprintcast-report.mjs"],
    ["d3-scale", "d3-scale.mjs"],
    ["@astrojs/rss", "astrojs-rss.mjs"],
  ])("%s comes from it for our pages", (id, file) => {
    expect(answerTo(id, page, bundle)).toEqual(inBundle(file));
  });

  test("the team's own import of ours comes from it, so that there is one of each", () => {
    expect(answerTo("sprintcast/report", teams, bundle)).toEqual(inBundle("sprintcast-report.mjs"));
  });

  test("of other packages the team has the version that it has installed", () => {
    for (const importer of [teams, `${site}-of-ours/index.astro`, undefined])
      expect(answerTo("d3-scale", importer, bundle)).toBeNull();
  });

  test("what it does not hold is found as ever", () => {
    expect(answerTo("satori", page, bundle)).toEqual(external("found:satori"));
    expect(answerTo("sprintcast/sample", page, bundle)).toEqual(external("found:sprintcast/sample"));
    expect(answerTo("d3-scale-chromatic", page, bundle)).toBeUndefined();
  });
});

test("it works where pages are written, and not in what browsers load", () => {
  const plugin = pluginFor(null);
  expect(plugin.apply).toBe("build");
  expect(["prerender", "client", "ssr"].filter((name) => plugin.applyToEnvironment({ name }))).toEqual([
    "prerender",
  ]);
});
