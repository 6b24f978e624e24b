import { UsageError } from "../errors.ts";

const publicApi = "https://api.github.com";

/** Where GitHub's APIs are, and the tokens to show there. */
export interface Access {
  apiUrl: string;
  /** The address of GraphQL, but for the `/graphql` at its end. */
  graphBase: string;
  token: string | null;
  /** Shown to GraphQL, which has the Projects; the same as `token` where none is named for them. */
  projectsToken: string | null;
}

type Env = Record<string, string | undefined>;

/**
 * Reads `GITHUB_API_URL`, `GITHUB_GRAPHQL_URL`, `GITHUB_TOKEN` and `GITHUB_PROJECTS_TOKEN`. No value is repeated in an
 * error: a mistyped address may hold a password, and a token with a stray line break would be quoted whole by the HTTP
 * client's own complaint.
 * @param web the team's GitHub on the web, by its settings; null: nothing tells it, so it is github.com
 * Errors: UsageError `api-url-form`, `graphql-url-form`, `token-form`.
 */
export function readAccess(env: Env, web: string | null): Access {
  const asked = apiUrlOf(env.GITHUB_API_URL?.trim());
  // A workflow on github.com has that API's address in its environment whatever the team's own GitHub is.
  const isOwn = asked !== null && asked !== publicApi;
  const apiUrl = isOwn ? asked : apiBehind(web);
  const named = env.GITHUB_GRAPHQL_URL?.trim();
  const graphBase = graphBaseOf(isOwn || named !== `${publicApi}/graphql` ? named : "", apiUrl);
  const token = tokenOf("GITHUB_TOKEN", env.GITHUB_TOKEN?.trim());
  const forProjects = tokenOf("GITHUB_PROJECTS_TOKEN", env.GITHUB_PROJECTS_TOKEN?.trim());
  return { apiUrl, graphBase, token, projectsToken: forProjects ?? token };
}

/** The REST API of the GitHub that is at `web`. */
function apiBehind(web: string | null): string {
  const url = new URL(web ?? "https://github.com");
  return /(^|\.)github\.com$|\.ghe\.com$/.test(url.hostname)
    ? `${url.protocol}//api.${url.host.replace(/^www\./, "")}`
    : `${url.origin}/api/v3`;
}

function apiUrlOf(text: string | undefined): string | null {
  if (!text) return null;
  if (isPlain(text)) return text.replace(/\/+$/, "");
  throw new UsageError("api-url-form", "GITHUB_API_URL is not the address of an API", {
    hint: "Write it like https://github.example.com/api/v3, without a user, password or query; the token goes into GITHUB_TOKEN.",
  });
}

/** GitHub Enterprise Server has REST below /api/v3 and GraphQL beside it. */
function graphBaseOf(text: string | undefined, apiUrl: string): string {
  if (!text) return apiUrl.replace(/\/api\/v3$/, "/api");
  const base = text.replace(/\/graphql\/*$/, "");
  if (base !== text && isPlain(text)) return base;
  throw new UsageError("graphql-url-form", "GITHUB_GRAPHQL_URL is not the address of a GraphQL API", {
    hint: "Write it like https://github.example.com/api/graphql, without a user, password or query; the token goes into GITHUB_TOKEN.",
  });
}

function isPlain(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === "" &&
    url.password === "" &&
    url.search === ""
  );
}

function tokenOf(name: string, text: string | undefined): string | null {
  if (!text) return null;
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new UsageError("token-form", `${name} holds characters that no token has`, {
    hint: "Copy the token again, without spaces, line breaks or quotation marks around it.",
  });
}
