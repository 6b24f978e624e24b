/** Sets up a repository for sprint reviews: the plan as data, and what writes it. */
export { askOnTerminal } from "./ask.ts";
export { CreateError } from "./errors.ts";
export { type SetUpOptions, setUpOptions } from "./options.ts";
export { type PlannedFile, type Project, planProject } from "./plan.ts";
export { type SetUpIo, setUp } from "./set-up.ts";
export { isRepositoryName, isTimeZone, type Team, teamOf } from "./team.ts";
export { type Written, writeFiles } from "./write.ts";
