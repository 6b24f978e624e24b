/** Numbers as a locale writes them, made once and handed on, since Intl formatters are dear. */
export interface Numbers {
  /** To the hundredth with a true minus sign: 8.2, 1,200, −0.5. */
  numeral(amount: number): string;
  /** A share (1 = all) in whole per cent; what is not all reads >99%, and what is not nothing <1%. */
  percent(share: number): string;
  /** The plural category of what an amount prints as. */
  category(amount: number): Intl.LDMLPluralRule;
}

/** @param locale BCP 47 @param language of the words around the numbers, which decides on their plurals */
export function numbersOf(locale: string, language: string): Numbers {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const rules = new Intl.PluralRules(language, { maximumFractionDigits: 2 });
  const signed = (text: string) => text.replace("-", "−");
  return {
    // What rounds to 0 has no sign. Browsers of 2022 know no signDisplay "negative".
    numeral: (amount) => signed(plain.format(Math.abs(amount) < 0.005 ? 0 : amount)),
    percent: (share) => {
      const whole = Math.round(share * 100) / 100 + 0;
      if (share < 1 && whole === 1) return `>${shares.format(0.99)}`;
      if (share > 0 && whole === 0) return `<${shares.format(0.01)}`;
      return signed(shares.format(whole));
    },
    category: (amount) => rules.select(amount),
  };
}
