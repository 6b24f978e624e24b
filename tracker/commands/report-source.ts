import type { Post } from "../content/parse.ts";
import type { Report } from "../core/report.ts";

/** The reports of a team's sprints as history and content say them now. */
export interface ReportSource {
  contentDir: string;
  repository: string;
  timeZone: string;
  /** Sprints described in the content folder, by start. */
  numbers: number[];
  /** Their posts. */
  posts: Post[];
  /** false: there is no database, so nothing can be computed; `reportOf` throws. */
  hasHistory: boolean;
  /** Exclusive end of a sprint, epoch milliseconds. */
  endOf(sprint: number): number;
  reportOf(sprint: number): Report;
  all(): Report[];
  close(): void;
}
