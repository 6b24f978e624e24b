import type { Root } from "mdast";
import { findAndReplace } from "mdast-util-find-and-replace";
import { isRepositoryName, repositoriesOf } from "sprintcast/report";

/**
 * remark plugin: `#12`, `owner/name#12` and, by the name of one of the team's repositories, `web#12` become links to
 * the issue on GitHub; not within code or links. `repositories`: owner/name, the first has the issues without a name;
 * `web`: where their GitHub is.
 */
export function remarkIssueLinks(repositories: readonly string[], web: string) {
  const team = repositoriesOf(repositories);
  const repositoryOf = (name: string, number: number): string | undefined => {
    if (name === "") return team.names[0];
    const key = team.keyOf(name, number);
    if (key !== null) return team.repositoryOf(key);
    return isRepositoryName(name) ? name : undefined;
  };
  const link = (written: string, name: string, number: string) => {
    const repository = repositoryOf(name, Number(number));
    if (repository === undefined) return false as const;
    const url = `${web}/${repository}/issues/${number}`;
    return { type: "link" as const, url, children: [{ type: "text" as const, value: written }] };
  };
  return (tree: Root): void =>
    findAndReplace(tree, [[/(?<![\w/.#&-])([\w./-]*)#([1-9]\d{0,8})(?!\w)/g, link]], {
      ignore: ["link", "linkReference"],
    });
}
