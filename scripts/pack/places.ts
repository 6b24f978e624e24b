import { join, relative, resolve, sep } from "node:path";

/** Absolute folders of one packing. */
export interface PackPlaces {
  /** Where packages are compiled. */
  staged: string;
  /** Where their tarballs go. */
  tarballs: string;
}

/**
 * Where `--out` puts things; without it both in `.pack`. The compiler finds what packages import from inside the checkout
 * alone, so that of another place only the tarballs are made there. Throws Error where sources would be overwritten.
 */
export function packPlaces(out: string | undefined, cwd: string, root: string): PackPlaces {
  const own = join(root, ".pack");
  if (out === undefined) return { staged: own, tarballs: own };
  if (out === "") throw new Error("--out names no folder");
  const tarballs = resolve(cwd, out);
  const [first] = relative(root, tarballs).split(sep);
  if (first === "..") return { staged: own, tarballs };
  if (first === ".pack") return { staged: tarballs, tarballs };
  throw new Error(
    `--out ${out} is among the sources, which packing would overwrite: name a folder outside the checkout, or one in .pack`,
  );
}
