import type { Text } from "./text.ts";
import type { English, Words } from "./words.ts";

interface Told {
  trouble: keyof English["bills"];
  values: Readonly<Record<string, string | number>>;
}

/** What is amiss with a bill, without a full stop. */
export function billText(words: Words, { trouble, values }: Told): string {
  const say: (text: Text, values: Told["values"]) => string = words.say;
  return say(words.texts.bills[trouble], values);
}
