import type { Report } from "../../core/model/report.ts";
import { safeText } from "../safe-text.ts";
import { cut, factsOf, type MessageCard, type MessageFacts } from "./facts.ts";

/** Block Kit's limits: https://docs.slack.dev/reference/block-kit/blocks */
export const slackLimits = {
  blocks: 50,
  header: 150,
  field: 2000,
  fields: 10,
  /** A message's text; Slack cuts far longer ones. */
  text: 4000,
  /** Of one text element, kept well below what a section may hold. */
  element: 2800,
  url: 3000,
} as const;

type Block = { type: string } & Record<string, unknown>;
export interface SlackMessage {
  /** For notifications, and where blocks are not shown. */
  text: string;
  blocks: Block[];
}

/** The three characters that begin something of Slack's own in its texts. */
const escaped = (text: string): string =>
  safeText(text).replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign);

const plainText = (text: string, most: number) => ({
  type: "plain_text",
  text: cut(safeText(text), most),
  emoji: false,
});

/** Rich text is never read as markup, so titles stand in it alone. */
const words = (text: string, style?: { bold: true }) => ({
  type: "text",
  text: cut(safeText(text), slackLimits.element),
  ...(style === undefined ? {} : { style }),
});

const richText = (...elements: unknown[]): Block => ({ type: "rich_text", elements });
const line = (...elements: unknown[]) => ({ type: "rich_text_section", elements });

function cardLine({ name, title, url }: MessageCard) {
  const isLink = /^https?:\/\//i.test(url) && url.length <= slackLimits.url;
  const link = isLink ? { type: "link", url, text: cut(safeText(name), 200) } : words(name);
  return line(link, words(` ${title}`));
}

function listBlock({ title, cards, more }: MessageFacts["lists"][number]): Block {
  return richText(line(words(`${title} (${cards.length + more})`, { bold: true })), {
    type: "rich_text_list",
    style: "bullet",
    elements: [...cards.map(cardLine), ...(more === 0 ? [] : [line(words(`and ${more} more`))])],
  });
}

/** A sprint's report for Slack, as an incoming webhook takes it. `page`: address of the sprint's page; null: none. */
export function slackMessage(report: Report, page: string | null): SlackMessage {
  const facts = factsOf(report);
  const goal = facts.goal === "" ? [] : [words(`: ${facts.goal}`)];
  const link = page === null ? [] : [words(" "), { type: "link", url: page, text: "Open the report" }];
  return {
    text: cut(escaped(`${facts.title}. ${facts.verdict}.`), slackLimits.text),
    blocks: [
      { type: "header", text: plainText(facts.title, slackLimits.header) },
      { type: "context", elements: [plainText(facts.span, slackLimits.element)] },
      richText(line(words(facts.verdict, { bold: true }), ...goal)),
      ...(facts.figures.length === 0
        ? []
        : [
            {
              type: "section",
              fields: facts.figures.slice(0, slackLimits.fields).map(({ label, value }) => ({
                type: "mrkdwn",
                text: cut(`*${escaped(label)}*\n${escaped(value)}`, slackLimits.field),
              })),
            },
          ]),
      ...facts.lists.map(listBlock),
      richText(line(words(facts.known), ...link)),
    ],
  };
}
