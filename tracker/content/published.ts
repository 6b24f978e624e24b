import type { Day } from "../core/model/calendar.ts";
import type { Post } from "./parse.ts";

/** Whether readers see a post on a day of the team's: a draft never, one dated to come from its own day on. */
export const isPublished = ({ draft, date }: Pick<Post, "draft" | "date">, today: Day): boolean =>
  !draft && date <= today;

/** Whether a post only waits for its day. */
export const isHeldBack = ({ draft, date }: Pick<Post, "draft" | "date">, today: Day): boolean =>
  !draft && date > today;
