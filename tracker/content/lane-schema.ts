import { z } from "zod";
import type { LaneRule } from "../core/model/rules.ts";

const laneSchema = z.strictObject({
  name: z.string().min(1).describe("Heading of the lane"),
  role: z
    .enum(["backlog", "sprint", "progress", "done"])
    .describe("What the lane means to the figures; exactly one is done"),
  when: z
    .strictObject({
      state: z.enum(["open", "closed"]).optional().describe("The issue's state"),
      labels: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe("Any of these labels; a trailing * matches any ending"),
      status: z.array(z.string().min(1)).min(1).optional().describe("Any of these Projects v2 statuses"),
      type: z.array(z.string().min(1)).min(1).optional().describe("Any of these issue types"),
      assigned: z.boolean().optional().describe("Somebody is assigned"),
      member: z.boolean().optional().describe("The issue carries the sprint's mark"),
    })
    .describe("All that is named must hold"),
}) satisfies z.ZodType<LaneRule>;

export const lanesSchema = z
  .array(laneSchema)
  .min(2)
  .meta({
    examples: [
      [
        { name: "To do", role: "sprint", when: { state: "open" } },
        { name: "Done", role: "done", when: { state: "closed" } },
      ],
    ],
  });

export const defaultLanes: LaneRule[] = [
  { name: "Backlog", role: "backlog", when: { state: "open", member: false } },
  { name: "Sprint", role: "sprint", when: { state: "open", member: true } },
  { name: "In progress", role: "progress", when: { state: "open", member: true, labels: ["in progress"] } },
  { name: "Done", role: "done", when: { state: "closed" } },
];

/** Exactly one lane is the one of done work, and no two are called the same. */
export function checkLanes(
  lanes: readonly LaneRule[],
  path: (string | number)[],
  ctx: z.core.$RefinementCtx,
): void {
  const fail = (message: string) => ctx.addIssue({ code: "custom", path, message });
  const done = lanes.filter((lane) => lane.role === "done").length;
  if (done !== 1) fail(`expected exactly one lane with role done, got ${done}`);
  const names = lanes.map((lane) => lane.name);
  if (new Set(names).size !== names.length) fail("two lanes have the same name");
}
