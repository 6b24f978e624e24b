import { visibleLines } from "./visible-lines.ts";

const maybe = /(?:close|fix|resolve)/i;
const closing =
  /(?<![\p{L}\p{N}_-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:GH-|#|(?:https?:\/\/[^/\s]+\/)?([\w.-]+\/[\w.-]+)(?:#|\/issues\/))([1-9]\d{0,8})(?!\d)/giu;

/**
 * Numbers of the issues that a pull request says it closes, first named first, by GitHub's words for it in its title or
 * text: `Fixes #12`, `closes owner/name#12`, an issue's address. Issues of another repository than `repository` are none.
 * https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
 */
export function issuesClosed(
  { title, body }: { title: string; body: string | null },
  repository: string,
): number[] {
  const lines = [title, ...(body !== null && maybe.test(body) ? visibleLines(body) : [])];
  const found = lines.flatMap((line) =>
    [...line.matchAll(closing)].flatMap(([, owner, number]) =>
      owner === undefined || owner.toLowerCase() === repository.toLowerCase() ? [Number(number)] : [],
    ),
  );
  return [...new Set(found)];
}
