import { planningText, settingsText, sprintText } from "./content-files.ts";
import type { Team } from "./team.ts";
import { astroVersion, version } from "./versions.ts";
import { workflowText } from "./workflow.ts";

export interface Project {
  team: Team;
  /** Content folder, relative to the project's, with forward slashes. */
  content: string;
  /** Branch that is published. */
  branch: string;
  /** Sprints or lanes rest on a project board. Default: they do not. */
  usesProjects?: boolean;
}

export interface PlannedFile {
  /** Relative to the project's folder, with forward slashes. */
  path: string;
  text: string;
  /** Other names in the same folder that stand for this file: where there is one, it is not written. */
  standIn?: RegExp;
}

export interface PackageJson {
  scripts: Record<string, string> & { start: string };
  dependencies: Record<string, string>;
}

/** A sprint or post; a README is for whoever opens the folder. */
const isText = /^(?![._]|readme\b).*\.(md|markdown)$/i;

/** Every file of a team's own repository, in the order in which they are written. */
export function planProject({ team, content, branch, usesProjects = false }: Project): PlannedFile[] {
  return [
    { path: "package.json", text: `${JSON.stringify(packageJson(team, content), null, 2)}\n` },
    // The names that Astro reads: one that it does not read configures nothing.
    { path: "astro.config.mjs", text: astroConfig(content), standIn: /^astro\.config\.m?[jt]s$/ },
    { path: ".gitignore", text: `${ignored.join("\n")}\n` },
    { path: `${content}/settings.yml`, text: settingsText(team), standIn: /^settings\.ya?ml$/i },
    { path: `${content}/sprints/01.md`, text: sprintText(team), standIn: isText },
    { path: `${content}/posts/01-planning.md`, text: planningText(team), standIn: isText },
    { path: ".github/workflows/publish.yml", text: workflowText({ content, branch, usesProjects }) },
  ];
}

/** Made anew by every install and build. */
export const ignored: readonly string[] = ["node_modules/", "dist/", ".sprintcast/", ".astro/"];

/** What `package.json` must have for the commands of the documentation to work. */
export const needed: PackageJson = {
  scripts: {
    start: "sprintcast-site start",
    dev: "astro dev",
    build: "astro build",
    preview: "astro preview",
    sprintcast: "sprintcast",
  },
  dependencies: {
    "@sprintcast/demo": `^${version}`,
    "@sprintcast/site": `^${version}`,
    astro: astroVersion,
    sprintcast: `^${version}`,
  },
};

function packageJson(team: Team, content: string): object {
  const name = (team.repository.split("/")[1] ?? "").toLowerCase().replace(/^[._-]+/, "");
  return {
    // The ending keeps it apart from a package that is installed here: npm refuses one of the same name.
    name: `${name}${name === "" ? "" : "-"}sprint-reviews`,
    private: true,
    type: "module",
    engines: { node: ">=22.12.0" },
    ...needed,
    scripts: { ...needed.scripts, start: `${needed.scripts.start}${contentOption(content)}` },
  };
}

const contentOption = (content: string): string =>
  content === "content" ? "" : ` --content ${JSON.stringify(content)}`;

const astroConfig = (content: string): string => `import sprintcast from "@sprintcast/site";

/** @type {import("astro").AstroUserConfig} */
export default {
  integrations: [sprintcast(${content === "content" ? "" : `{ content: ${JSON.stringify(content)} }`})],
};
`;
