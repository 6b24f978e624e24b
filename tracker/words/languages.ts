import { de } from "./de.ts";
import { en } from "./en.ts";
import type { OwnTexts } from "./own-texts.ts";
import { isText, type Text, type TextTree } from "./text.ts";
import { createWords, type English, type Texts, type Words } from "./words.ts";

/** The languages that have all texts. */
const languages: Readonly<Record<string, Texts>> = { en, de };

/** The language whose texts a locale speaks: that of its region's language, de for de-AT; null: English stands in. */
export function languageOf(locale: string): string | null {
  const { language } = new Intl.Locale(locale);
  return Object.hasOwn(languages, language) ? language : null;
}

/** The codes of all languages that have texts. */
export const knownLanguages = (): string[] => Object.keys(languages);

/**
 * What a site speaks. A language that has no texts here speaks English, with its own numbers and dates.
 * @param own texts of the team, which come first; `textFaults` says what is wrong with them
 * @throws RangeError where `locale` is no BCP 47 tag
 */
export function wordsOf(locale: string, own: OwnTexts = {}): Words {
  const language = languageOf(locale) ?? "en";
  const texts = languages[language] ?? en;
  const isOwn = Object.keys(own).length > 0;
  return createWords(locale, language, isOwn ? (merged(texts as TextTree, own) as unknown as Texts) : texts);
}

/** Whether a text is ours in this language, and none of the team's own. */
export const isOurs = ({ language, texts }: Words, pick: (texts: English) => Text): boolean =>
  pick(texts) === pick((languages[language] ?? en) as unknown as English);

function merged(texts: TextTree, own: OwnTexts): TextTree {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const mine = own[name];
      if (mine === undefined) return [name, text];
      return [name, isText(mine) || isText(text) ? (mine as Text) : merged(text, mine)];
    }),
  );
}
