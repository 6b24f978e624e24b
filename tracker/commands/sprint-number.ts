import { UsageError } from "../errors.ts";

/** The number a user typed. Throws UsageError where it is none, or no sprint of this team. */
export function parseSprintNumber(text: string, known: number[]): number {
  const hint =
    known.length === 0 ? "Describe sprints in content/sprints/." : `There are: ${known.join(", ")}.`;
  if (!/^\d{1,6}$/.test(text))
    throw new UsageError(
      "sprint-number",
      `"${text}" is no sprint number, expected a whole number such as 3`,
      { hint },
    );
  const number = Number(text);
  if (!known.includes(number))
    throw new UsageError("no-such-sprint", `there is no sprint ${number}`, { hint });
  return number;
}
