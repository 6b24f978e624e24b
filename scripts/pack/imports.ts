import { glob, readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import { join } from "node:path";
import ts from "typescript";
import type { PackedManifest } from "./manifest.ts";

/**
 * Packages that a staged package's files import without its package.json naming them. Types count, also those of Node
 * where a declaration needs them.
 */
export async function undeclaredImports(staged: string): Promise<string[]> {
  const manifest: PackedManifest & { peerDependencies?: Record<string, string> } = JSON.parse(
    await readFile(join(staged, "package.json"), "utf8"),
  );
  const declared = new Set([
    manifest.name,
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ]);
  const missing = new Set<string>();
  for await (const file of glob("**/*.{js,d.ts,astro,css}", { cwd: staged }))
    for (const name of importsOf(file, await readFile(join(staged, file), "utf8"))) {
      const bare = /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0] ?? name;
      const isOfNode = name.startsWith("node:") || builtinModules.includes(bare);
      const needed = isOfNode && file.endsWith(".d.ts") ? "node" : bare;
      const isElsewhere = /^(\.|virtual:|data:|https?:)/.test(name) || (isOfNode && needed !== "node");
      if (!isElsewhere && !declared.has(needed) && !declared.has(`@types/${needed}`))
        missing.add(`${file}: ${name}`);
    }
  return [...missing].sort();
}

function importsOf(file: string, text: string): string[] {
  if (/\.(js|ts)$/.test(file)) return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return [...text.matchAll(/(?:\bfrom |\bimport |\burl\()["']([^"'\n]+)["']/g)].map(([, name = ""]) => name);
}
