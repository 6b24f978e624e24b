/** Letters that are written from right to left, and marks of direction. */
const turning =
  /[\p{Bidi_Control}\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Whether a text could turn the direction of what stands beside it on a page that is read from left to right. */
export const mayTurn = (text: string): boolean => turning.test(text);
