import { keyAt, placeOf, type Repositories } from "../model/repositories.ts";
import { quoteMark, visibleLines } from "./visible-lines.ts";

const maybe = /(?:close|fix|resolve)/i;
const closing =
  /(?<![\p{L}\p{N}_-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:GH-|#|(?:https?:\/\/[^/\s]+\/)?([\w.-]+\/[\w.-]+)(?:#|\/issues\/))([1-9]\d{0,8})(?!\d)/giu;

/**
 * The issues that a pull request says it closes, first named first, by GitHub's words for it in its title or text:
 * `Fixes #12`, `closes owner/name#12`, an issue's address. Issues of other repositories than these are none. Its own
 * number and the issues' are keys.
 * https://docs.github.com/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
 */
export function issuesClosed(
  { number: pull, title, body }: { number: number; title: string; body: string | null },
  repositories: Repositories,
): number[] {
  const own = body !== null && maybe.test(body) ? (visibleLines(body) ?? []) : [];
  const lines = [title, ...own.filter((line) => !line.startsWith(quoteMark))];
  const found = lines.flatMap((line) =>
    [...line.matchAll(closing)].flatMap(([, repository, number]) =>
      repository === undefined
        ? [keyAt(placeOf(pull), Number(number))]
        : (repositories.keyOf(repository, Number(number)) ?? []),
    ),
  );
  return [...new Set(found)];
}
