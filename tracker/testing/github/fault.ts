import type { FastifyReply } from "fastify";

/** What goes wrong with one request. The first seven mend themselves when asked again. */
export type Fault =
  | "bad-gateway"
  | "secondary-limit"
  | "secondary-limit-bare"
  | "abuse-limit"
  | "too-many"
  | "dropped-connection"
  | "truncated-json"
  | "rate-limit"
  | "forbidden"
  | "not-found"
  | "single-sign-on"
  | "not-permitted"
  | "kept-out"
  | "edition-over"
  | "issues-off"
  | "moved-away"
  | "blocked"
  | "blocked-by-law"
  | "unasked-304"
  | "no-content"
  | "not-github";

/** Faults that a sync must survive. */
export const passing = [
  "bad-gateway",
  "secondary-limit",
  "secondary-limit-bare",
  "abuse-limit",
  "too-many",
  "dropped-connection",
  "truncated-json",
] as const;

/** The fault at each request, counted from 1, that `isHit` takes; `count` of them so far. */
export function faultsAt(
  fault: Fault,
  isHit: (request: number) => boolean,
): { faultAt: (request: number) => Fault | null; readonly count: number } {
  let count = 0;
  return {
    faultAt(request) {
      if (!isHit(request)) return null;
      count += 1;
      return fault;
    },
    get count() {
      return count;
    },
  };
}

export interface FaultTimes {
  /** Seconds named by the `retry-after` of a limit. Default 1. */
  retryAfter?: number;
  /** When the hourly limit is reset, seconds since 1970. */
  reset?: number;
  /** What the answer of a limit says of it, in the place of when it is reset. */
  limitHeaders?: Record<string, string>;
  /** GitHub's words where it forbids. */
  forbiddenSays?: string;
  /** The permissions that it asks for then. */
  permissions?: string;
}

const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

/** Answers as GitHub does when something is wrong. */
export function answerFault(fault: Fault, reply: FastifyReply, times: FaultTimes): FastifyReply {
  const refuse = (message: string, headers: Record<string, string> = {}) =>
    reply.code(403).headers(headers).send({ message });
  switch (fault) {
    case "bad-gateway":
      return reply.code(502).type("text/html").send("<html>Bad gateway</html>");
    case "secondary-limit":
      return refuse(secondary, { "retry-after": String(times.retryAfter ?? 1) });
    case "secondary-limit-bare":
      return refuse(secondary);
    case "abuse-limit":
      return refuse("You have triggered an abuse detection mechanism. Please wait a few minutes.");
    case "blocked":
      return refuse("Repository access blocked");
    case "blocked-by-law":
      return reply.code(451).send({ message: "Repository access blocked" });
    case "no-content":
      return reply.code(204).send();
    case "unasked-304":
      return reply.code(304).send();
    case "too-many":
      return reply
        .code(429)
        .header("retry-after", String(times.retryAfter ?? 1))
        .type("text/plain")
        .send("Slow down");
    case "rate-limit":
      return refuse(
        "API rate limit exceeded for 127.0.0.1.",
        times.limitHeaders ?? { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(times.reset ?? 0) },
      );
    case "not-found":
      return reply.code(404).send({ message: "Not Found" });
    case "forbidden":
      return refuse(times.forbiddenSays ?? "Resource not accessible by personal access token");
    case "not-permitted":
      return refuse("Resource not accessible by integration", {
        "x-accepted-github-permissions": times.permissions ?? "issues=read",
      });
    case "kept-out":
      return refuse(
        "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
      );
    case "edition-over":
      return reply.code(400).send({ message: "Not a supported version" });
    case "single-sign-on":
      return refuse("Resource protected by organization SAML enforcement.", {
        "x-github-sso": "required; url=https://github.invalid/orgs/acme/sso",
      });
    case "issues-off":
      return reply.code(410).send({ message: "Issues are disabled for this repo" });
    case "moved-away":
      return reply.code(301).header("location", "https://elsewhere.invalid/repos/a/b").send();
    case "not-github":
      return reply.type("text/html").send("<!doctype html><title>Welcome to our intranet</title>");
    case "truncated-json":
      return reply.type("application/json").send('[{"number": 1, "title": "cut o');
    case "dropped-connection":
      reply.hijack();
      reply.raw.destroy();
      return reply;
  }
}
