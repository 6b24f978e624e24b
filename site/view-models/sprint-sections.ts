import { capital, type FigureKey, figuresIn, sideLists, titleIn, titleOf } from "sprintcast/render";
import { isEmpty, isOver, type Report, unitOf } from "sprintcast/report";
import { isOurs, type Words } from "sprintcast/words";

export interface PageSection {
  id: string;
  title: string;
}

function listsOf(report: Report, words: Words): PageSection[] {
  const figures = figuresIn(words);
  return [
    ...(report.unexpected.length > 0 ? [{ id: "unexpected", title: capital(figures.unexpected.label) }] : []),
    ...(report.carriedOver.length + report.movedOn.length > 0
      ? [{ id: "carried", title: titleIn(figures.carriedOver, report) }]
      : []),
    ...(report.freezebox.length > 0 ? [{ id: "freezebox", title: titleOf(figures.freezebox) }] : []),
    ...sideLists(report, words).map(({ key, title }: { key: FigureKey; title: string }) => ({
      id: key,
      title,
    })),
  ];
}

/** The sections of a sprint's page, in its order; what it has nothing for is left out. */
export function sprintSections(report: Report, hasEstimates: boolean, words: Words): PageSection[] {
  const { sections: texts } = words.texts.sprint;
  return [
    { id: "effort", title: texts.effort },
    { id: "replay", title: texts.replay },
    ...(isEmpty(report) ? [] : [{ id: "burndown", title: texts.burndown }]),
    { id: "boards", title: isOver(report) ? texts.boards : texts.boardsSoFar },
    ...listsOf(report, words),
    ...(hasEstimates ? [{ id: "estimates", title: texts.estimates }] : []),
    { id: "debt", title: texts.debt },
    { id: "kalm", title: texts.kalm },
    ...(report.projectUpdates === undefined
      ? []
      : [{ id: "status", title: words.texts.report.status.title }]),
    ...(report.budget === undefined ? [] : [{ id: "budget", title: texts.budget }]),
  ];
}

/**
 * What stands above a sprint's figures, and what can be done there, which paper need not say. A team's own intro may
 * say both: ours of the second is left out then.
 */
export function effortIntro(report: Report, words: Words): { intro?: string; hint?: string } {
  if (isEmpty(report)) return {};
  const { intro, open } = words.texts.sprint.effort;
  const unit = unitOf(report);
  const isWhole = !isOurs(words, (texts) => texts.sprint.effort.intro[unit]);
  const isOurHint = isOurs(words, (texts) => texts.sprint.effort.open);
  return { intro: intro[unit], ...(isWhole && isOurHint ? {} : { hint: open }) };
}
