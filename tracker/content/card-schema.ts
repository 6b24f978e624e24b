import { z } from "zod";

export const instant = z.iso.datetime();
export const days = z.number();
export const unknown = z.number().nullable();
export const provenance = z.enum(["replayed", "observed", "inferred", "unknown"]);

const issueReference = z.union([z.int(), z.string()]);

export const ref = z.string().optional();
export const card = z.looseObject({
  number: z.int(),
  ref,
  title: z.string(),
  url: z.string(),
  size: z.string().nullable(),
  days: unknown,
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  type: z.string().optional(),
  blockedBy: z.array(issueReference).optional(),
  actualDays: unknown.optional(),
  enteredAt: z.string().nullable().optional(),
  bySubIssues: z.boolean().optional(),
  provenance: provenance.optional(),
});
export const carried = card.extend({ depth: z.int() });
export const unexpected = card.extend({
  entered: z.enum(["new", "moved in", "reopened", "out of the freezebox"]).optional(),
});
export const blocked = card.extend({
  blockedDays: days,
  spans: z.array(
    z.looseObject({
      from: instant,
      to: instant,
      by: z.array(issueReference),
      eventId: z.number().nullable(),
      provenance,
    }),
  ),
});
export const removed = card.extend({
  reason: z.enum(["moved", "unmarked", "transferred", "deleted"]).optional(),
  at: instant.nullable().optional(),
  to: z.string().nullable().optional(),
});
export const spentElsewhere = card.extend({ reason: z.enum(["left", "never in it", "settled"]) });
export const corrected = card.extend({ correction: days });
export const finished = card.extend({
  finishedAt: instant,
  eventId: z.number().nullable(),
  lastSprint: z.int().nullable(),
});
export const debtCard = card.extend({
  openedAt: instant,
  paidAt: instant.nullable(),
  openedEventId: z.number().nullable().optional(),
  paidEventId: z.number().nullable().optional(),
});
export const droppedDebt = debtCard.extend({
  reason: z.string(),
  droppedAt: instant,
  droppedEventId: z.number().nullable(),
});
