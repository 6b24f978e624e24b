/** `sprintcast/testing`: what other packages' tests may use. Not packed. */
export { present } from "../core/model/present.ts";
export { anyPromises } from "./any-promises.ts";
export { countingTeams } from "./counting-teams.ts";
export { exampleContent } from "./example-content.ts";
export { makeFlow } from "./flow-on.ts";
export { makeReport } from "./make-report.ts";
export { writeRunningTeam } from "./running-team.ts";
export { inPoints, sizedTeam } from "./sized-team.ts";
export { teamOfThree } from "./three-repositories.ts";
export { twoTeams } from "./two-teams.ts";
