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

function refusal(error: RequestError, repository: string, hasToken: boolean): SprintcastError {
  if (error.response === undefined && error.cause instanceof Error) return unreachable(error);
  const headers = error.response?.headers ?? {};
  const limited = headers["x-ratelimit-remaining"] === "0";
  const details = (hint: string) => ({ hint, cause: new Error(`GitHub answered ${error.status}`) });
  if (error.status === 401)
    return new GitHubRefusedError(
      "github-token-refused",
      "GitHub does not accept the token",
      details(
        "GITHUB_TOKEN may be mistyped, expired or revoked. Make one at https://github.com/settings/tokens with read access to issues.",
      ),
    );
  if ((error.status === 403 || error.status === 429) && limited)
    return new GitHubRefusedError(
      "github-rate-limited",
      `GitHub's hourly limit is used up until ${resetText(headers["x-ratelimit-reset"])}`,
      details(
        `What was fetched is kept; run the same command after that.${hasToken ? "" : " With GITHUB_TOKEN set the limit is 5,000 requests an hour instead of 60."}`,
      ),
    );
  if (error.status === 429 || headers["retry-after"] !== undefined)
    return new GitHubRefusedError(
      "github-rate-limited",
      `GitHub asks to slow down for ${headers["retry-after"] ?? "some"} seconds, again and again`,
      details("What was fetched is kept; run the same command in a few minutes."),
    );
  if (error.status === 403)
    return new GitHubRefusedError(
      "github-forbidden",
      headers["x-github-sso"] === undefined
        ? `GitHub does not let this token read ${repository}`
        : `the token is not authorised for the single sign-on of ${repository}'s organisation`,
      details("The token needs read access to issues (fine-grained: Issues, read-only) of this repository."),
    );
  if (error.status === 404)
    return new GitHubRefusedError(
      "github-no-repository",
      `GitHub knows no repository ${repository}`,
      details(
        hasToken
          ? "Check the spelling owner/name. A private repository looks like this too, to a token that may not read it."
          : "Check the spelling owner/name. For a private repository set GITHUB_TOKEN.",
      ),
    );
  if (error.status === misdirected)
    return new GitHubRefusedError(
      "github-moved-away",
      `GitHub leads to another server for ${repository}`,
      details("It is not followed, so that the token stays here. GITHUB_API_URL may need the new address."),
    );
  if (error.status === 410)
    return new GitHubRefusedError(
      "github-issues-off",
      `issues are turned off in ${repository}`,
      details("Turn them on in the repository's settings."),
    );
  return new GitHubRefusedError(
    "github-failed",
    `GitHub did not give a usable answer (${error.status}), after several tries`,
    details(
      "What was fetched is kept; run the same command again. https://www.githubstatus.com tells about outages.",
    ),
  );
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
  return error instanceof RequestError ? refusal(error, repository, hasToken) : error;
}
