import transliterate from "@sindresorhus/transliterate";

/**
 * An address that people can read, say and type: "Überblick & Ziele" becomes `ueberblick-ziele`. Letters of other scripts
 * stay as they are; a name without any letter or digit goes by its code points, so that 🚀 and 🎉 differ.
 * What is longer than a folder's name may be is cut.
 */
export function slugOf(name: string): string {
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
  );
}

/** File systems take 255 bytes for a name, some of which are an ending's or a digest's. */
const longest = 200;

function shortened(slug: string): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= longest) return slug;
  // A letter that the cut goes through is left out whole.
  return new TextDecoder()
    .decode(bytes.subarray(0, longest))
    .replace(/\uFFFD+$/, "")
    .replace(/-+$/, "");
}
