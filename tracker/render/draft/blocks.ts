import { createHash } from "node:crypto";

/**
 * A draft is a human's text with blocks of ours in it. A block opens with `<!-- sprintcast:NAME DIGEST -->` and ends
 * with `<!-- /sprintcast:NAME -->`. As long as the digest fits the lines between, nobody has edited them and they may
 * be renewed; once it does not, the block belongs to the human for good.
 */
const blockPattern = /^<!-- sprintcast:([a-z-]+) ([0-9a-f]{12}) -->\n([\s\S]*?)^<!-- \/sprintcast:\1 -->$/gm;

const digest = (body: string): string => createHash("sha256").update(body).digest("hex").slice(0, 12);

/** One block; `body` is Markdown lines, `name` is unique within the post. */
export function renderBlock(name: string, body: string): string {
  const lines = body.endsWith("\n") || body === "" ? body : `${body}\n`;
  return `<!-- sprintcast:${name} ${digest(lines)} -->\n${lines}<!-- /sprintcast:${name} -->`;
}

/** The human's text with every untouched block renewed from `fresh`. Everything else keeps its bytes. */
export function renewBlocks(existing: string, fresh: string): string {
  const renewed = new Map([...fresh.matchAll(blockPattern)].map((match) => [match[1], match[0]]));
  return existing.replaceAll(blockPattern, (whole: string, name: string, seal: string, body: string) =>
    seal === digest(body) ? (renewed.get(name) ?? whole) : whole,
  );
}

/** What a human wrote: the text without its untouched blocks, in the pieces between them. */
export function humanParts(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(blockPattern)) {
    if (match[2] !== digest(match[3] ?? "")) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
