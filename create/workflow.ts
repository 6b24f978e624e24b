import { stringify } from "yaml";

/** The repository of Sprintcast on GitHub: where the action and the documentation are. */
export const home = "sprintcast/sprintcast";

/** The action that a team's workflow uses. */
export const action = `${home}@v0`;

const hour = "41 * * * *";
const isHourly = `github.event.schedule == '${hour}'`;

export interface WorkflowFacts {
  content: string;
  /** The one that is published. */
  branch: string;
  /** Sprints or lanes rest on a project board: what changes there is fetched every hour. */
  usesProjects: boolean;
}

/** `.github/workflows/publish.yml`. */
export const workflowText = ({ content, branch, usesProjects }: WorkflowFacts): string =>
  `# Publishes the sprint reviews on GitHub Pages: the history is fetched, sprints that have ended are frozen and committed,
# the site is built. https://github.com/${home}/blob/main/docs/publishing.md says what to set up once.
name: Publish sprint reviews

on:
  push:
    branches: [${scalar(branch)}]
  schedule:
    # Every morning, so that a sprint that ended last night is frozen and shown. In a public repository GitHub stops
    # schedules after 60 days without a commit: the Actions tab then has a button to enable this workflow again.
    - cron: "23 4 * * *"
${usesProjects ? hourly : ""}  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: publish-sprint-reviews
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: write # commits ${content}/reports/
      issues: read
      pull-requests: read
      pages: read
    steps:
      - uses: actions/checkout@v7
      - uses: ${action}
        with:
${usesProjects ? `          command: \${{ ${isHourly} && 'report' || 'publish' }}\n` : ""}          # If the issues are in another repository: a token that may read them, as this secret.
          token: \${{ secrets.SPRINTCAST_TOKEN || github.token }}
          # If sprints or lanes rest on a project board: a token that may read it, as this secret.
          projects-token: \${{ secrets.SPRINTCAST_PROJECTS_TOKEN }}
${content === "content" ? "" : `          content: ${scalar(content)}\n`}
  deploy:
    needs: build
${usesProjects ? `    if: \${{ !(${isHourly}) }}\n` : ""}    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v5
`;

/** GitHub dates the newest change of a card alone: the more often it is looked at, the fewer are missed. */
const hourly = `    # Every hour what changed on the project board is fetched, and kept until the morning: GitHub keeps little history of it.
    - cron: "${hour}"
`;

const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();
