import type { Kalm, KalmEntry } from "../../core/model/kalm.ts";
import { promiseKinds, tallyOf } from "../../core/report/promises.ts";
import { figures, shortOf } from "../figures/figures.ts";
import { promiseText, shareText } from "../format.ts";
import { heading, plain, safeText, type TableOptions, wrapCell } from "./terminal.ts";

/** What the review promises, and how the promises before it were answered. */
export function kalmSection(kalm: Kalm, options: TableOptions = {}): string {
  const { width = 80, paint = plain } = options;
  const promises = promiseKinds.flatMap(({ kind, heading: name }) =>
    kalm[kind].flatMap((entry, i) => item(i === 0 ? name : "", entry, width)),
  );
  const answers = kalm.followUp.flatMap((answer) => {
    const mark =
      answer.kept === null ? paint("dim", "○") : answer.kept ? paint("green", "✓") : paint("red", "✗");
    const [first, ...rest] = wrapCell(`${safeText(promiseText(answer))} (sprint ${answer.from})`, width - 4);
    return [`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  if (promises.length + answers.length === 0) return heading("K.A.L.M.", "no promises", { width, paint });
  const { rate } = tallyOf(kalm.followUp);
  const kept =
    rate === null ? "" : `${shareText(rate)} of the answered promises ${shortOf(figures.keepRate)}`;
  return [
    heading("K.A.L.M.", kept, { width, paint }),
    ...answers,
    ...(answers.length > 0 && promises.length > 0 ? [""] : []),
    ...promises,
  ].join("\n");
}

function item(name: string, entry: KalmEntry, width: number): string[] {
  const [first, ...rest] = wrapCell(safeText(promiseText(entry)), width - 11);
  return [`  ${name.padEnd(8)} ${first}`, ...rest.map((line) => `${" ".repeat(11)}${line}`)];
}
