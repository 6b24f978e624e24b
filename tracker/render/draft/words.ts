import type { Card } from "../../core/model/report.ts";

/** A card's name in Markdown prose. Titles come from GitHub and are escaped, so that they stay words. */
export const cardName = (card: { number: number; title: string }): string =>
  `#${card.number} ${escapeMarkdown(card.title).trim()}`;

export const cardLine = (card: Card): string => `${cardName(card)} (${card.size ?? "no size"})`;

/** Text that Markdown must not read as markup, on one line; also safe inside an HTML comment. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/[\\`*_{}[\]<>|~]/g, "\\$&")
    .replace(/--+/g, (dashes) => [...dashes].join("\\"))
    .replace(/::/g, ":\\:");
}

export const bullets = (lines: string[], mark = "-"): string =>
  lines.map((line) => `${mark} ${line}\n`).join("");

/** A question to the writer, as a comment that the published page does not show. */
export const prompt = (text: string): string => `<!-- ${text} -->`;
