import { RequestError } from "@octokit/request-error";
import { instantText } from "../core/model/days.ts";
import { GitHubRefusedError, InterruptedError, SprintcastError } from "../errors.ts";
import { apiVersion } from "./client.ts";
import { isHourlyLimit, isLimit } from "./limits.ts";
import { misdirected, toldReset, untrusted } from "./whole-answers.ts";

/** When a limit is lifted, from what the server says of it, seconds since 1970. */
export function resetText(reset: string | number | undefined): string {
  const at = new Date(Number(reset) * 1000);
  return Number.isNaN(at.getTime()) ? "a later hour" : at.toISOString();
}

/** The part of a failure on the wire that helps and tells nothing of the request. */
function unreachable(error: RequestError): SprintcastError {
  const host = URL.canParse(error.request.url) ? new URL(error.request.url).host : "GitHub";
  const thrown = error.cause as Error & { cause?: { code?: unknown } };
  const cutOff = thrown instanceof SyntaxError;
  const why = String(cutOff ? "its answers are cut off" : (thrown.cause?.code ?? thrown.name));
  const cause = new Error(`no whole answer from ${host}: ${why}`);
  return new GitHubRefusedError("github-unreachable", `${host} cannot be reached (${why})`, {
    hint: "Look at the network, the proxy and GITHUB_API_URL. What was fetched is kept; run the same command to continue.",
    cause,
  });
}

/** What was asked, as far as it explains a refusal. */
export interface Asked {
  repository: string;
  /** The token that was shown, by the variable that holds it; null: none. */
  shown: { variable: string; value: string } | null;
  /** GitHub took it a moment ago. */
  wasTaken: boolean;
}

function refusal(error: RequestError, asked: Asked): SprintcastError {
  if (error.response === undefined && error.cause instanceof Error) return unreachable(error);
  const headers = error.response?.headers ?? {};
  const said = saidBy(error, asked);
  const limit = limitOf(error, headers, asked);
  const { code, message, hint } = limit ?? refusalOf(error.status, headers, said, asked);
  return new GitHubRefusedError(code, message, {
    hint,
    cause: new Error(`GitHub answered ${error.status}${said === "" ? "" : `: ${said}`}`),
  });
}

/** GitHub's own words, where they are short enough and hold nothing of the token; else none. */
function saidBy({ response }: RequestError, asked: Asked): string {
  const { message } = (response?.data ?? {}) as { message?: unknown };
  return safe(message, asked);
}

const safe = (words: unknown, { shown }: Asked): string =>
  typeof words === "string" && words.length <= 300 && (shown === null || !words.includes(shown.value))
    ? words
    : "";

type Headers = NonNullable<RequestError["response"]>["headers"];
interface Refusal {
  code: string;
  message: string;
  hint: string;
}

const refused = (code: string, message: string, hint: string): Refusal => ({ code, message, hint });

/** null where no limit is behind it. */
function limitOf(error: RequestError, headers: Headers, { shown }: Asked): Refusal | null {
  if (!isLimit(error)) return null;
  if (isHourlyLimit(error))
    return refused(
      "github-rate-limited",
      `GitHub's hourly limit is used up until ${resetText(toldReset(headers))}`,
      `What was fetched is kept; run the same command after that.${shown ? "" : " With GITHUB_TOKEN set the limit is 5,000 requests an hour instead of 60."}`,
    );
  return refused(
    "github-rate-limited",
    `GitHub asks to slow down${spanText(headers["retry-after"])}, again and again`,
    "What was fetched is kept; run the same command in a few minutes.",
  );
}

/** For how long, as a server may say it: in seconds, or as the date (RFC 9110, 10.2.3) until which; "" for anything else. */
function spanText(retryAfter: string | number | undefined): string {
  const said = String(retryAfter ?? "").trim();
  if (/^\d+$/.test(said)) return ` for ${said} s`;
  const until = said.endsWith(" GMT") ? Date.parse(said) : Number.NaN;
  return Number.isFinite(until) ? ` until ${instantText(until)}` : "";
}

function tokenRefused({ shown, wasTaken }: Asked): Refusal {
  const name = shown?.variable ?? "GITHUB_TOKEN";
  return wasTaken
    ? refused(
        "github-token-refused",
        `GitHub took ${name} a moment ago and does not accept it any more`,
        "It expired or was revoked on the way: a token of a GitHub App lives for an hour. What was fetched is kept; run the same command with a new one.",
      )
    : refused(
        "github-token-refused",
        "GitHub does not accept the token",
        `${name} may be mistyped, expired or revoked. Make one with read access to issues at https://github.com/settings/tokens, on another GitHub at the same place of its settings.`,
      );
}

/** Why a token that is known may not read, as far as GitHub says. */
function forbidden(headers: Headers, said: string, asked: Asked): Refusal {
  const { repository } = asked;
  if (headers["x-github-sso"] !== undefined || /\bSAML\b/.test(said))
    return refused(
      "github-single-sign-on",
      `the token is not authorised for the single sign-on of ${repository}'s organisation`,
      "Authorise it at https://github.com/settings/tokens, under Configure SSO; on another GitHub at the same place of its settings.",
    );
  if (/\baccess blocked\b/i.test(said)) return blocked(asked);
  const wants = safe(headers["x-accepted-github-permissions"], asked);
  const needed = wants === "" ? "" : ` GitHub asks for: ${wants}.`;
  return refused(
    "github-forbidden",
    `GitHub does not let this token read ${repository}${said === "" ? "" : `: ${said}`}`,
    `The token needs read access to issues (fine-grained token or GitHub App: Issues, read-only) of this repository.${needed}`,
  );
}

/** Of a repository that breaks GitHub's terms or the law, whoever asks. */
const blocked = ({ repository }: Asked): Refusal =>
  refused(
    "github-blocked",
    `GitHub has blocked access to ${repository}`,
    "No token helps: the repository's page on GitHub says why. What was fetched before is kept.",
  );

function refusalOf(status: number, headers: Headers, said: string, asked: Asked): Refusal {
  const { repository, shown } = asked;
  switch (status) {
    case 400:
      return refused(
        "github-api-version",
        `GitHub does not take the question${said === "" ? "" : `: ${said}`}`,
        `Sprintcast asks in edition ${apiVersion} of the REST API. A GitHub that has given it up needs a newer Sprintcast (npm install sprintcast@latest).`,
      );
    case 401:
      return tokenRefused(asked);
    case 403:
      return forbidden(headers, said, asked);
    case 404:
      return refused(
        "github-no-repository",
        `GitHub knows no repository ${repository}`,
        shown
          ? "Check the spelling owner/name. A private repository looks like this too, to a token that may not read it."
          : "Check the spelling owner/name. For a private repository set GITHUB_TOKEN.",
      );
    case misdirected:
      return refused(
        "github-moved-away",
        `GitHub leads to another server for ${repository}`,
        "It is not followed, so that the token stays here. GITHUB_API_URL may need the new address.",
      );
    case 451:
      return blocked(asked);
    case untrusted:
      return refused(
        "github-certificate",
        `the certificate of GitHub's server is not trusted (${said})`,
        "Is it signed by an authority of your own? Name the file with that authority's certificate (PEM) in NODE_EXTRA_CA_CERTS and run the same command again.",
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
export function githubError(error: unknown, asked: Asked, signal: AbortSignal): unknown {
  if (error instanceof SprintcastError) return error;
  if (signal.aborted)
    return new InterruptedError("the sync was interrupted", {
      hint: "What was fetched is kept; run the same command to continue.",
    });
  return error instanceof RequestError ? refusal(error, asked) : error;
}

/** A question that went to GraphQL, by its address. */
export const isGraph = (error: unknown): boolean =>
  error instanceof RequestError && error.request.url.endsWith("/graphql");
