/** How many colours people are told apart by. */
export const hues = 6;

/** The initials of a login or name, and its colour, which is the same on every page: ana-lopez is AL. */
export function avatarOf(login: string): { initials: string; hue: number } {
  const parts = login.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  const letters = parts.length > 1 ? parts.slice(0, 2).map(first) : [...(parts[0] ?? "")].slice(0, 2);
  let sum = 0;
  for (const letter of login) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return { initials: letters.join("").toUpperCase(), hue: sum % hues };
}

const first = (part: string): string => [...part][0] ?? "";
