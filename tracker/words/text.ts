/** A text by plural category; `other` serves where a language has no form of its own. `n` picks the form. */
export type Forms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** One text: what stands in braces is filled in, such as `{sprint}`. */
export type Text = string | Forms;

/** Texts by topic. */
export interface TextTree {
  readonly [name: string]: Text | TextTree;
}

/** The same tree with any words in place of those of English; forms may differ, since plurals do. */
export type Translated<T> = T extends string
  ? string
  : T extends Forms
    ? Forms
    : { readonly [K in keyof T]: Translated<T[K]> };

type SlotsIn<T> = T extends `${string}{${infer Slot}}${infer Rest}` ? Slot | SlotsIn<Rest> : never;

/** The names of what a text wants filled in. */
export type SlotsOf<T extends Text> = T extends string ? SlotsIn<T> : "n" | SlotsIn<T[keyof T]>;

export type Values<T extends Text> = [SlotsOf<T>] extends [never]
  ? []
  : [values: Readonly<Record<SlotsOf<T>, string | number>>];

const plurals: readonly string[] = ["zero", "one", "two", "few", "many", "other"];

/** Whether a part of a tree is a text of several forms. */
export const isForms = (part: unknown): part is Forms =>
  typeof part === "object" &&
  part !== null &&
  "other" in part &&
  Object.entries(part).every(([name, form]) => plurals.includes(name) && typeof form === "string");

export const isText = (part: unknown): part is Text => typeof part === "string" || isForms(part);

/** The form of a text for a plural category. */
export const formOf = (text: Text, category: Intl.LDMLPluralRule): string =>
  typeof text === "string" ? text : (text[category] ?? text.other);

/** A text cut at its slots: words and names of slots in turn, words first. */
export const piecesOf = (text: string): string[] => text.split(/\{(\w+)\}/);

/** The names of the slots of a text, of all its forms. */
export const slotsIn = (text: Text): Set<string> =>
  new Set(
    (typeof text === "string" ? [text] : Object.values(text)).flatMap((form) =>
      piecesOf(form).filter((_, index) => index % 2 === 1),
    ),
  );

/** A text with its slots filled. @throws TypeError on a slot without a value: a page must not show braces. */
export function fill(text: string, fillIn: (slot: string) => string | undefined): string {
  return piecesOf(text)
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const value = fillIn(piece);
      if (value === undefined) throw new TypeError(`The text "${text}" has no value for {${piece}}.`);
      return value;
    })
    .join("");
}
