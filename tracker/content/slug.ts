import { createHash } from "node:crypto";
import transliterate from "@sindresorhus/transliterate";

/** Bytes: file systems take 255 for a name, some of which a word before it, an ending and a mark while it is written have. */
const longestName = 232;

/**
 * An address that people can read, say and type: "Überblick & Ziele" becomes `ueberblick-ziele`. Letters of other scripts
 * stay as they are; a name without any letter or digit goes by its code points, so that 🚀 and 🎉 differ.
 * What is longer than a folder's name may be is cut, and ends in a digest of the whole.
 * @param longest bytes
 */
export function slugOf(name: string, longest = longestName): string {
  const slug = name
    .normalize("NFKC")
    // The library reads its whole table for each call: plain letters need none.
    .replace(/\p{Script=Latin}+/gu, (letters) =>
      /^[a-z]+$/i.test(letters) ? letters : transliterate(letters),
    )
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return shortened(
    slug === "" ? Array.from(name, (sign) => sign.codePointAt(0)?.toString(16)).join("-") : slug,
    longest,
  );
}

/** Letters of a digest, which keeps names apart that begin alike. */
const digestLength = 8;

function shortened(slug: string, longest: number): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= longest) return slug;
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, digestLength);
  // A letter that the cut goes through is left out whole.
  const begin = new TextDecoder()
    .decode(bytes.subarray(0, Math.max(1, longest - digestLength - 1)))
    .replace(/\uFFFD+$/, "")
    .replace(/-+$/, "");
  return `${begin}-${digest}`;
}
