import type { KalmAnswer, KalmEntry, KalmKind, Report } from "sprintcast/report";

/** Reports in the order of their sprints, oldest first. */
export function inSequence(reports: Report[]): Report[] {
  return [...reports].sort((a, b) => a.sprint.number - b.sprint.number);
}

export const kalmKinds: { kind: KalmKind; letter: string; title: string }[] = [
  { kind: "keep", letter: "K", title: "Keep" },
  { kind: "add", letter: "A", title: "Add" },
  { kind: "less", letter: "L", title: "Less" },
  { kind: "more", letter: "M", title: "More" },
];

/** A promise made in a review and the newest answer to it. */
export interface Pledge {
  kind: KalmKind;
  entry: KalmEntry;
  answer: KalmAnswer | null;
  /** Sprint whose review gave the answer. */
  answeredIn: number | null;
}

/** Every promise ever made, newest sprint first, each with the last answer a later review gave it. */
export function pledges(reports: Report[]): Pledge[] {
  const ordered = inSequence(reports);
  const answers = new Map<string, { answer: KalmAnswer; answeredIn: number }>();
  for (const report of ordered) {
    for (const answer of report.kalm.followUp) {
      answers.set(keyOf(answer), { answer, answeredIn: report.sprint.number });
    }
  }
  return ordered.reverse().flatMap(({ kalm }) =>
    kalmKinds.flatMap(({ kind }) =>
      kalm[kind].map((entry) => {
        const found = answers.get(keyOf(entry));
        return { kind, entry, answer: found?.answer ?? null, answeredIn: found?.answeredIn ?? null };
      }),
    ),
  );
}

const keyOf = (entry: KalmEntry) => `${entry.from} ${entry.text.trim().toLowerCase()}`;

/** How many of the promises that a sprint's review answered were kept, per sprint that answered any, oldest first. */
export function keepRates(
  reports: Report[],
): { sprint: number; title: string; kept: number; answered: number }[] {
  return inSequence(reports).flatMap(({ sprint, kalm }) => {
    const answered = kalm.followUp.filter((answer) => answer.kept !== null);
    const kept = answered.filter((answer) => answer.kept).length;
    return answered.length === 0
      ? []
      : [{ sprint: sprint.number, title: sprint.title, kept, answered: answered.length }];
  });
}

/** "kept", "dropped", "open". */
export function verdict(kept: boolean | null | undefined): "kept" | "dropped" | "open" {
  if (kept === null || kept === undefined) return "open";
  return kept ? "kept" : "dropped";
}

/** kept ÷ answered over all promises; null when none was answered yet. */
export function keepRate(list: Pledge[]): { kept: number; answered: number; share: number | null } {
  const answered = list.filter(({ answer }) => typeof answer?.kept === "boolean");
  const kept = answered.filter(({ answer }) => answer?.kept).length;
  return { kept, answered: answered.length, share: answered.length ? kept / answered.length : null };
}
