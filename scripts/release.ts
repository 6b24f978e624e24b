import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  repository?: unknown;
}

export interface Release {
  /** The staged folder's name, which is the package's in the repository. */
  folder: string;
  /** As it is published: npm takes a provenance only where the repository is named. */
  manifest: Manifest;
}

/** What is published, each after those it depends on. Throws an Error where a package is not of the tag's version. */
export function planRelease(staged: readonly Release[], tag: string, repository: string): Release[] {
  const other = staged.filter(({ manifest }) => `v${manifest.version}` !== tag);
  if (staged.length === 0 || other.length > 0)
    throw new Error(
      staged.length === 0
        ? "nothing is staged: run node scripts/pack.ts first"
        : `the tag is ${tag}, but ${other.map(({ manifest }) => `${manifest.name} is ${manifest.version}`).join(", ")}`,
    );
  const left = staged.map(({ folder, manifest }) => ({
    folder,
    manifest: {
      ...manifest,
      repository: { type: "git", url: `git+https://github.com/${repository}.git`, directory: folder },
    },
  }));
  const ordered: Release[] = [];
  while (left.length > 0) {
    const names = new Set(left.map(({ manifest }) => manifest.name));
    const next = left.findIndex(({ manifest: { dependencies, peerDependencies } }) =>
      Object.keys({ ...dependencies, ...peerDependencies }).every((name) => !names.has(name)),
    );
    ordered.push(...left.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

/** A version such as 0.2.0-beta.1 is nobody's default. */
export const publishArguments = (version: string): string[] => [
  "publish",
  "--provenance",
  "--access",
  "public",
  "--tag",
  version.includes("-") ? "next" : "latest",
];

if (import.meta.main) {
  const out = join(process.cwd(), ".pack");
  const { GITHUB_REF_NAME: tag = "", GITHUB_REPOSITORY: repository = "" } = process.env;
  const staged = (existsSync(out) ? readdirSync(out) : [])
    .filter((folder) => existsSync(join(out, folder, "package.json")))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(out, folder, "package.json"), "utf8")),
    }));
  for (const { folder, manifest } of planRelease(staged, tag, repository)) {
    const release = `${manifest.name}@${manifest.version}`;
    // A run that failed half way is run again: npm refuses a version that is there.
    if (spawnSync("npm", ["view", release, "version"], { encoding: "utf8" }).stdout?.trim()) {
      console.log(`${release} is published already`);
      continue;
    }
    writeFileSync(join(out, folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    execFileSync("npm", publishArguments(manifest.version), { cwd: join(out, folder), stdio: "inherit" });
  }
}
