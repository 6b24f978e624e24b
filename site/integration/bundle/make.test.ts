import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { entries, fileOf } from "./entries.ts";
import { makeBundle } from "./make.ts";

const site = join(import.meta.dirname, "../..");

test("every entry of the bundle gives what the package gives by its own name, and is made of it", async () => {
  const out = mkdtempSync(join(tmpdir(), "sprintcast-made-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const { inputs, outputs } = await makeBundle(site, out);
  expect(outputs).toContain("hooks.mjs");
  expect(inputs).toContain(join(site, "integration/hooks.ts"));
  // Two copies of what Astro loads itself would be read, and what brings files of its own would not find them.
  expect(inputs.filter((file) => /node_modules\/(zod|pagefind|satori|@resvg|astro)\//.test(file))).toEqual(
    [],
  );
  const namesIn = async (id: string) => Object.keys(await import(id)).sort();
  for (const id of entries) {
    const bundled = await namesIn(pathToFileURL(join(out, `${fileOf(id)}.mjs`)).href);
    expect([id, bundled]).toEqual([id, await namesIn(id)]);
  }
});

test("files that look for others from where they lie still do in a bundle", async () => {
  const out = mkdtempSync(join(tmpdir(), "sprintcast-made-"));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  await makeBundle(site, out);
  const { hooksOf } = await import(pathToFileURL(join(out, "hooks.mjs")).href);
  const routes: string[] = [];
  const hooks = hooksOf(
    {},
    { cache: join(out, "cache"), bundle: out, find: createRequire(import.meta.url).resolve },
  );
  const root = pathToFileURL(`${join(site, "..")}/`);
  await hooks.setUp({
    config: { root, srcDir: new URL("src/", root), publicDir: new URL("public/", root), integrations: [] },
    updateConfig: () => undefined,
    addWatchFile: () => undefined,
    logger: { info: () => undefined },
    injectRoute: ({ entrypoint }: { entrypoint: string }) => routes.push(entrypoint),
  });
  expect(routes).toContain(join(site, "pages/index.astro"));
});
