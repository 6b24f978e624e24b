import { z } from "zod";
import type { MilestoneObservation } from "../core/model/issue.ts";
import { instant, openOrClosed, wholeNumber } from "./map-fields.ts";

const milestone = z.object({
  number: wholeNumber,
  title: z.string(),
  state: openOrClosed,
  due_on: instant.nullish(),
  created_at: instant.nullish(),
  closed_at: instant.nullish(),
});

/** A milestone object of GitHub's REST API. Throws ZodError. */
export function mapMilestone(raw: unknown, observedAt: number): MilestoneObservation {
  const { number, title, state, due_on, created_at, closed_at } = milestone.parse(raw);
  return {
    number,
    observedAt,
    title,
    state,
    dueOn: due_on ?? null,
    createdAt: created_at ?? null,
    closedAt: closed_at ?? null,
  };
}
