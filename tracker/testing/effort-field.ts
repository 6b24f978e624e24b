import { plainSaid } from "./plain-state.ts";
import type { RawEvent, RawHistory } from "./random-history.ts";

const saysEffort = (event: RawEvent): boolean =>
  event.kind === "spent" ||
  event.kind === "unsaid" ||
  ((event.kind === "labeled" || event.kind === "unlabeled") && event.label.startsWith("actual: "));

/** The same history where labels and comments say no effort: whoever changed them writes the sum into a field. */
export function withEffortField(history: RawHistory): RawHistory {
  const issues = history.issues.map((issue) => {
    let written: number | null = null;
    const events = issue.events.flatMap((event, index): RawEvent[] => {
      if (!saysEffort(event)) return [event];
      const { at } = event;
      const said = plainSaid({ ...issue, events: issue.events.slice(0, index + 1) }, at);
      const days = said === null ? null : Math.max(0, said.days);
      if (days === written) return [];
      written = days;
      return [{ at, kind: "effort", days }];
    });
    return { ...issue, events };
  });
  return { ...history, issues };
}
