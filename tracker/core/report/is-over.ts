import type { Report } from "../model/report.ts";

/** Whether a report is of the whole sprint. One of a sprint that runs, or is still to come, tells of it so far. */
export const isOver = ({ asOf, sprint }: Pick<Report, "asOf" | "sprint">): boolean => asOf >= sprint.end;
