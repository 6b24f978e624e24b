import type { Nodes } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Comment } from "./event.ts";
import { roundDays } from "./figures.ts";

const markdown = unified().use(remarkParse);
const command = /^\s*\/spend\s+((?:\d+(?:[.,]\d+)?\s*[dhm]\s*)+)$/i;
const part = /(\d+(?:[.,]\d+)?)\s*([dhm])/gi;

function paragraphs(node: Nodes): string[] {
  if (node.type === "paragraph") return [textOf(node)];
  if (node.type === "blockquote" || node.type === "code" || node.type === "html") return [];
  return "children" in node ? node.children.flatMap((child) => paragraphs(child as Nodes)) : [];
}

/**
 * Man-days that a comment's `/spend 1d 2h` lines report (d days, h hours, m minutes), summed; null where there is
 * none. A line that is quoted or stands in a code block was not meant.
 */
export function parseSpend(body: string, hoursPerDay: number): number | null {
  if (!/\/spend/i.test(body)) return null;
  let days: number | null = null;
  for (const text of paragraphs(markdown.parse(body)))
    for (const line of text.split("\n")) {
      const amounts = command.exec(line)?.[1];
      if (amounts === undefined) continue;
      for (const [, amount, unit] of amounts.matchAll(part)) {
        const n = Number(amount!.replace(",", "."));
        const inDays =
          unit!.toLowerCase() === "d"
            ? n
            : unit!.toLowerCase() === "h"
              ? n / hoursPerDay
              : n / 60 / hoursPerDay;
        days = (days ?? 0) + inDays;
      }
    }
  return days === null ? null : roundDays(days);
}

/** Man-days spent per issue number by comments made in [from, to). */
export function spendByIssue(
  comments: Iterable<Comment>,
  hoursPerDay: number,
  from: number,
  to: number,
): Map<number, number> {
  const spent = new Map<number, number>();
  for (const comment of comments) {
    if (comment.at < from || comment.at >= to) continue;
    const days = parseSpend(comment.body, hoursPerDay);
    if (days !== null) spent.set(comment.issue, roundDays((spent.get(comment.issue) ?? 0) + days));
  }
  return spent;
}
