/** `sprintcast/report`: the report's shape, and what is computed from a report alone. Pure. */
export { dayOf, isWorkday, nextDay } from "./model/calendar.ts";
export { sumDays } from "./model/days.ts";
export type * from "./model/flow.ts";
export type { Forecast } from "./model/forecast.ts";
export type * from "./model/kalm.ts";
export type { Provenance } from "./model/provenance.ts";
export type * from "./model/report.ts";
export { repositoriesOf } from "./model/repositories.ts";
export { isRepositoryName } from "./model/repository-name.ts";
export type { SizeUnit } from "./model/rules.ts";
export { type SprintName, sprintArgument, sprintName } from "./model/sprint.ts";
export { isOver } from "./report/is-over.ts";
export { type IssueInReport, issueNameOf, repositoryOfIssue } from "./report/issue-refs.ts";
export { laggingIn } from "./report/lagging.ts";
export { parseKalm } from "./report/parse-kalm.ts";
export {
  leadsToItsIssue,
  promiseKinds,
  promisesOf,
  type TeamPromise,
  tallyOf,
  verdictOf,
} from "./report/promises.ts";
export { restatementOf } from "./report/restated.ts";
export { forReaders, isEmpty, sizeUnitOf, type Unit, unitOf } from "./report/unit.ts";
