/** Text from outside made safe for a line of a terminal: what would move the cursor or turn the text becomes �. */
export const safeText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD").toWellFormed();

/** As {@link safeText}, in quotes. */
export const quoted = (text: string): string => JSON.stringify(safeText(text));
