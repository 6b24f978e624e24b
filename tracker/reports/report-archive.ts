import type { Content } from "../content/read.ts";
import { rulesOf } from "../content/settings-schema.ts";
import { effortField } from "../content/size-schema.ts";
import { reviewText } from "../content/team-words.ts";
import type { Repositories } from "../core/model/repositories.ts";
import type { ReportInput } from "../core/report/compute-report.ts";
import { type SaidByIssue, saidIn } from "../core/report/said.ts";
import type { History } from "../store/store.ts";
import type { Archive } from "./archive.ts";
import { type EffortTexts, readEffortTexts } from "./effort-texts.ts";

/** An archive with what people wrote in words, of which boards ask nothing: promises, and effort. */
export interface ReportArchive extends Archive {
  reviews: ReportInput["reviews"];
  /** Where effort is said, read when first asked for. */
  effort: () => EffortTexts & { said: SaidByIssue };
}

export function withWords(archive: Archive): ReportArchive {
  const { store, content, repositories } = archive;
  let effort: ReturnType<ReportArchive["effort"]> | null = null;
  return {
    ...archive,
    reviews: content.sprints.map(({ sprint }) => ({
      sprint,
      text: reviewText(content.posts, sprint, repositories),
    })),
    effort: () => (effort ??= readSaid(store, content, repositories)),
  };
}

/** Where a field says effort, no text does. */
const noTexts: EffortTexts = { texts: [], closedBy: new Map(), loose: [], shared: [] };

/** Read once for all reports: every text in which effort may be said. */
function readSaid(
  store: History,
  { settings }: Content,
  repositories: Repositories,
): ReturnType<ReportArchive["effort"]> {
  const isInField = effortField(settings.actual) !== undefined;
  const found = isInField ? noTexts : readEffortTexts(store, settings, repositories);
  return { ...found, said: saidIn(found.texts, rulesOf(settings)) };
}
