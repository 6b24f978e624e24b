/** `sprintcast/words`: what the website and its figures say, language by language. */
export { en } from "./en.ts";
export { isOurs, knownLanguages, languageOf, wordsOf } from "./languages.ts";
export { type Numbers, numbersOf } from "./numbers.ts";
export { isLocale, type OwnTexts, textFaults } from "./own-texts.ts";
export { fill, formOf, isText, piecesOf, slotsIn, type Text, type TextTree } from "./text.ts";
export { createWords, english, type Texts, type Words } from "./words.ts";
