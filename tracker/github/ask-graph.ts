import { RequestError } from "@octokit/request-error";
import { z } from "zod";
import { GitHubRefusedError } from "../errors.ts";
import type { Client } from "./client.ts";
import { graphErrors, graphRefusal } from "./graph-refusal.ts";
import { toldReset } from "./whole-answers.ts";

/** Where GraphQL is asked: the client, and the address above `/graphql`. */
export interface Graph {
  client: Client;
  base: string;
}

export interface GraphAnswer<T> {
  data: T;
  /** When GitHub gave the answer, epoch milliseconds. */
  at: number;
}

const envelope = z.object({ data: z.unknown().optional(), errors: graphErrors.nullish() });

/**
 * Asks one GraphQL question. An answer with errors is refused whole, the part that came with it too: what is missing
 * from it would look like history that never was. Errors: GitHubRefusedError, RequestError.
 */
export async function askGraph<T>(
  { client, base }: Graph,
  question: { query: string; variables: Record<string, unknown>; retries?: number },
  shape: z.ZodType<T>,
): Promise<GraphAnswer<T>> {
  const { query, variables, retries } = question;
  // The throttling plugin knows GraphQL by the path alone, so the address is split before it.
  const asked = client.request({
    method: "POST",
    baseUrl: base,
    url: "/graphql",
    query,
    variables,
    ...(retries === undefined ? {} : { request: { retries } }),
  });
  const { data: body, headers } = await asked.catch((error: unknown) => {
    // Elsewhere 404 means an unknown repository; here the address itself is wrong.
    throw error instanceof RequestError && error.status === 404
      ? oddAnswer(base, error)
      : (limited(error) ?? error);
  });
  const answer = envelope.safeParse(body);
  if (answer.success && answer.data.errors) throw graphRefusal(answer.data.errors, toldReset(headers));
  const read = shape.safeParse(answer.data?.data);
  if (!read.success) throw oddAnswer(base, read.error);
  const date = Date.parse(headers.date ?? "");
  return { data: read.data, at: Number.isNaN(date) ? Date.now() : date };
}

const oddAnswer = (base: string, { message }: Error): GitHubRefusedError =>
  new GitHubRefusedError("github-odd-answer", `${new URL(base).host} does not answer as GitHub does`, {
    hint: "GITHUB_GRAPHQL_URL must be the address of GitHub's GraphQL API, such as https://api.github.com/graphql.",
    // The request, with its token, hangs on the client's own error.
    cause: new Error(message),
  });

/** What the throttling plugin throws for a limit told in an answer of status 200, once it waits no longer. */
function limited(error: unknown): GitHubRefusedError | null {
  const { data, response } = error as { data?: unknown; response?: { headers?: Record<string, string> } };
  const answer = envelope.safeParse(data);
  return answer.success && answer.data.errors
    ? graphRefusal(answer.data.errors, toldReset(response?.headers ?? {}))
    : null;
}
