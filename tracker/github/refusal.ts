import { RequestError } from "@octokit/request-error";
import { GitHubRefusedError, InterruptedError, SprintcastError } from "../errors.ts";
import { misdirected } from "./whole-answers.ts";

/** When a limit is lifted, from `x-ratelimit-reset` (seconds). */
export function resetText(reset: string | number | undefined): string {
  const at = new Date(Number(reset) * 1000);
  return Number.isNaN(at.getTime()) ? "a later hour" : at.toISOString();
}

/** The part of a failure on the wire that helps and tells nothing of the request. */
function unreachable(error: RequestError): SprintcastError {
  const host = URL.canParse(error.request.url) ? new URL(error.request.url).host : "GitHub";
  const thrown = error.cause as Error & { cause?: { code?: unknown } };
  const cutOff = thrown instanceof SyntaxError;
  const why = cutOff ? "its answers are cut off" : (thrown.cause?.code ?? thrown.name);
  return new GitHubRefusedError("github-unreachable", `${host} cannot be reached (${String(why)})`, {
    hint: "Look at the network, the proxy and GITHUB_API_URL. What was fetched is kept; the same command goes on from there.",
    cause: new Error(`no whole answer from ${host}: ${String(why)}`),
  });
}

interface Asked {
  repository: string;
  hasToken: boolean;
}

function refusal(error: RequestError, asked: Asked): SprintcastError {
  if (error.response === undefined && error.cause instanceof Error) return unreachable(error);
  const headers = error.response?.headers ?? {};
  const limit = limitOf(error.status, headers, asked.hasToken);
  const { code, message, hint } = limit ?? refusalOf(error.status, headers, asked);
  return new GitHubRefusedError(code, message, {
    hint,
    cause: new Error(`GitHub answered ${error.status}`),
  });
}

type Headers = NonNullable<RequestError["response"]>["headers"];
interface Refusal {
  code: string;
  message: string;
  hint: string;
}

const refused = (code: string, message: string, hint: string): Refusal => ({ code, message, hint });

/** null where no limit is behind it: a token that is refused may be told to wait, too. */
function limitOf(status: number, headers: Headers, hasToken: boolean): Refusal | null {
  if (status === 401) return null;
  if ((status === 403 || status === 429) && headers["x-ratelimit-remaining"] === "0")
    return refused(
      "github-rate-limited",
      `GitHub's hourly limit is used up until ${resetText(headers["x-ratelimit-reset"])}`,
      `What was fetched is kept; run the same command after that.${hasToken ? "" : " With GITHUB_TOKEN set the limit is 5,000 requests an hour instead of 60."}`,
    );
  if (status === 429 || headers["retry-after"] !== undefined)
    return refused(
      "github-rate-limited",
      `GitHub asks to slow down for ${headers["retry-after"] ?? "some"} seconds, again and again`,
      "What was fetched is kept; run the same command in a few minutes.",
    );
  return null;
}

function refusalOf(status: number, headers: Headers, { repository, hasToken }: Asked): Refusal {
  switch (status) {
    case 401:
      return refused(
        "github-token-refused",
        "GitHub does not accept the token",
        "GITHUB_TOKEN may be mistyped, expired or revoked. Make one at https://github.com/settings/tokens with read access to issues.",
      );
    case 403:
      return refused(
        "github-forbidden",
        headers["x-github-sso"] === undefined
          ? `GitHub does not let this token read ${repository}`
          : `the token is not authorised for the single sign-on of ${repository}'s organisation`,
        "The token needs read access to issues (fine-grained: Issues, read-only) of this repository.",
      );
    case 404:
      return refused(
        "github-no-repository",
        `GitHub knows no repository ${repository}`,
        hasToken
          ? "Check the spelling owner/name. A private repository looks like this too, to a token that may not read it."
          : "Check the spelling owner/name. For a private repository set GITHUB_TOKEN.",
      );
    case misdirected:
      return refused(
        "github-moved-away",
        `GitHub leads to another server for ${repository}`,
        "It is not followed, so that the token stays here. GITHUB_API_URL may need the new address.",
      );
    case 410:
      return refused(
        "github-issues-off",
        `issues are turned off in ${repository}`,
        "Turn them on in the repository's settings.",
      );
    default:
      return refused(
        "github-failed",
        `GitHub did not give a usable answer (${status}), after several tries`,
        "What was fetched is kept; run the same command again. https://www.githubstatus.com tells about outages.",
      );
  }
}

/**
 * What went wrong on the way to GitHub as an error for people. Nothing of the request (its token above all) goes
 * into it. Anything that is not GitHub's doing is handed back as it came.
 */
export function githubError(
  error: unknown,
  repository: string,
  hasToken: boolean,
  signal: AbortSignal,
): unknown {
  if (error instanceof SprintcastError) return error;
  if (signal.aborted)
    return new InterruptedError("the sync was interrupted", {
      hint: "What was fetched is kept; the same command goes on from there.",
    });
  return error instanceof RequestError ? refusal(error, { repository, hasToken }) : error;
}
