/** `sprintcast/content`: what a team writes under content/, read and checked. */
export { openBudgets } from "./budgets.ts";
export { isColour, isPropertyName } from "./colour.ts";
export { headingNamer, isPageOwn } from "./headings.ts";
export { requireIntact } from "./intact.ts";
export { numbersAreShared, reportedSprint } from "./kept-reports.ts";
export { linkedFiles, type SiteLink, siteLinks } from "./link-warnings.ts";
export { type Post, parsePost, parseSettings, parseSprint } from "./parse.ts";
export { sprintOfPost } from "./post-team.ts";
export { isPublished } from "./published.ts";
export { type Content, readContent, readSettings } from "./read.ts";
export { liveOf, type Settings, settingsOfTeam } from "./settings-schema.ts";
export { slugOf } from "./slug.ts";
export { sprintPage, sprintPlace } from "./sprint-place.ts";
export { createFindTarget, decoded, type FindTarget } from "./targets.ts";
export { withTeamWords } from "./team-words.ts";
export { nearest } from "./validate.ts";
export { type ContentWarning, contentWarnings, warningText } from "./warnings.ts";
