import { en } from "./en.ts";
import { type Numbers, numbersOf } from "./numbers.ts";
import { phrasebook } from "./phrases.ts";
import { fill, formOf, type Text, type Translated, type Values } from "./text.ts";

/** All texts, as English has them. */
export type English = typeof en;

/** All texts of a language. A language that leaves one out fails the type check. */
export type Texts = Translated<English>;

/** What outputs speak: the texts of one language, and numbers and lists as its locale writes them. */
export interface Words extends Numbers {
  /** BCP 47: of dates and numbers. */
  locale: string;
  /** Of the texts: en, de. */
  language: string;
  /** By topic. Their slots are those of English, whatever the language. */
  texts: English;
  /** The form of a text for an amount, its slots still open. */
  form(text: Text, n?: number): string;
  /** A text with its slots filled: numbers as the locale writes them, `n` picks the plural. */
  say<T extends Text>(text: T, ...values: Values<T>): string;
  /** 1, 2 and 3 as the language lists them, without "and" where it can do without; numbers with commas by semicolons. */
  list(items: readonly string[]): string;
  /** What a report says in English ("moved in after the start, size M") in this language; unknown words stay. */
  phrase(text: string): string;
}

/** @param locale BCP 47 @param texts of `language` */
export function createWords(locale: string, language: string, texts: Texts): Words {
  const numbers = numbersOf(locale, language);
  const lists = listsOf(locale);
  const form = (text: Text, n?: number): string =>
    formOf(text, n === undefined ? "other" : numbers.category(n));
  const say = (text: Text, values: Readonly<Record<string, string | number>> = {}): string => {
    const { n } = values;
    return fill(form(text, typeof n === "number" ? n : undefined), (slot) => {
      const value = values[slot];
      return typeof value === "number" ? numbers.numeral(value) : value;
    });
  };
  return {
    ...numbers,
    locale,
    language,
    // The slots of all languages are the same, which a test holds, so that `say` can ask for them by name.
    texts: texts as unknown as English,
    form,
    say: say as Words["say"],
    list: lists,
    phrase:
      language === "en" && texts.phrases === en.phrases ? (text) => text : phrasebook(texts.phrases, numbers),
  };
}

/** Beside a number that has a comma of its own, a comma reads as one more: 1,5, 2. So such a list takes semicolons. */
function listsOf(locale: string): (items: readonly string[]) => string {
  const lists = new Intl.ListFormat(locale, { type: "unit", style: "short" });
  const hasComma = (item: string) => /\p{Nd},\p{Nd}/u.test(item);
  const meetsNumber = (item: string, index: number, items: readonly string[]) =>
    /\p{Nd}$/u.test(item) && /^[−-]?\p{Nd}/u.test(items[index + 1] ?? "");
  return (items) =>
    items.some(hasComma) && items.some(meetsNumber)
      ? lists
          .formatToParts(items)
          .map(({ type, value }) => (type === "literal" ? value.replace(",", ";") : value))
          .join("")
      : lists.format(items);
}

/** What the command line speaks, and every output that is told nothing else. */
export const english: Words = createWords("en-GB", "en", en);
