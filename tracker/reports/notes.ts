import { rulesOf } from "../content/settings-schema.ts";
import type { Notes, NotesGrouping } from "../core/model/notes.ts";
import type { Report } from "../core/model/report.ts";
import { readSizeLabel } from "../core/report/estimate.ts";
import { labelTest } from "../core/report/label-test.ts";
import { computeNotes } from "../core/report/notes.ts";
import type { OpenReports } from "./open-reports.ts";

/** What the sprint of this report shipped; pull requests are known where there is a history. */
export function notesOf(source: OpenReports, report: Report, grouping: NotesGrouping | null): Notes {
  const rules = rulesOf(source.content.settings);
  const laneLabels = rules.lanes.flatMap(({ when }) => when.labels ?? []);
  const isRule = labelTest([...laneLabels, ...rules.labels.freezebox, `${rules.labels.kalmPrefix.trim()}*`]);
  const isSize = (label: string, prefix: string) => readSizeLabel(label, prefix, rules) !== null;
  return computeNotes({
    report,
    pulls: source.hasHistory
      ? source.pullsClosing(source.nameOf(report))
      : { byIssue: new Map(), authors: new Map() },
    grouping,
    saysWhat: (label) =>
      !isSize(label, rules.sizePrefix) &&
      !isSize(label, rules.actualPrefix) &&
      !isRule({ attribute: "label", key: label, value: label }),
  });
}
