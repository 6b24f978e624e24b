import { sprintName } from "../../core/model/sprint.ts";
import { headingOf, type Tally, type TeamPromise, verdictOf } from "../../core/report/promises.ts";
import { report as texts } from "../../words/en/report.ts";
import { shareText } from "../format.ts";
import { renderTable, safeText, type TableOptions, wrapCell } from "./terminal.ts";

/** Promises as a table, oldest first, and the share kept. */
export function renderPromises(
  promises: TeamPromise[],
  { kept, dropped, open, rate }: Tally,
  options: TableOptions,
): string {
  if (promises.length === 0) return "No promises yet: write them under K.A.L.M. in a review.\n";
  const anyOwner = promises.some(({ owner }) => owner !== undefined);
  const table = renderTable(
    [
      { title: "Sprint", align: "right" },
      { title: "Kind" },
      { title: "Promise", flexible: true, min: 20 },
      ...(anyOwner ? [{ title: "Owner" }] : []),
      { title: "Answer" },
      { title: "Age", align: "right" },
    ],
    promises.map((promise) => [
      safeText(String(sprintName({ ...promise, number: promise.from }))),
      headingOf[promise.kind],
      safeText(promise.text),
      ...(anyOwner ? [promise.owner === undefined ? "" : `@${promise.owner}`] : []),
      texts.verdicts[verdictOf(promise.kept)],
      String(promise.age),
    ]),
    options,
  );
  const answered =
    rate === null
      ? "None answered yet"
      : `${kept} of ${kept + dropped} answered promises were kept (${shareText(rate)})`;
  const total = `${answered}, ${open} open. Age in sprints.`;
  return `${table}\n\n${wrapCell(total, options.width ?? 80).join("\n")}\n`;
}
