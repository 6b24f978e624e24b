import { phrases as known } from "./en/phrases.ts";
import type { Numbers } from "./numbers.ts";
import { fill, piecesOf } from "./text.ts";

type PhraseKey = keyof typeof known;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const amount = "[−-]?\\d[\\d.,]*";
const source = "by .+";
const inPoints = `no size|1 point|${amount} points`;
/** Slots that hold a number, as reports write it, and those that hold phrases; in others stands what people wrote. */
const slots: Record<string, string> = {
  days: amount,
  count: amount,
  from: amount,
  to: amount,
  source,
  other: source,
  was: inPoints,
  is: inPoints,
};
const holdPhrases: readonly (string | undefined)[] = [source, inPoints];

/** What reports say, as patterns; the more words one has, the earlier it is tried. */
const patterns = (Object.keys(known) as PhraseKey[])
  .map((key) => {
    const pieces = piecesOf(known[key]);
    const words = pieces.filter((_, index) => index % 2 === 0).join("").length;
    const slot = (name: string) => `(?<${name}>${slots[name] ?? ".+"})`;
    const body = pieces.map((piece, index) => (index % 2 === 0 ? escaped(piece) : slot(piece))).join("");
    return { key, words, pattern: new RegExp(`^${body}$`, "su") };
  })
  .sort((a, b) => b.words - a.words);

/** Phrases in a row, with how many of them no pattern knows. */
interface Row {
  unknown: number;
  phrases: string[];
}

/**
 * Tells in other words what reports say in English. A frozen report keeps its words, which are under its seal, so that
 * they are known again by their pattern. Names, titles and whatever else is not known stay as they are.
 */
export function phrasebook(texts: Readonly<Record<PhraseKey, string>>, { numeral }: Numbers) {
  const whole = (text: string): string | null => {
    for (const { key, pattern } of patterns) {
      const found = pattern.exec(text);
      if (found === null) continue;
      return fill(texts[key], (slot) => valueIn(slot, found.groups?.[slot] ?? ""));
    }
    return null;
  };
  const valueIn = (slot: string, value: string): string => {
    if (slots[slot] === amount) return numeral(Number(value.replace("−", "-").replaceAll(",", "")));
    return holdPhrases.includes(slots[slot]) ? translate(value) : value;
  };
  /**
   * Phrases stand beside each other with commas, and names in them may have some, too: of the ways to part them, the
   * one that leaves the fewest unknown, then the one with the most phrases.
   */
  const translate = (text: string): string => {
    const parts = text.split(", ");
    const best: Row[] = [];
    for (let from = parts.length - 1; from >= 0; from -= 1) {
      const rest = (to: number): Row => best[to] ?? { unknown: 0, phrases: [] };
      const rows = parts.slice(from).flatMap((part, index): Row[] => {
        const to = from + index + 1;
        const found = whole(parts.slice(from, to).join(", "));
        if (found === null && index > 0) return [];
        const { unknown, phrases } = rest(to);
        return [{ unknown: unknown + (found === null ? 1 : 0), phrases: [found ?? part, ...phrases] }];
      });
      best[from] = rows.reduce((a, b) =>
        b.unknown < a.unknown || (b.unknown === a.unknown && b.phrases.length > a.phrases.length) ? b : a,
      );
    }
    return (best[0]?.phrases ?? [text]).join(", ");
  };
  return translate;
}
