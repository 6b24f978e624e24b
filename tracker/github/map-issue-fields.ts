import { z } from "zod";
import type { IssueEvent } from "../core/model/event.ts";
import type { HistoryPage } from "../core/model/page.ts";
import { present } from "../core/model/present.ts";
import { changeOf, eventIds } from "./issue-change.ts";
import { numberText, wholeNumber } from "./map-fields.ts";

const named = z.object({ name: z.string().optional() }).nullish();
const kinds = {
  IssueFieldAddedEvent: "issue_field_added",
  IssueFieldChangedEvent: "issue_field_changed",
  IssueFieldRemovedEvent: "issue_field_removed",
} as const;
const change = changeOf(kinds).extend({
  issueField: named,
  value: z.string().nullish(),
  previousValue: z.string().nullish(),
  newValue: z.string().nullish(),
});
/** Values of other kinds, such as dates, come as empty objects. */
const value = z.object({
  number: z.number().nullish(),
  option: z.string().nullish(),
  text: z.string().nullish(),
  field: named,
});
const issue = z.object({
  number: wholeNumber,
  timelineItems: z.object({ nodes: z.array(change) }),
  issueFieldValues: z.object({ nodes: z.array(value.nullable()) }).nullish(),
});

/** Reads one issue's fields and their changes into `page`. Throws ZodError. */
export function readIssueFields(raw: unknown, observedAt: number, page: HistoryPage): void {
  const { number, timelineItems, issueFieldValues } = issue.parse(raw);
  const ids = eventIds(timelineItems.nodes);
  for (const [index, one] of timelineItems.nodes.entries()) {
    const { name } = one.issueField ?? {};
    const event: IssueEvent = {
      id: present(ids[index]),
      issue: number,
      at: one.createdAt,
      actor: one.actor,
      kind: kinds[one.__typename],
    };
    const to = one.newValue ?? one.value ?? null;
    if (name !== undefined)
      event.field = { name, from: one.previousValue ?? null, to: to === "" ? null : to };
    page.events.push(event);
  }
  const values: Record<string, string> = {};
  for (const one of issueFieldValues?.nodes ?? []) {
    const text = one?.option ?? one?.text ?? (one?.number == null ? null : numberText(one.number));
    if (one?.field?.name !== undefined && text !== null) values[one.field.name] = text;
  }
  page.fields = [...(page.fields ?? []), { number, observedAt, values }];
}
