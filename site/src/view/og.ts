import type { Report } from "../../../tracker/core/report.ts";
import { figureOf, sumOf, unitWord } from "./figures.ts";
import { formatDays } from "./format.ts";

/** What stands on a page's picture for link previews (1200 × 630). */
export interface Picture {
  site: string;
  kicker: string;
  title: string;
  figures: { label: string; text: string }[];
  bar: { colour: string; width: number }[];
}

const colours: Record<string, string> = { completed: "#1c7448", open: "#c9c7bc", frozen: "#1f6f96" };

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
      { label: "days of debt", text: formatDays(report.debt.daysOwed) },
    ],
    bar: outcome.map((part) => ({ colour: colours[part.key] ?? "#33466b", width: part.width })),
  };
}
