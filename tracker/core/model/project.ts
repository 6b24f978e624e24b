/** A project of GitHub's Projects v2. `id` is GitHub's own; numbers are counted per owner, and two owners may share one. */
export interface ProjectName {
  id: number;
  number: number;
  title: string;
}

/** A value of an iteration field. `start` is YYYY-MM-DD in no zone, `days` its length. */
export interface ProjectIteration {
  /** GitHub's own, which stays when the iteration is called otherwise. */
  id: string;
  /** Name of the field, such as Sprint. */
  field: string;
  title: string;
  start: string;
  days: number;
}

/** One issue's card in one project. */
export interface Placement {
  project: ProjectName;
  status: string | null;
  iterations: ProjectIteration[];
  /** Values of its number and choice fields, by the field's name; absent: none. */
  fields?: Record<string, string>;
  /**
   * When the status and the value of each iteration field (by its name) were set, epoch milliseconds, as GitHub says it
   * of the values themselves. It tells of the newest change alone.
   */
  setAt?: {
    status?: number | undefined;
    iterations: Record<string, number>;
    fields?: Record<string, number>;
  };
}

/**
 * In which projects GitHub showed an issue, and where in them. Equal looks in a row are one observation, that begins
 * at `since` and was last confirmed at `observedAt`; epoch milliseconds, UTC.
 */
export interface PlacementObservation {
  number: number;
  observedAt: number;
  since: number;
  placements: Placement[];
}

/** What a project offers, as GitHub showed it at `observedAt`. */
export interface ProjectObservation extends ProjectName {
  observedAt: number;
  url: string;
  closed: boolean;
  statuses: string[];
  /** Iterations to come, under way and completed. */
  iterations: ProjectIteration[];
  /** Ids of what it says of its own status; absent: it was not asked. */
  updates?: number[];
}

/** What somebody wrote of a project's status, as GitHub showed it at `observedAt`. Instants in epoch milliseconds. */
export interface ProjectUpdateObservation {
  id: number;
  observedAt: number;
  /** Id of the project. */
  project: number;
  at: number;
  updatedAt: number;
  author: string | null;
  /** ON_TRACK, AT_RISK, OFF_TRACK, COMPLETE, INACTIVE, or what GitHub may add to them; null: none. */
  status: string | null;
  /** YYYY-MM-DD. */
  startDate: string | null;
  targetDate: string | null;
  /** Markdown of whoever may write to the project. */
  body: string;
}

/** The one project that a team means: by number or by title. */
export type ProjectChoice = number | string;

export function isChosen(project: { number?: number; title: string }, choice: ProjectChoice | null): boolean {
  if (choice === null) return true;
  if (typeof choice === "number") return project.number === choice;
  return project.title.toLowerCase() === choice.toLowerCase();
}
