import { execFile } from "node:child_process";
import { chmod, cp, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { compilePackage } from "./pack/compile.ts";
import { type Manifest, packedManifest } from "./pack/manifest.ts";
import { packPlaces } from "./pack/places.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

/** In an order in which each comes after those it imports. */
export const folders = ["create", "tracker", "demo", "site"] as const;

/** Copied as they are; the rest of a package is compiled. */
const assets = "**/*.{astro,css,svg,json,js,yaml,yml}";
const left = /(^|\/)(node_modules|testing|tests|bench|chaos)\/|\.test\.ts$|(^|\/)(tsconfig|package)\.json$/;

/**
 * Stages one package under `out` as it is published: compiled ESM with declarations, the files pages need, and a
 * package.json whose exports name them. Packages it imports must be staged already.
 * @returns the staged folder
 */
export async function stagePackage(folder: string, out: string, version?: string): Promise<string> {
  const source = join(root, folder);
  const manifest: Manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const staged = join(out, folder);
  await rm(staged, { recursive: true, force: true });
  await mkdir(staged, { recursive: true });
  await compilePackage({ source, staged, siblings: out, left });
  for await (const file of glob(assets, { cwd: source })) {
    if (left.test(file)) continue;
    await mkdir(dirname(join(staged, file)), { recursive: true });
    if (file.endsWith(".astro"))
      await writeFile(join(staged, file), compiledImports(await readFile(join(source, file), "utf8")));
    else await cp(join(source, file), join(staged, file));
  }
  await cp(join(source, "README.md"), join(staged, "README.md"));
  await cp(join(root, "LICENSE"), join(staged, "LICENSE"));
  const packed = packedManifest(manifest, version);
  for (const program of Object.values(packed.bin ?? {})) await chmod(join(staged, program), 0o755);
  await writeFile(join(staged, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
  return staged;
}

/** Relative imports of a component name the compiled files: ../data/site.ts → ../data/site.js. */
function compiledImports(text: string): string {
  return text.replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"'\n]+)\.ts(["'])/g, "$1.js$2");
}

/**
 * Stages all packages in `out`, which is in the checkout, and packs each into a tarball in `tarballs`, both absolute.
 * @returns paths of the tarballs, by folder
 */
export async function packAll(
  out: string,
  { version, tarballs = out }: { version?: string | undefined; tarballs?: string } = {},
): Promise<Record<string, string>> {
  const packed: Record<string, string> = {};
  await mkdir(tarballs, { recursive: true });
  for (const folder of folders) {
    const staged = await stagePackage(folder, out, version);
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", tarballs], { cwd: staged });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    packed[folder] = join(tarballs, filename);
  }
  return packed;
}

if (import.meta.main) {
  try {
    const { values } = parseArgs({ options: { out: { type: "string" }, version: { type: "string" } } });
    const { staged, tarballs } = packPlaces(values.out, process.cwd(), root);
    const packed = await packAll(staged, { version: values.version, tarballs });
    for (const tarball of Object.values(packed)) console.log(tarball);
  } catch (error) {
    console.error(`pack: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
