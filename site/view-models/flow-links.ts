import { type Flow, isOver, type Report } from "sprintcast/report";
import type { Words } from "sprintcast/words";
import { paths } from "./urls.ts";

/** Tells the sections of several teams apart on the page of flow; of the first team nothing. */
export const flowSuffix = (index: number): string => (index === 0 ? "" : `-${index + 1}`);

/** Where the page of flow tells of a sprint that runs; nothing for one that is over, or where its team has no flow. */
export function flowLinks(
  flows: readonly Flow[],
  report: Report,
  { texts }: Pick<Words, "texts">,
): { path: string; label: string }[] {
  const index = flows.findIndex(({ team }) => team === report.sprint.team);
  const flow = flows[index];
  if (flow === undefined || isOver(report)) return [];
  const section = (name: string) => `${paths.flow}#${name}${flowSuffix(index)}`;
  return [
    ...(flow.forecast?.sprint?.number === report.sprint.number
      ? [{ path: section("forecast"), label: texts.forecast.link }]
      : []),
    { path: section("ageing"), label: texts.flowFigures.ageing.title },
  ];
}
