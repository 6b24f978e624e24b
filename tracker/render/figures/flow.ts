import type { Flow } from "../../core/model/flow.ts";
import type { Provenance } from "../../core/model/provenance.ts";
import { flowFigures as texts } from "../../words/en/flow-figures.ts";
import { english, type Words } from "../../words/words.ts";

/** What is said about a figure of flow in any output. Its key is that of the flow's JSON. */
export interface FlowFigure {
  label: string;
  title: string;
  /** One sentence. */
  definition: string;
  /** Further sentences, for the documentation. */
  more?: string;
}

export type FlowFigureKey = keyof typeof texts & keyof Flow;

/** The one table of the figures of flow: every output and docs/figures.md read it. */
export const flowFigures: Record<FlowFigureKey, FlowFigure> = texts;

export const flowFigureKeys = Object.keys(texts) as FlowFigureKey[];

/** The figures of flow that are not replayed in full, with how they are known. */
export const doubtfulFlow = (
  { provenance }: Flow,
  words: Words = english,
): { label: string; provenance: Provenance }[] =>
  flowFigureKeys.flatMap((key) => {
    const known = provenance[key] ?? "replayed";
    return known === "replayed" ? [] : [{ label: words.texts.flowFigures[key].label, provenance: known }];
  });

/** The mean of the weeks that lie in the span as a whole; null: there is none. */
export function meanThroughput({ weeks }: Pick<Flow, "weeks">): number | null {
  const whole = weeks.filter(({ isWhole }) => isWhole);
  if (whole.length === 0) return null;
  return whole.reduce((sum, { finished }) => sum + finished, 0) / whole.length;
}
