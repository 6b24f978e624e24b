import { slugOf } from "./slug.ts";

type Named = { number: number; team?: string | undefined };

/** How files of a sprint begin, with what they lie in: `03`; of a team that counts its own sprints `api/03`. */
export function sprintPlace({ number, team }: Named, isShared: boolean): string {
  const digits = String(number).padStart(2, "0");
  return team === undefined || !isShared ? digits : `${slugOf(team)}/${digits}`;
}

/** Address of a sprint's page on the site, from its base. */
export const sprintPage = ({ number, team }: Named, isShared: boolean): string =>
  team === undefined || !isShared ? `/sprints/${number}/` : `/teams/${slugOf(team)}/sprints/${number}/`;
