/** A text of a chart, in the chart's units. */
export interface Label {
  words: string;
  left: number;
  right: number;
  line: number;
}

const unescaped = (text: string): string => text.replace(/&(?:#x26|amp|lt|gt|#x3C|#x3E);/gi, " ");

/** Where the texts of a chart stand; a letter is about half as wide as the 13 units that it is high. */
export function labelsOf(svg: string): Label[] {
  return [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"([^>]*)>([^<]*)</g)].map(
    ([, x, y, more = "", escaped = ""]) => {
      const words = unescaped(escaped);
      const width = words.length * 6.4;
      const anchor = /text-anchor="(\w+)"/.exec(more)?.[1];
      const left = Number(x) - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
      return { words, left, right: left + width, line: Number(y) };
    },
  );
}

/** Pairs of texts that are printed over each other. */
export const overprinted = (svg: string): string[] => {
  const labels = labelsOf(svg);
  return labels.flatMap((one, index) =>
    labels
      .slice(index + 1)
      .filter(
        (other) => Math.abs(one.line - other.line) < 11 && one.left < other.right && other.left < one.right,
      )
      .map((other) => `${one.words} / ${other.words}`),
  );
};

/** Texts that reach beyond the picture. */
export const cutOff = (svg: string): string[] => {
  const [left = 0, top = 0, width = 0, height = 0] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? "")
    .split(" ")
    .map(Number);
  return labelsOf(svg)
    .filter(
      (one) => one.left < left || one.right > left + width || one.line < top + 9 || one.line > top + height,
    )
    .map(({ words }) => words);
};
