import { palette, percentileName, timesShown } from "sprintcast/charts";
import { daysText, figuresIn, meanThroughput, shareText, shortOf, unknown } from "sprintcast/render";
import type { Flow, Report } from "sprintcast/report";
import { promisesOf, restatementOf, tallyOf } from "sprintcast/report";
import type { Words } from "sprintcast/words";
import { figureOf, sumOf } from "../view-models/figures.ts";

/** What stands on a page's picture for link previews (1200 × 630). */
export interface Picture {
  site: string;
  kicker: string;
  title: string;
  figures: { label: string; text: string }[];
  bar: { colour: string; width: number }[];
}

const colours: Record<string, string> = {
  completed: palette.done.light,
  open: palette.open.light,
  dropped: palette.ice.light,
};

const withUnit = ({ text, unit }: ReturnType<typeof figureOf>): string => `${text} ${unit}`.trim();

/** The ledger's own figures, for the page of debts. */
export function debtFigures(report: Report, words: Words): Picture["figures"] {
  const { debtOpen, debtOpened, debtPaid, daysOwed } = figuresIn(words);
  return [
    { label: debtOpen.label, text: figureOf(report, "debtOpen", words).text },
    { label: shortOf(debtOpened), text: figureOf(report, "debtOpened", words).text },
    { label: shortOf(debtPaid), text: figureOf(report, "debtPaid", words).text },
    { label: daysOwed.label, text: withUnit(figureOf(report, "daysOwed", words)) },
  ];
}

/** How long work takes, for the page of flow. */
export function flowFigures(flow: Flow, words: Words): Picture["figures"] {
  const {
    flowFigures: table,
    pages: { images: texts },
  } = words.texts;
  const { key, spread } = timesShown(flow);
  const times = (["p50", "p85"] as const).map((name) => ({
    label: words.say(texts.time, { label: table[key].label, share: percentileName(name, words) }),
    text:
      spread.days[name] === null
        ? unknown
        : words.say(texts.days, { days: daysText(spread.days[name], words) }),
  }));
  return [
    { label: texts.finished, text: words.numeral(flow.finished.length) },
    ...times,
    { label: texts.perWeek, text: daysText(meanThroughput(flow), words) },
    { label: texts.inProgress, text: words.numeral(flow.ageing.length) },
  ];
}

/** What became of all promises, for their page. */
export function kalmFigures(reports: Report[], words: Words): Picture["figures"] {
  const { images: texts } = words.texts.pages;
  const all = promisesOf(reports);
  const { kept, dropped, rate } = tallyOf(all);
  return [
    { label: texts.promises, text: words.numeral(all.length) },
    { label: texts.answered, text: words.numeral(kept + dropped) },
    { label: texts.kept, text: words.numeral(kept) },
    { label: shortOf(figuresIn(words).keepRate), text: shareText(rate, words) },
  ];
}

/** @param report the figures to show; null: none, the page belongs to no sprint. */
export function pictureFor(
  site: string,
  kicker: string,
  title: string,
  report: Report | null,
  words: Words,
): Picture {
  if (!report) return { site, kicker, title, figures: [], bar: [] };
  const shown = (["committed", "completed", "sayDoInitial"] as const).map((key) =>
    figureOf(report, key, words),
  );
  const [unexpected, daysOwed] = [figureOf(report, "unexpected", words), figureOf(report, "daysOwed", words)];
  const outcome = sumOf(report, words).bars[1]?.segments ?? [];
  return {
    site,
    kicker:
      restatementOf(report) === null
        ? kicker
        : [kicker, words.texts.pages.images.restated].filter((text) => text !== "").join(", "),
    title,
    figures: [
      ...shown.map((figure) => ({ label: figure.label, text: withUnit(figure) })),
      { label: unexpected.label, text: unexpected.text },
      { label: daysOwed.label, text: withUnit(daysOwed) },
    ],
    bar: outcome.map((part) => ({ colour: colours[part.key] ?? palette.plan.light, width: part.width })),
  };
}
