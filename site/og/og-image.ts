import type { Report } from "../../tracker/core/model/report.ts";
import { daysText, shareText } from "../../tracker/render/format.ts";
import { figureOf, sumOf, unitWord } from "../view-models/figures.ts";
import { keepRate, pledges } from "../view-models/history.ts";

/** What stands on a page's picture for link previews (1200 × 630). */
export interface Picture {
  site: string;
  kicker: string;
  title: string;
  figures: { label: string; text: string }[];
  bar: { colour: string; width: number }[];
}

const colours: Record<string, string> = { completed: "#1c7448", open: "#c9c7bc", frozen: "#1f6f96" };

/** The ledger's own figures, for the page of debts. */
export function debtFigures({ debt }: Report): Picture["figures"] {
  return [
    { label: "debts open", text: String(debt.open) },
    { label: "opened", text: String(debt.opened.length) },
    { label: "paid", text: String(debt.paid.length) },
    { label: "days owed", text: daysText(debt.daysOwed) },
  ];
}

/** What became of all promises, for their page. */
export function kalmFigures(reports: Report[]): Picture["figures"] {
  const all = pledges(reports);
  const { kept, answered, share } = keepRate(all);
  return [
    { label: "promises", text: String(all.length) },
    { label: "answered", text: String(answered) },
    { label: "kept", text: String(kept) },
    { label: "keep rate", text: shareText(share) },
  ];
}

/** @param report the figures to show; null: none, the page belongs to no sprint. */
export function pictureFor(site: string, kicker: string, title: string, report: Report | null): Picture {
  if (!report) return { site, kicker, title, figures: [], bar: [] };
  const text = (key: "committed" | "completed" | "sayDo") => figureOf(report, key);
  const outcome = sumOf(report).bars[1]?.segments ?? [];
  return {
    site,
    kicker,
    title,
    figures: [
      ...[text("committed"), text("completed"), text("sayDo")].map((figure) => ({
        label: figure.label,
        text: `${figure.text} ${unitWord(figure.unit, figure.value)}`.trim(),
      })),
      { label: "unexpected", text: String(report.unexpected.length) },
      { label: "days of debt", text: daysText(report.debt.daysOwed) },
    ],
    bar: outcome.map((part) => ({ colour: colours[part.key] ?? "#33466b", width: part.width })),
  };
}
