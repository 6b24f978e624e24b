import type { KalmKind } from "../../core/model/report.ts";
import type { keepRateOf, Pledge } from "../../core/report/promises.ts";
import { shareText } from "../format.ts";
import { renderTable, safeText, type TableOptions } from "./terminal.ts";

const words: Record<KalmKind, string> = { keep: "Keep", add: "Add", less: "Do less", more: "Do more" };
const answer = (kept: boolean | null) => (kept === null ? "open" : kept ? "kept" : "dropped");

/** Promises as a table, oldest first, and the share kept. */
export function renderPledges(
  pledges: Pledge[],
  { kept, dropped, open, rate }: ReturnType<typeof keepRateOf>,
  options: TableOptions,
): string {
  if (pledges.length === 0) return "No promises yet: write them under K.A.L.M. in a review.\n";
  const table = renderTable(
    [
      { title: "Sprint", align: "right" },
      { title: "Kind" },
      { title: "Promise", flexible: true, min: 20 },
      { title: "Answer" },
      { title: "Age", align: "right" },
    ],
    pledges.map((pledge) => [
      String(pledge.from),
      words[pledge.kind],
      safeText(pledge.text),
      answer(pledge.kept),
      String(pledge.age),
    ]),
    options,
  );
  const total = `Kept ${kept} of ${kept + dropped} answered (${shareText(rate)}), ${open} open. Age in sprints.`;
  return `${table}\n\n${total}\n`;
}
