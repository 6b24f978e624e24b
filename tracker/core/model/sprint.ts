/**
 * What puts an issue in a sprint: it carries this mark. Titles match any alias a milestone or label ever had. A
 * milestone's `number` counts where no milestone bears the title.
 */
export type Mark =
  | { by: "milestone"; title: string; number: number | null }
  | { by: "label"; name: string }
  | { by: "status"; field: string; value: string }
  | { by: "iteration"; title: string };

/** A half-open span [start, end) of epoch milliseconds with a goal and a capacity in man-days. */
export interface Sprint {
  number: number;
  /** The team that works it, where there are several. */
  team?: string;
  title: string;
  goal: string;
  start: number;
  end: number;
  /** Milliseconds after start in which planning may still change the commitment. */
  grace: number;
  capacityDays: number | null;
  mark: Mark;
  /** What the team says: true, false, or null while open. */
  goalMet: boolean | null;
}
