import { RequestError } from "@octokit/request-error";
import { GitHubRefusedError, InterruptedError, SprintcastError } from "../errors.ts";

const when = (reset: string | undefined): string =>
  reset === undefined ? "later" : new Date(Number(reset) * 1000).toISOString();

function refusal(error: RequestError, repository: string, hasToken: boolean): SprintcastError {
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
      `GitHub's hourly limit is used up until ${when(headers["x-ratelimit-reset"])}`,
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
export function explainFailure(
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
