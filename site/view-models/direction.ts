/** Letters that are written from right to left, and marks of direction. */
const turning =
  /[\p{Bidi_Control}\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Whether a text could turn the direction of what stands beside it on a page that is read from left to right. */
export const mayTurn = (text: string): boolean => turning.test(text);

/**
 * A text to be put among other words where there are no elements, as in a name that is read out: what turns ends with it.
 */
export const isolated = (text: string): string => (mayTurn(text) ? `\u2068${text}\u2069` : text);
