import {
  budgetTitle,
  capital,
  type FigureKey,
  figures,
  projectUpdatesTitle,
  sideLists,
  titleIn,
  titleOf,
} from "sprintcast/render";
import { isEmpty, type Report } from "sprintcast/report";

export interface PageSection {
  id: string;
  title: string;
}

const lists = (report: Report): PageSection[] => [
  ...(report.unexpected.length > 0 ? [{ id: "unexpected", title: capital(figures.unexpected.label) }] : []),
  ...(report.carriedOver.length + report.movedOn.length > 0
    ? [{ id: "carried", title: titleIn(figures.carriedOver, report) }]
    : []),
  ...(report.freezebox.length > 0 ? [{ id: "freezebox", title: titleOf(figures.freezebox) }] : []),
  ...sideLists(report).map(({ key, title }: { key: FigureKey; title: string }) => ({ id: key, title })),
];

/** The sections of a sprint's page, in its order; what it has nothing for is left out. */
export function sprintSections(report: Report, hasEstimates: boolean): PageSection[] {
  return [
    { id: "effort", title: "Commitment and outcome" },
    { id: "replay", title: "Board replay" },
    ...(isEmpty(report) ? [] : [{ id: "burndown", title: "Burndown and burn-up" }]),
    { id: "boards", title: "Board at start and end" },
    ...lists(report),
    ...(hasEstimates ? [{ id: "estimates", title: `Estimates and ${figures.actual.label}` }] : []),
    { id: "debt", title: "Technical debt" },
    { id: "kalm", title: "Keep, Add, Less, More" },
    ...(report.projectUpdates === undefined ? [] : [{ id: "status", title: projectUpdatesTitle }]),
    ...(report.budget === undefined ? [] : [{ id: "budget", title: budgetTitle }]),
  ];
}
