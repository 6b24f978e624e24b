import type { Card, Report } from "../../core/model/report.ts";
import type { SizeUnit } from "../../core/model/rules.ts";
import type { Sprint } from "../../core/model/sprint.ts";
import { issueNameOf } from "../../core/report/issue-refs.ts";
import type { Unit } from "../../core/report/unit.ts";
import { counted, daysText, sizeSumText } from "../format.ts";

/** A card's name in Markdown prose. Titles come from GitHub and are escaped, so that they stay words. */
export const cardName = (card: Pick<Card, "number" | "ref" | "title">): string =>
  `${escapeMarkdown(issueNameOf(card))} ${escapeMarkdown(card.title).trim()}`;

export const cardLine = (card: Card): string => `${cardName(card)} (${card.size ?? "no size"})`;

/** from 0.5 to 1 day, from 2 to 5 points */
export const reestimateText = (
  { daysBefore, daysAfter }: Report["reestimated"][number],
  unit: SizeUnit,
): string =>
  `from ${daysText(daysBefore)} to ${daysAfter === null ? daysText(null) : sizeSumText(daysAfter, unit)}`;

/** 1 day, 8.2 days, 5 points, 1 task. */
export const amountOf = (amount: number, unit: Unit): string =>
  counted(amount, { days: "day", points: "point", tasks: "task" }[unit]);

/** Text that Markdown must not read as markup, on one line; also safe inside an HTML comment. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/[\\`*_{}[\]<>|~]|&(?=#?\w+;)/g, "\\$&")
    .replace(/--+/g, (dashes) => [...dashes].join("\\"))
    .replace(/::/g, ":\\:");
}

export const bullets = (lines: string[], mark = "-"): string =>
  lines.map((line) => `${mark} ${line}\n`).join("");

/** A question to the writer, as a comment that the published page does not show. */
export const prompt = (text: string): string => `<!-- ${text} -->`;

/** The lines of front matter that say whose post it is. */
export const sprintLines = ({ number, team }: Pick<Sprint, "number" | "team">): string[] => [
  `sprint: ${number}`,
  ...(team === undefined ? [] : [`team: ${JSON.stringify(team)}`]),
];
