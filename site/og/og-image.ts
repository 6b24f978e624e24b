import { percentileNames, timesShown } from "sprintcast/charts";
import {
  daysText,
  figures,
  flowFigures as flowTable,
  meanThroughput,
  shareText,
  shortOf,
  unknown,
} from "sprintcast/render";
import type { Flow, Report } from "sprintcast/report";
import { promisesOf, restatementOf, tallyOf } from "sprintcast/report";
import { figureOf, sumOf } from "../view-models/figures.ts";

/** What stands on a page's picture for link previews (1200 × 630). */
export interface Picture {
  site: string;
  kicker: string;
  title: string;
  figures: { label: string; text: string }[];
  bar: { colour: string; width: number }[];
}

const colours: Record<string, string> = { completed: "#1c7448", open: "#c9c7bc", dropped: "#1f6f96" };

const withUnit = ({ text, unit }: ReturnType<typeof figureOf>): string => `${text} ${unit}`.trim();

/** The ledger's own figures, for the page of debts. */
export function debtFigures(report: Report): Picture["figures"] {
  const { debtOpen, debtOpened, debtPaid, daysOwed } = figures;
  return [
    { label: debtOpen.label, text: figureOf(report, "debtOpen").text },
    { label: shortOf(debtOpened), text: figureOf(report, "debtOpened").text },
    { label: shortOf(debtPaid), text: figureOf(report, "debtPaid").text },
    { label: daysOwed.label, text: withUnit(figureOf(report, "daysOwed")) },
  ];
}

/** How long work takes, for the page of flow. */
export function flowFigures(flow: Flow): Picture["figures"] {
  const { key, spread } = timesShown(flow);
  const times = (["p50", "p85"] as const).map((name) => ({
    label: `${flowTable[key].label} ${percentileNames[name]}`,
    text: spread.days[name] === null ? unknown : `${daysText(spread.days[name])} d`,
  }));
  return [
    { label: "finished", text: String(flow.finished.length) },
    ...times,
    { label: "a week", text: daysText(meanThroughput(flow)) },
    { label: "in progress", text: String(flow.ageing.length) },
  ];
}

/** What became of all promises, for their page. */
export function kalmFigures(reports: Report[]): Picture["figures"] {
  const all = promisesOf(reports);
  const { kept, dropped, rate } = tallyOf(all);
  return [
    { label: "promises", text: String(all.length) },
    { label: "answered", text: String(kept + dropped) },
    { label: "kept", text: String(kept) },
    { label: shortOf(figures.keepRate), text: shareText(rate) },
  ];
}

/** @param report the figures to show; null: none, the page belongs to no sprint. */
export function pictureFor(site: string, kicker: string, title: string, report: Report | null): Picture {
  if (!report) return { site, kicker, title, figures: [], bar: [] };
  const shown = (["committed", "completed", "sayDo"] as const).map((key) => figureOf(report, key));
  const outcome = sumOf(report).bars[1]?.segments ?? [];
  return {
    site,
    kicker:
      restatementOf(report) === null ? kicker : [kicker, "restated"].filter((text) => text !== "").join(", "),
    title,
    figures: [
      ...shown.map((figure) => ({ label: figure.label, text: withUnit(figure) })),
      { label: figures.unexpected.label, text: figureOf(report, "unexpected").text },
      { label: figures.daysOwed.label, text: withUnit(figureOf(report, "daysOwed")) },
    ],
    bar: outcome.map((part) => ({ colour: colours[part.key] ?? "#33466b", width: part.width })),
  };
}
