/** GitHub drops a step's summary above a mebibyte; the rest is for other steps and for the sentence about it. */
const longest = 1_000_000;

/** Markdown that fits into a step's summary: whole lines, and a word about those that are left out. */
export function fitted(markdown: string, limit = longest): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= limit) return markdown;
  const cut = bytes.subarray(0, limit).lastIndexOf("\n") + 1;
  return `${bytes.subarray(0, cut).toString()}\n… cut here: the whole report has ${bytes.length} bytes, more than a summary holds.\n`;
}
