import type { Root, RootContent } from "mdast";
import type { Notes, ShippedTask } from "../core/model/notes.ts";
import { issueNameOf } from "../core/report/issue-refs.ts";
import { heading, type Inline, list, paragraph, webLink } from "./directives/nodes.ts";
import { rangeText, sprintTitle } from "./format.ts";

/** A title that stays words on GitHub: an @name would write to that person, an address would become a link. */
const inert = (title: string): string =>
  title.replace(/@(?=[\p{L}\p{N}])|:(?=\/\/)|\bwww(?=\.)/giu, (found) => `${found}\u200D`);

function line({ number, ref, title, url, pulls, contributors }: ShippedTask): Inline {
  const name = issueNameOf({ number, ...(ref === undefined ? {} : { ref }) });
  const links = [
    webLink(url, name),
    ...pulls.flatMap((pull): (string | ReturnType<typeof webLink>)[] => [", ", webLink(pull.url, pull.name)]),
  ];
  const by = contributors.length === 0 ? [] : [` by ${contributors.map((login) => `@${login}`).join(", ")}`];
  return [`${inert(title)} (`, ...links, ")", ...by];
}

/** What was shipped, group by group, and who took part; headings begin at `depth`. */
export function notesBody({ groups, contributors }: Notes, depth: 2 | 3 = 2): RootContent[] {
  if (groups.length === 0) return [paragraph("Nothing was finished.")];
  return [
    ...groups.flatMap(({ title, tasks }) => [heading(depth, title), list(tasks.map(line))]),
    ...(contributors.length === 0
      ? []
      : [heading(depth, "Contributors"), paragraph(contributors.map((login) => `@${login}`).join(", "))]),
  ];
}

/** Markdown for a GitHub release. */
export function notesDocument(notes: Notes): Root {
  const { sprint, running } = notes;
  const soFar = running ? ", so far" : "";
  return {
    type: "root",
    children: [
      paragraph(
        `${sprintTitle({ ...sprint, title: inert(sprint.title), team: sprint.team && inert(sprint.team) })}, ${rangeText(sprint.firstDay, sprint.lastDay)}${soFar}.`,
      ),
      ...(sprint.goal === "" ? [] : [paragraph(`Goal: ${inert(sprint.goal)}`)]),
      ...notesBody(notes),
    ],
  };
}
