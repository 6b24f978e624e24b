import type { KalmAnswer, KalmEntry, KalmKind, Report } from "../model/report.ts";

export const kalmKinds: KalmKind[] = ["keep", "add", "less", "more"];

/** A promise of a review with the newest answer to it. */
export interface Pledge extends KalmEntry {
  kind: KalmKind;
  /** true kept, false dropped, null still open. */
  kept: boolean | null;
  /** Number of the sprint whose review answered; null while open. */
  answeredIn: number | null;
  /** Sprints from promise to answer, or to the newest sprint while open. */
  age: number;
}

/** Every promise of these reports in the order they were made: by sprint, then keep, add, less, more. */
export function pledgesOf(reports: Report[]): Pledge[] {
  const inOrder = reports.toSorted((a, b) => a.sprint.number - b.sprint.number);
  const newest = inOrder.at(-1)?.sprint.number ?? 0;
  const answers = new Map<string, { kept: boolean; answeredIn: number }>();
  for (const { kalm, sprint } of inOrder)
    for (const answer of kalm.followUp)
      if (answer.kept !== null)
        answers.set(keyOf(answer.kind, answer), { kept: answer.kept, answeredIn: sprint.number });
  return inOrder.flatMap(({ kalm }) =>
    kalmKinds.flatMap((kind) =>
      kalm[kind].map((entry): Pledge => {
        const answer = answers.get(keyOf(kind, entry));
        return {
          ...entry,
          kind,
          kept: answer?.kept ?? null,
          answeredIn: answer?.answeredIn ?? null,
          age: (answer?.answeredIn ?? newest) - entry.from,
        };
      }),
    ),
  );
}

const keyOf = (kind: KalmKind, entry: KalmEntry | KalmAnswer): string =>
  JSON.stringify([entry.from, kind, entry.text]);

/** kept ÷ answered (0..1); null when nothing was answered. */
export function keepRateOf(pledges: Pledge[]): {
  kept: number;
  dropped: number;
  open: number;
  rate: number | null;
} {
  const kept = pledges.filter((pledge) => pledge.kept === true).length;
  const dropped = pledges.filter((pledge) => pledge.kept === false).length;
  const rate = kept + dropped === 0 ? null : kept / (kept + dropped);
  return { kept, dropped, open: pledges.length - kept - dropped, rate };
}
