import { mkdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { PackedManifest } from "./manifest.ts";

export interface Compilation {
  /** The package's folder in the checkout. */
  source: string;
  /** Where the compiled files go. */
  staged: string;
  /** Folder that holds the packages staged before this one. */
  siblings: string;
  /** Relative paths that are not packed. */
  left: RegExp;
}

/**
 * Compiles a package's TypeScript to ESM with declarations. Our other packages are seen as their users see them:
 * by the declarations that were staged before.
 * @throws Error with the compiler's own words
 */
export async function compilePackage({ source, staged, siblings, left }: Compilation): Promise<void> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(source, "../tsconfig.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(textOf([problem]));
      },
    },
  );
  if (!config) throw new Error("tsconfig.json cannot be read");
  const inside = join(source, "/");
  const files = config.fileNames.filter(
    (file) => file.startsWith(inside) && !left.test(relative(source, file)),
  );
  const options: ts.CompilerOptions = {
    ...config.options,
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: source,
    outDir: staged,
    paths: stagedPaths(siblings),
  };
  const program = ts.createProgram(files, options);
  const written: string[] = [];
  const { diagnostics } = program.emit(undefined, (name, text) => {
    written.push(name);
    mkdirSync(dirname(name), { recursive: true });
    ts.sys.writeFile(name, text);
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0) throw new Error(textOf(problems));
  // Declarations keep the sources' endings; users have only what was compiled.
  for (const file of written.filter((name) => name.endsWith(".d.ts"))) {
    const text = await readFile(file, "utf8");
    await writeFile(
      file,
      text.replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"'\n]+)\.ts(["'])/g, "$1.js$2"),
    );
  }
}

/** Every address that the staged packages export, with its declarations. */
function stagedPaths(siblings: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const file of ts.sys.readDirectory(siblings, [".json"], undefined, ["*/package.json"])) {
    const { name, exports }: Pick<PackedManifest, "name" | "exports"> = JSON.parse(
      readFileSync(file, "utf8"),
    );
    for (const [path, target] of Object.entries(exports))
      if (typeof target !== "string") paths[join(name, path)] = [join(dirname(file), target.types)];
  }
  return paths;
}

function textOf(problems: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(problems, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getNewLine: () => "\n",
  });
}
