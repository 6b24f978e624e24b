// Control characters (C0, DEL, C1: escape sequences begin with one of them), marks that change the direction of text,
// and invisible characters that let one title pass for another. Zero-width joiners stay: emoji are made with them.
const control = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
const lineBreak = /\s*[\r\n\t\v\f\u0085\u2028\u2029]+\s*/g;
/** Printable ASCII alone, as most texts are: found out faster than what is harmful. */
const harmless = /^[ -~]*$/;

/**
 * Text from GitHub or a file, made safe for one line of a terminal: line breaks and tabs become a blank, every other
 * control character, escape and direction mark becomes a visible � and does nothing.
 */
export function safeText(text: string): string {
  if (harmless.test(text)) return text;
  return text.replace(lineBreak, " ").replace(control, "\uFFFD").toWellFormed();
}

/** As {@link safeText} for text of several lines: line feeds stay, tabs become blanks. */
export function safeLines(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map((line) => line.replace(/\t/g, "  ").replace(control, "\uFFFD").toWellFormed())
    .join("\n");
}
