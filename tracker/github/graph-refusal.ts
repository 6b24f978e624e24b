import { z } from "zod";
import { GitHubRefusedError } from "../errors.ts";
import { resetText } from "./refusal.ts";

/** `errors` of a GraphQL answer, as GitHub fills it. */
export const graphErrors = z
  .array(
    z.object({
      type: z.string().optional(),
      message: z.string(),
      path: z.array(z.union([z.string(), z.number()])).optional(),
      extensions: z.object({ saml_failure: z.boolean().optional(), code: z.string().optional() }).optional(),
    }),
  )
  .min(1);

type GraphError = z.infer<typeof graphErrors>[number];

/** The answer was too much work for GitHub: fewer issues at a time may do. */
export const tooMuch = "github-too-much";
/** The question names something that this GitHub does not have. */
export const unknownField = "github-projects-unknown";
/** A cursor that GitHub no longer takes. */
export const badCursor = "github-cursor-gone";

const scopes =
  "Name a token for projects in GITHUB_PROJECTS_TOKEN, or use one for both. A classic token needs the scope read:project. A fine-grained token needs the organisation permission Projects (read-only); " +
  "GitHub gives it no access to projects that belong to a user. Without Projects: npx sprintcast sync --no-projects.";

const rules: {
  means: (error: GraphError) => boolean;
  code: string;
  says: string;
  hint: string;
}[] = [
  {
    means: ({ type }) => type === "INSUFFICIENT_SCOPES",
    code: "github-projects-scope",
    says: "the token may not read Projects v2: it lacks the scope read:project",
    hint: scopes,
  },
  {
    means: ({ extensions }) => extensions?.saml_failure === true,
    code: "github-single-sign-on",
    says: "the token is not authorised for the single sign-on of an organisation whose project an issue is in",
    hint: "Authorise it at https://github.com/settings/tokens, under Configure SSO; on another GitHub at the same place of its settings.",
  },
  {
    means: ({ type, path }) => type === "NOT_FOUND" && path?.length === 1,
    code: "github-no-repository",
    says: "GitHub's GraphQL API knows no such repository, or the token may not read it",
    hint: "Check the spelling owner/name, and that GITHUB_TOKEN may read the repository.",
  },
  {
    means: ({ type }) => type === "FORBIDDEN" || type === "NOT_FOUND",
    code: "github-projects-forbidden",
    says: "GitHub does not let this token read a Projects v2 project that an issue is in",
    hint: `It may be private or another owner's. ${scopes}`,
  },
  {
    means: ({ type }) => type === "RESOURCE_LIMITS_EXCEEDED",
    code: tooMuch,
    says: "GitHub finds even a few issues with their projects too much for one answer",
    hint: "What was fetched is kept; run the same command again. npx sprintcast sync --no-projects does without.",
  },
  {
    means: ({ type, message }) => type === "INVALID_CURSOR_ARGUMENTS" || /\bcursor\b/i.test(message),
    code: badCursor,
    says: "GitHub no longer knows the page on which the last sync stopped",
    hint: "Run the same command again.",
  },
  {
    means: ({ extensions }) => extensions?.code === "undefinedField" || extensions?.code === "undefinedType",
    code: unknownField,
    says: "this GitHub does not know the history of Projects v2, or the fields of issues",
    hint: "An older GitHub Enterprise Server has neither: mark sprints, lanes and estimates with milestones and labels, and sync with --no-projects.",
  },
];

/** Errors of a GraphQL answer as one for people. GitHub's own words go into the cause; they hold nothing of the token. */
export function graphRefusal(
  errors: readonly GraphError[],
  reset: string | number | undefined,
): GitHubRefusedError {
  const cause = new Error(
    errors
      .slice(0, 3)
      .map(({ type, message, path }) => `${type ?? "error"}: ${message}${path ? ` (${path.join(".")})` : ""}`)
      .join("; "),
  );
  if (errors.some(({ type, message }) => type === "RATE_LIMITED" || /\bsecondary rate\b/i.test(message)))
    return new GitHubRefusedError(
      "github-rate-limited",
      `GitHub's limit of GraphQL is used up until ${resetText(reset)}`,
      { hint: "What was fetched is kept; run the same command after that.", cause },
    );
  // The rules stand in order of weight: a missing scope explains what else went wrong beside it.
  const rule = rules.find(({ means }) => errors.some(means));
  if (rule !== undefined) return new GitHubRefusedError(rule.code, rule.says, { hint: rule.hint, cause });
  return new GitHubRefusedError("github-failed", "GitHub's GraphQL API did not give a usable answer", {
    hint: "What was fetched is kept; run the same command again. https://www.githubstatus.com tells about outages.",
    cause,
  });
}
