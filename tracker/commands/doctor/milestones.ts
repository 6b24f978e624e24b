import { present } from "../../core/model/present.ts";
import type { Mark, SprintName } from "../../core/model/sprint.ts";
import { milestonesMeant } from "../../core/report/membership.ts";
import { milestoneTitles } from "../../reports/archive.ts";
import type { OpenHistory } from "../../reports/open-history.ts";
import type { History } from "../../store/store.ts";
import { type Check, didYouMean, newestOf } from "./check.ts";

type MilestoneMark = Extract<Mark, { by: "milestone" }>;

/**
 * Which milestone a sprint's file means, of several repositories in each. `missing`: what it is worth where none has
 * it; a repository that lacks it has no part in the sprint.
 */
export function checkMilestones(
  mark: MilestoneMark,
  sprint: SprintName,
  missing: Check["verdict"],
  { history, repositories: { names }, only }: OpenHistory,
): Check[] {
  if (names.length < 2) return [checkMilestone(mark, sprint, missing, history)];
  const checks = names.map((name, place) => {
    const own = place === 0 ? mark : { ...mark, number: null };
    const check = checkMilestone(own, sprint, missing, only([name])?.history ?? history);
    return { ...check, found: `${name}: ${check.found}` };
  });
  const isThere = checks.some(({ verdict }) => verdict !== missing);
  if (!isThere)
    return checks
      .slice(0, 1)
      .map((check) => ({ ...check, found: `no repository of the team has it; ${check.found}` }));
  return checks.map((check) =>
    check.verdict === missing && check.found.includes(" has no milestone ")
      ? { name: check.name, verdict: "fine", found: `${check.found}, and no part in this sprint` }
      : check,
  );
}

/** A title without what people overlook: case and spaces. */
const squeeze = (title: string): string => title.toLowerCase().replaceAll(/\s/g, "");

function checkMilestone(
  mark: MilestoneMark,
  sprint: SprintName,
  missing: Check["verdict"],
  store: History,
): Check {
  const name = `sprint ${sprint}`;
  const milestones = store.milestones();
  const meant = milestonesMeant(mark, milestoneTitles(store));
  const titleOf = (number: number) => milestones.find((one) => one.number === number)?.title;
  const { title, number } = mark;
  if (meant?.by === "number") {
    const found = titleOf(present(number));
    if (found !== undefined)
      return {
        name,
        verdict: "fine",
        found: `milestone: ${number} means the milestone number ${number}, "${found}", for none bears the title "${title}"`,
      };
  } else if (meant !== null) {
    const taken = meant.numbers.map((one) => `"${titleOf(one) ?? title}" (number ${one})`).join(", ");
    const other = number === null || meant.numbers.includes(number) ? undefined : titleOf(number);
    if (other !== undefined)
      return {
        name,
        verdict: "look",
        found: `milestone: ${number} means the milestone ${taken} by its title, not the one of that number, "${other}"`,
        hint: `If that one is meant, write milestone: ${JSON.stringify(other)}.`,
      };
    return {
      name,
      verdict: "fine",
      found:
        meant.by === "title" && number === null ? `milestone "${title}"` : `milestone ${taken}, by its title`,
    };
  }
  const titles = milestones.map((milestone) => milestone.title);
  const alike = titles.find((one) => squeeze(one) === squeeze(title));
  if (alike !== undefined)
    return {
      name,
      verdict: missing,
      found: `the milestone is called "${alike}" there, not "${title}", so none of its issues counts`,
      hint: "Give it the same title on GitHub, letter for letter.",
    };
  const query = { milestone: number ?? title };
  if (store.issuesEverCarrying(query).length > 0)
    return { name, verdict: "fine", found: `milestone "${title}", which the repository has no more` };
  return {
    name,
    verdict: missing,
    found: `the repository has no milestone ${number === null ? `"${title}"` : `${number}, neither as title nor as number`}`,
    hint: `${didYouMean(title, titles)}${newestOf(titles)}`,
  };
}
