import transliterate from "@sindresorhus/transliterate";

/**
 * An address that people can read, say and type: "Überblick & Ziele" becomes `ueberblick-ziele`. Letters of other scripts
 * stay as they are; a name without any letter or digit goes by its code points, so that 🚀 and 🎉 differ.
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
  return slug === "" ? Array.from(name, (sign) => sign.codePointAt(0)?.toString(16)).join("-") : slug;
}
