/**
 * What puts an issue in a sprint: it carries this mark. Titles match any alias a milestone or label ever had. A
 * milestone's `number` counts where no milestone bears the title.
 */
export type Mark =
  | { by: "milestone"; title: string; number: number | null }
  | { by: "label"; name: string }
  | { by: "status"; field: string; value: string }
  | { by: "iteration"; title: string };

/** What a sprint is called: its number, and of one of several teams `api/3`. No two sprints share it. */
export type SprintName = number | `${string}/${number}`;

export const sprintName = ({ number, team }: Pick<Sprint, "number" | "team">): SprintName =>
  team === undefined ? number : `${team}/${number}`;

/** How a document names a sprint: by its number, and by its team where there are several. */
export const namedSprint = ({
  number,
  team,
}: Pick<Sprint, "number" | "team">): { number: number; team?: string } =>
  team === undefined ? { number } : { number, team };

/** The number and the team in a name. */
export function sprintParts(name: SprintName): { number: number; team?: string } {
  if (typeof name === "number") return { number: name };
  const cut = name.lastIndexOf("/");
  return { number: Number(name.slice(cut + 1)), team: name.slice(0, cut) };
}

/** A name as it is typed after a command: in quotes where a shell would part it. */
export const sprintArgument = (name: SprintName): string =>
  /^[\p{L}\p{N}_./-]+$/u.test(`${name}`) ? `${name}` : `"${name}"`;

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
