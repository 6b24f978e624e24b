import type { Nodes } from "mdast";
import remarkParse from "remark-parse";
import { unified } from "unified";

const markdown = unified().use(remarkParse);
const command = /^\s*\/spend\s+((?:\d+(?:[.,]\d+)?\s*[dhm]\s*)+)$/i;
const part = /(\d+(?:[.,]\d+)?)\s*([dhm])/gi;

/** A paragraph as lines of plain words. Code in it becomes a mark that no command can hold. */
function plainText(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type === "break") return "\n";
  return "children" in node ? node.children.map((child) => plainText(child as Nodes)).join("") : "\u0000";
}

function paragraphs(node: Nodes): string[] {
  if (node.type === "paragraph") return [plainText(node)];
  if (node.type === "blockquote" || node.type === "code" || node.type === "html") return [];
  return "children" in node ? node.children.flatMap((child) => paragraphs(child as Nodes)) : [];
}

/**
 * Man-days that a comment's `/spend 1d 2h` lines report (d days, h hours, m minutes), summed; null where there is
 * none; not rounded. A line that is quoted or stands in code was not meant.
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
  return days;
}
