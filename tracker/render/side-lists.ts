import type { Card, FinishedCard, Report, SpentCard } from "../core/model/report.ts";
import { english, type Words } from "../words/words.ts";
import { type FigureKey, figuresIn, titleOf } from "./figures/figures.ts";
import { counted, daysText, referencesText } from "./format.ts";

/** A card of a list beside the sum. */
export interface SideRow {
  card: Card;
  /** What the list says of it. */
  note: string;
  /** When it was so, ISO; null: at no one instant. */
  at: string | null;
}

/** What a report names so that no work and no effort is in no list. */
export interface SideList {
  key: FigureKey;
  title: string;
  rows: SideRow[];
}

const spentWhere: Record<SpentCard["reason"], string> = {
  left: "left the sprint",
  "never in it": "never in the sprint",
  settled: "done or dropped throughout",
};

const finished = (cards: readonly FinishedCard[] = []): SideRow[] =>
  cards.map((card) => ({
    card,
    note: card.lastSprint === null ? "never in a sprint" : `last in sprint ${card.lastSprint}`,
    at: card.finishedAt,
  }));

/** The lists of a report that hold something, in the order in which outputs have them. */
export function sideLists(report: Report, words: Words = english): SideList[] {
  const { removed, spentElsewhere = [], corrections = [], blocked = [] } = report;
  const { finishedOutside, finishedBefore, late } = report;
  const rows: [FigureKey, SideRow[]][] = [
    [
      "removed",
      removed.map((card) => ({
        card,
        note: card.to ? `moved to ${card.to}` : (card.reason ?? "left"),
        at: card.at ?? null,
      })),
    ],
    [
      "blocked",
      blocked.map((card) => ({
        card,
        note: `waited ${counted(card.blockedDays, "day")} for ${referencesText(card.blockedBy ?? [])}`,
        at: card.spans[0]?.from ?? null,
      })),
    ],
    ["finishedOutside", finished(finishedOutside)],
    ["finishedBefore", finished(finishedBefore)],
    ["late", finished(late)],
    [
      "spentElsewhere",
      spentElsewhere.map((card) => ({
        card,
        note: `${daysText(card.actualDays)} d, ${spentWhere[card.reason]}`,
        at: null,
      })),
    ],
    [
      "corrections",
      corrections.map((card) => ({
        card,
        note: `${daysText(-card.correction)} d less than counted before`,
        at: null,
      })),
    ],
  ];
  return rows
    .filter(([, list]) => list.length > 0)
    .map(([key, list]) => ({
      key,
      title: titleOf(figuresIn(words)[key]),
      rows: list.map((row) => ({ ...row, note: words.phrase(row.note) })),
    }));
}
