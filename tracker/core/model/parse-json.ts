/** Half of a character that two \u escapes stand for, without its other half. */
const half = /\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2}/i;

/**
 * JSON that came from outside. Half characters, which JSON can write and no database can keep, are read as U+FFFD: two
 * names that differ in such a half alone would be one once they are stored. Throws SyntaxError.
 */
export function parseJson(text: string): unknown {
  // Most text has no such escape, and is looked through in no time.
  const isPlain = !text.includes("\\ud") && !text.includes("\\uD");
  if (isPlain || !half.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
}
