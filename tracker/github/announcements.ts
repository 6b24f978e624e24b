/** What GitHub announces in the headers of any answer, for people; null: nothing. */
export interface Announcements {
  /** When the token ends, epoch milliseconds. */
  tokenEnds: number | null;
  /** When this edition of the API is given up, epoch milliseconds. */
  editionEnds: number | null;
}

const tokenHeader = "github-authentication-token-expiration";

/**
 * Personal tokens tell their end (`2026-12-01 09:00:00 UTC`), editions of the API theirs (RFC 8594, `Sunset`).
 * https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export function announcedIn(headers: Headers): Announcements {
  const instant = (text: string | null): number | null => {
    const at = Date.parse(text ?? "");
    return Number.isNaN(at) ? null : at;
  };
  const end = headers.get(tokenHeader)?.replace(/^(\S+) (\S+) UTC$/, "$1T$2Z") ?? null;
  return { tokenEnds: instant(end), editionEnds: instant(headers.get("sunset")) };
}
