import type { Report } from "../../core/model/report.ts";
import { safeText } from "../safe-text.ts";
import { cut, factsOf, type MessageCard, type MessageFacts } from "./facts.ts";

/** Teams refuses messages above 28 KB. */
export const teamsLimit = 28 * 1024;

const longest = 300;

/** A run of text is never read as markup, unlike a TextBlock, so titles stand in it alone. */
const run = (text: string, more: Record<string, unknown> = {}) => ({
  type: "TextRun",
  text: cut(safeText(text), longest),
  ...more,
});
const line = (...inlines: unknown[]) => ({ type: "RichTextBlock", inlines });

function cardLine({ name, title, url }: MessageCard) {
  const isLink = /^https?:\/\//i.test(url) && url.length <= 500;
  const open = isLink ? { selectAction: { type: "Action.OpenUrl", url } } : {};
  return line(run("• "), run(name, open), run(` ${title}`));
}

const listLines = ({ title, cards, more }: MessageFacts["lists"][number]) => [
  line(run(`${title} (${cards.length + more})`, { weight: "Bolder" })),
  ...cards.map(cardLine),
  ...(more === 0 ? [] : [line(run(`and ${more} more`))]),
];

/** A sprint's report as an Adaptive Card, as a Teams workflow for webhook requests takes it. */
export function teamsMessage(report: Report, page: string | null) {
  const facts = factsOf(report);
  const goal = facts.goal === "" ? [] : [run(`: ${facts.goal}`)];
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            line(run(facts.title, { size: "Large", weight: "Bolder" })),
            line(run(facts.span, { isSubtle: true })),
            line(run(facts.verdict, { weight: "Bolder" }), ...goal),
            ...(facts.figures.length === 0
              ? []
              : [
                  {
                    type: "FactSet",
                    facts: facts.figures.map(({ label, value }) => ({ title: label, value })),
                  },
                ]),
            ...facts.lists.flatMap(listLines),
            line(run(facts.known, { isSubtle: true })),
          ],
          actions: page === null ? [] : [{ type: "Action.OpenUrl", title: "Open the report", url: page }],
        },
      },
    ],
  };
}
