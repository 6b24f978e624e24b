/** `sprintcast/content`: what a team writes under content/, read and checked. */
export { openBudgets } from "./budgets.ts";
export { headingNamer, isPageOwn } from "./headings.ts";
export { requireIntact } from "./intact.ts";
export { linkedFiles } from "./link-warnings.ts";
export { type Post, parsePost, parseSettings, parseSprint } from "./parse.ts";
export { isPublished } from "./published.ts";
export { type Content, readContent, readSettings } from "./read.ts";
export { liveOf, type Settings, settingsOfTeam } from "./settings-schema.ts";
export { slugOf } from "./slug.ts";
export { createFindTarget, type FindTarget } from "./targets.ts";
export { withTeamWords } from "./team-words.ts";
export { type ContentWarning, contentWarnings, warningText } from "./warnings.ts";
