import { UsageError } from "../errors.ts";

/** Where GitHub's REST API is, and the token to show there. */
export interface Access {
  apiUrl: string;
  token: string | null;
}

type Env = Record<string, string | undefined>;

/**
 * Reads `GITHUB_API_URL` and `GITHUB_TOKEN`. Neither value is repeated in an error: a mistyped address may hold a
 * password, and a token with a stray line break would be quoted whole by the HTTP client's own complaint.
 * Errors: UsageError `api-url-form`, `token-form`.
 */
export function readAccess(env: Env): Access {
  return { apiUrl: apiUrlOf(env.GITHUB_API_URL?.trim()), token: tokenOf(env.GITHUB_TOKEN?.trim()) };
}

function apiUrlOf(text: string | undefined): string {
  if (!text) return "https://api.github.com";
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username === "" && url.password === "" && url.search === "";
  if (plain && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, "");
  throw new UsageError("api-url-form", "GITHUB_API_URL is no address of an API", {
    hint: "Write it like https://github.example.com/api/v3, without a user, password or query; the token goes into GITHUB_TOKEN.",
  });
}

function tokenOf(text: string | undefined): string | null {
  if (!text) return null;
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new UsageError("token-form", "GITHUB_TOKEN holds characters that no token has", {
    hint: "Copy the token again, without spaces, line breaks or quotation marks around it.",
  });
}
