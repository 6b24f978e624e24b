type Targets = Record<string, string>;

/** What we read and change of a package.json. */
export interface Manifest {
  name: string;
  version: string;
  exports: Targets;
  bin?: Targets;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  publishConfig?: { access?: string; bin?: Targets };
}

export type PackedTarget = string | { types: string; default: string };

export interface PackedManifest {
  name: string;
  version: string;
  exports: Record<string, PackedTarget>;
  bin?: Targets;
  dependencies?: Record<string, string>;
  [key: string]: unknown;
}

const own = ["sprintcast", "@sprintcast/demo", "@sprintcast/site", "create-sprintcast"];

/**
 * A workspace's package.json as it is published: every `./x.ts` becomes `./x.js` with its declarations, the bins of
 * publishConfig take the place of those that start sources, and what only tests use is no longer exported.
 * @param version of the release; our packages depend on each other at exactly the same one
 */
export function packedManifest(manifest: Manifest, version = manifest.version): PackedManifest {
  const { publishConfig: { bin: _, ...publishConfig } = {}, ...rest } = manifest;
  const exports = Object.entries(manifest.exports).filter(([path]) => path !== "./testing");
  const bin = manifest.publishConfig?.bin ?? manifest.bin;
  return {
    ...rest,
    version,
    exports: Object.fromEntries(exports.map(([path, target]) => [path, packedTarget(target)])),
    ...(bin
      ? { bin: Object.fromEntries(Object.entries(bin).map(([name, path]) => [name, compiled(path)])) }
      : {}),
    ...(rest.dependencies ? { dependencies: pinned(rest.dependencies, version) } : {}),
    publishConfig,
  };
}

const compiled = (path: string) => path.replace(/\.ts$/, ".js");

function packedTarget(target: string): PackedTarget {
  return target.endsWith(".ts")
    ? { types: target.replace(/\.ts$/, ".d.ts"), default: compiled(target) }
    : target;
}

function pinned(dependencies: Record<string, string>, version: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(dependencies).map(([name, range]) => [name, own.includes(name) ? version : range]),
  );
}
